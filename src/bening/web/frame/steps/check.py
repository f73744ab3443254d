"""A roster file through gate, reader and rules without touching a table: shared by loading and checking."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from bening.core.frame import SHEET, Cleaned, Take, Terms, clean, read_submission
from bening.core.kinds import Group, Method, Place, Submission
from bening.core.problems import refuse
from bening.files import reader

DATA_SHEET = "Data"


class Opened(NamedTuple):
    """A file whose submission sheet has been read and whose rows are waiting."""

    submission: Submission
    place: Place  # file and sheet of the rows
    lines: Iterator[reader.Line]
    passing: Callable[[], None] | None = None  # called for every row

    def judge(self, *, terms: Terms, take: Take) -> Cleaned:
        """Every row by these terms; each accepted person is handed to `take`."""
        return clean(self.rows(), terms=terms, submission=self.submission, place=self.place, take=take)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Row numbers and cells as they go by."""
        for line in self.lines:
            if self.passing:
                self.passing()
            yield line.row, line.cells


def open_file(
    lines: Iterator[reader.Line],
    *,
    name: str,
    group: Group,
    notes: Mapping[str, str] | None = None,
    passing: Callable[[], None] | None = None,
) -> Opened:
    """A roster up to its first row; refuses a file without rows or without a good submission sheet.

    What `notes` say goes for a file that carries no submission sheet of its own.
    """
    own: list[reader.Line] = []
    first: reader.Line | None = None
    for line in lines:  # the first sheet comes last, so the notes are complete when its first row comes
        if line.sheet == reader.DATA:
            first = line
            break
        if line.name in (SHEET, ""):
            own.append(line)
    sheet = [(line.row, line.cells) for line in own] or [(0, [*pair]) for pair in (notes or {}).items()]
    submission = read_submission(sheet, group=group, file=name)
    if not first:
        raise refuse("FRAME-182", Place(name, DATA_SHEET))
    return Opened(submission, Place(name, first.name), follow(first, lines), passing)


def follow(first: reader.Line, rest: Iterator[reader.Line]) -> Iterator[reader.Line]:
    """The first data row and all after it."""
    yield first
    for line in rest:
        if line.sheet == reader.DATA:
            yield line


def rules_digest(method: Method, group: Group, reference: date) -> str:
    """SHA-256 of the rules of a group and the day they are counted to: a verdict is good for these only."""
    return hashlib.sha256(repr((method.eligibility[group], reference)).encode()).hexdigest()
