"""The field as its pages show it: read from the counts the worker left, nothing is written here."""

import json
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from django.conf import settings

from bening.core.fieldwork import (
    Cost,
    Funnel,
    Tariff,
    added,
    costs,
    gathered,
    indicator_interval,
    partial,
    representativity,
)
from bening.core.problems import Refused
from bening.web.fieldwork.steps.snapshot import picture_file, weekly_file
from bening.web.fieldwork.steps.visits import today
from bening.web.registry.models import Institution, Round
from bening.web.sample.models import Stratum

TARIFFS = Path(__file__).parents[1] / "tariffs.toml"
OLD = timedelta(days=2)  # what institutions see is older than this
LEAST = 10  # people of a group that is judged


@dataclass(frozen=True, slots=True)
class Spread:
    """How alike those who answer are to those invited; `missing` by variable and category, worst first."""

    indicator: float
    lower: float
    upper: float
    cv: float
    missing: dict[str, list[tuple[str, float]]]


class Picture:
    """The counts of one day, with the design around them."""

    def __init__(self, round: Round) -> None:
        body = json.loads(picture_file(round).read_text())
        self.round = round
        self.day = date.fromisoformat(body["day"])
        self.labels = {name: Funnel(*cell) for name, cell in body["labels"].items()}
        self.channels = {name: Funnel(*cell) for name, cell in body["channels"].items()}
        self.codes: dict[str, dict[str, int]] = body["codes"]
        self.waves: dict[str, list[list[int]]] = body["waves"]
        self.left: int = body["left"]
        self.next: dict[str, str] = body["next"]
        self.spent: list[tuple[str, str, int]] = body["spent"]

    @cached_property
    def strata(self) -> dict[str, Stratum]:
        """The strata that have been invited, by label."""
        rows = Stratum.objects.filter(round=self.round).select_related("institution", "unit")
        return {row.label: row for row in rows if row.label in self.labels}

    @property
    def whole(self) -> Funnel:
        """The round in one line."""
        return sum(self.labels.values(), Funnel())

    def by_group(self) -> dict[str, Funnel]:
        """By respondent group."""
        return gathered(self.labels, {label: row.group for label, row in self.strata.items()})

    def by_institution(self) -> dict[str, Funnel]:
        """By institution; strata that several share are left out."""
        return gathered(self.labels, homes(self.strata.values()))

    def of(self, institution: Institution) -> dict[str, Funnel]:
        """The strata of one institution."""
        own = {label for label, row in self.strata.items() if row.institution_id == institution.pk}
        return {label: cell for label, cell in self.labels.items() if label in own}


def picture(*, round: Round) -> Picture | None:
    """The newest picture, None before the first night of the field."""
    return Picture(round) if picture_file(round).exists() else None


def weekly(*, round: Round, institution: Institution, now: datetime) -> tuple[date, dict[str, str | None]]:
    """What an institution may see: the day it is about, and band by respondent group; empty before that."""
    path, last = weekly_file(round), today(round, now) - OLD
    known = json.loads(path.read_text()) if path.exists() else []
    old = [one for one in known if date.fromisoformat(one["day"]) <= last]
    if not old:
        return last, {}
    found = {
        name.rpartition(" ")[2]: value
        for name, value in old[-1]["bands"].items()
        if name.rpartition(" ")[0] == institution.code
    }
    return date.fromisoformat(old[-1]["day"]), found


def homes(strata: Iterable[Stratum]) -> dict[str, str]:
    """The code of the institution of each stratum that has one."""
    return {row.label: row.institution.code for row in strata if row.institution}


def factors(rows: Collection[Stratum]) -> dict[str, list[str]]:
    """The variables of WGT-7 that take more than one value: respondent group, kind of unit, institution."""
    found = {
        "group": [str(row.group) for row in rows],
        "kind": [row.unit.kind if row.unit else "–" for row in rows],
        "institution": [row.institution.code if row.institution else "–" for row in rows],
    }
    return {name: values for name, values in found.items() if len(set(values)) > 1}


def spread(found: Picture) -> Spread | None:
    """The R-indicator with its interval, and who is missing; None while too few have answered to tell."""
    rows = [row for label, row in found.strata.items() if found.labels[label].planned]
    cells = [found.labels[row.label] for row in rows]
    invited, issued = [cell.planned for cell in cells], [cell.issued or 0 for cell in cells]
    words = factors(rows)
    if not words:
        return None
    try:
        whole = representativity(words, invited, issued)
        lower, upper = indicator_interval(words, invited, issued)
    except Refused:
        return None
    missing = {}
    for name, values in words.items():
        size: Counter[str] = Counter()
        for value, people in zip(values, invited, strict=True):
            size[value] += people
        signs = partial(values, invited, whole.propensities)[1].items()
        missing[name] = sorted(((v, s) for v, s in signs if size[v] >= LEAST), key=lambda each: each[1])
    return Spread(whole.indicator, lower, upper, whole.cv, missing)


def spending(found: Picture) -> tuple[Cost, ...]:
    """What the messages have cost, by the rates of their days; an agency's own rates replace the house's."""
    own = settings.FIELDWORK_FILE
    return costs(
        {(channel, date.fromisoformat(day)): count for channel, day, count in found.spent},
        tariffs(TARIFFS.read_text(encoding="utf-8"), own.read_text(encoding="utf-8") if own.exists() else ""),
    )


def tariffs(*texts: str) -> list[Tariff]:
    """The rates of several files, the later ones last."""
    rows = [row for text in texts for row in tomllib.loads(text).get("tariffs", [])]
    return [
        Tariff(
            row["channel"],
            row["since"],
            Decimal(row["amount"]),
            row["currency"],
            row["source"],
            row.get("stale", False),
        )
        for row in rows
    ]


def outcomes(found: Picture) -> dict[str, dict[str, int]]:
    """Dispositions by institution and respondent group, only of LEAST people or more; "" is everybody."""
    into = {
        label: f"{row.institution.code if row.institution else ''}/{row.group}"
        for label, row in found.strata.items()
    }
    names = sorted(set(into.values()))
    each = {name: added(found.codes[label] for label in into if into[label] == name) for name in names}
    return {"": added(found.codes.values())} | {
        name: codes for name, codes in each.items() if sum(codes.values()) >= LEAST
    }
