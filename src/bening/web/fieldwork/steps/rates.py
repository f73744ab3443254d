"""Response rates of a round as a file."""

import csv
import io
from dataclasses import fields

from bening.core.fieldwork import Rates, by_class, rates
from bening.core.fieldwork.dispositions import CLASSES
from bening.web.fieldwork.steps.picture import Picture, outcomes

RATES = [field.name for field in fields(Rates)]
CODES = [code for code, name in CLASSES.items() if name != "P"]  # the gate knows no partial interview


def table(found: Picture) -> str:
    """One line an institution and respondent group: people, classes, codes, rates as shares."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    classes = list(by_class({}))
    writer.writerow(["day", "institution", "group", "invited", *classes, *CODES, *RATES])
    for name, codes in outcomes(found).items():
        institution, _, group = name.partition("/")
        shares = ["" if value is None else f"{value:.4f}" for _, value in named(rates(codes))]
        counts = [codes.get(code, 0) for code in CODES]
        writer.writerow(
            [found.day, institution, group, sum(codes.values()), *by_class(codes).values(), *counts, *shares]
        )
    return out.getvalue()


def named(of: Rates) -> list[tuple[str, float | None]]:
    """Every rate with its name."""
    return [(name, getattr(of, name)) for name in RATES]
