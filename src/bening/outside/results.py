"""The files `bening estimate` leaves behind. They are for whoever holds the answers and are no release."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bening.core.kinds import FLAGS, Coded, Estimates
from bening.outside.extras import bring

WORDS = ("institution", "unit", "level", "group", "dimension")
NUMBERS = ("estimate", "se", "df", "lower", "upper")
MORE = ("n_eff", "se_repeat", "df_repeat", "lower_repeat", "upper_repeat")
DIGITS = 12  # decimals written: parallel sums differ from run to run at the fifteenth digit
PRINTED = 6  # decimals that the digest of the results is made over
Columns = dict[str, Sequence[Any]]


def table(made: Estimates) -> Columns:
    """The estimates by column: institutions as in the frame, units by name, the index before its parts."""
    unit = np.array([made.unit.names[code] for code in made.unit.codes])
    order = np.lexsort((np.arange(len(unit)), unit, made.institution.codes))
    columns: Columns = {name: named(getattr(made, name), order) for name in WORDS}
    columns |= {name: numbers(getattr(made, name)[order]) for name in NUMBERS}
    columns["n"] = made.n[order].tolist()
    columns["population"] = numbers(made.population[order])
    columns |= {name: numbers(getattr(made, name)[order]) for name in MORE}
    columns["flags"] = [words(int(bits)) for bits in made.flags[order]]
    columns["method_label"] = [label(made)] * len(unit)
    return columns


def named(column: Coded, order: Iterable[int]) -> list[str]:
    """Words in another order."""
    return [column.names[column.codes[row]] for row in order]


def numbers(values: Iterable[float]) -> list[float | None]:
    """Numbers as they are written; None for one that does not exist."""
    return [None if np.isnan(value) else round(float(value), DIGITS) for value in values]


def words(bits: int) -> str:
    """The flags of a row."""
    return " ".join(flag for bit, flag in enumerate(FLAGS) if bits >> bit & 1)


def label(made: Estimates) -> str:
    """What the weights are called, beside every number."""
    return f"{made.label.id} / {made.label.en}"


def digest(columns: Columns) -> str:
    """SHA-256 over the rows with numbers rounded: the same whatever engine summed them."""
    found = hashlib.sha256()
    for row in zip(*columns.values(), strict=True):
        cells = [f"{cell:.{PRINTED}f}" if isinstance(cell, float) else str(cell) for cell in row]
        found.update("\t".join(cells).encode() + b"\n")
    return found.hexdigest()


def write(out: Path, name: str, columns: Columns) -> None:
    """One table as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    put(out / name, text.getvalue().encode())


def write_json(out: Path, columns: Columns, method: str) -> None:
    """The estimates as one document."""
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    for row in rows:
        del row["method_label"]
    body = {"method": method, "label": columns["method_label"][0], "estimates": rows}
    put(out / "estimates.json", document(body))


def write_parquet(out: Path, columns: Columns) -> None:
    """The estimates as Parquet."""
    bring("bening.outside.parquet", "parquet").write(out / ".part", columns, columns["method_label"][0])
    (out / ".part").replace(out / "estimates.parquet")


def document(body: Mapping[str, Any]) -> bytes:
    """JSON for people and machines."""
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def put(path: Path, data: bytes) -> None:
    """A file that is there is whole."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)
