"""Files of answers and frames as columns: CSV with the standard library, Parquet through an extra.

A sheet comes whole or in batches. Rows are numbered as people see them: in a CSV the heading is row 1.
"""

import csv
import sys
from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from bening.core.estimate.tables import Column
from bening.core.kinds import Bools, Coded, Place, Problem
from bening.core.problems import Refused
from bening.outside.extras import bring

BATCH = 200_000  # rows
KEYS = ("institution", "group", "stratum", "unit", "psu")
NUMBERS = ("weight", "population", "psus")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Some rows of a file by column; a ragged row is there with every entry empty."""

    columns: dict[str, Column]
    rows: int
    first_row: int
    ragged: dict[int, Problem]


def is_parquet(path: Path) -> bool:
    """Whether the file says it is Parquet."""
    return path.suffix.lower() in (".parquet", ".pq")


def whole(path: Path, names: Collection[str], *, numbers: Collection[str] = NUMBERS) -> Sheet:
    """Those of the named columns that the file has; `numbers` may come as numbers, all else as words."""
    if is_parquet(path):
        found: Sheet = _parquet().whole(path, names, numbers)
        return found
    table = Table(names)
    with opened(path) as lines:
        for _ in table.batches(path, lines):
            told(path, table.rows)
    return table.sheet(0)


def batches(path: Path, names: Collection[str], *, numbers: Collection[str] = NUMBERS) -> Iterator[Sheet]:
    """The same in batches, so that a file larger than memory can be walked through."""
    if is_parquet(path):
        yield from _parquet().batches(path, names, numbers)
        return
    table = Table(names)
    with opened(path) as lines:
        for start in table.batches(path, lines):
            yield table.sheet(start)
            table.forget()


def _parquet() -> Any:
    return bring("bening.outside.parquet", "parquet")


def opened(path: Path) -> TextIO:
    """A CSV file as text; a mark of the byte order at its start is no part of the first name."""
    return path.open(encoding="utf-8-sig", newline="")


def told(path: Path, rows: int) -> None:
    """Progress, for a file that takes a while."""
    if rows >= BATCH:
        print(f"{path.name}: {rows:,} rows", file=sys.stderr)


class Table:
    """The columns of a CSV as they grow: every word kept once, and its number a row."""

    def __init__(self, names: Collection[str]) -> None:
        self.names = names
        self.words: dict[str, dict[str, int]] = {}
        self.codes: dict[str, array[int]] = {}
        self.ragged: dict[int, Problem] = {}
        self.rows = 0

    def batches(self, path: Path, lines: TextIO) -> Iterator[int]:
        """Read on batch by batch; gives the number of rows before each. ESTIMATE-144: no CSV in UTF-8."""
        try:
            reader = csv.reader(lines)
            head = next(reader, [])
            for name in set(head) & set(self.names):
                self.words[name], self.codes[name] = {}, array("i")
            while rows := list(islice(reader, BATCH)):
                start = self.rows
                self.take(path, head, [row for row in rows if row])
                yield start
        except (UnicodeDecodeError, csv.Error) as bad:
            raise Refused(Problem("ESTIMATE-144", Place(file=path.name), {"why": str(bad)})) from bad

    def take(self, path: Path, head: Sequence[str], rows: list[list[str]]) -> None:
        """Add rows; one with too few or too many entries is emptied and reported (ESTIMATE-143)."""
        for place, row in enumerate(rows):
            if len(row) != len(head):
                number = self.rows + place + 2
                words = {"fields": len(row), "names": len(head)}
                self.ragged[number] = Problem("ESTIMATE-143", Place(file=path.name, row=number), words)
                rows[place] = [""] * len(head)
        for place, name in enumerate(head):
            if name in self.words:
                known = self.words[name]
                self.codes[name].extend([known.setdefault(row[place], len(known)) for row in rows])
        self.rows += len(rows)

    def sheet(self, start: int) -> Sheet:
        """The rows held; `start` rows came before them."""
        columns: dict[str, Column] = {
            name: Coded(np.array(codes, np.int32), tuple(self.words[name]))
            for name, codes in self.codes.items()
        }
        return Sheet(columns, self.rows - start, start + 2, dict(self.ragged))

    def forget(self) -> None:
        """Drop the rows held; words stay known."""
        self.ragged.clear()
        for name in self.codes:
            self.codes[name] = array("i")


def usable(sheet: Sheet, problems: Sequence[Problem]) -> tuple[tuple[Problem, ...], Bools]:
    """One list of what is wrong with the rows of a sheet, and which rows (n,) are without fault."""
    found = [one for one in problems if one.place.row not in sheet.ragged] + list(sheet.ragged.values())
    found.sort(key=lambda one: one.place.row or 0)
    good = np.ones(sheet.rows, bool)
    good[[one.place.row - sheet.first_row for one in found if one.place.row is not None]] = False
    return tuple(found), good
