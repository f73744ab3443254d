"""A roster file through gate, reader and rules without touching a table: shared by loading and checking."""

import hashlib
from collections.abc import Iterator
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

    def judge(self, *, terms: Terms, take: Take) -> Cleaned:
        """Every row by these terms; each accepted person is handed to `take`."""
        rows = ((line.row, line.cells) for line in self.lines)
        return clean(rows, terms=terms, submission=self.submission, place=self.place, take=take)


def open_file(lines: Iterator[reader.Line], *, name: str, group: Group) -> Opened:
    """A roster up to its first row; refuses a file without rows or without a good submission sheet."""
    notes: list[reader.Line] = []
    first: reader.Line | None = None
    for line in lines:  # the first sheet comes last, so the notes are complete when its first row comes
        if line.sheet == reader.DATA:
            first = line
            break
        if line.name in (SHEET, ""):
            notes.append(line)
    submission = read_submission(((line.row, line.cells) for line in notes), group=group, file=name)
    if not first:
        raise refuse("FRAME-182", Place(name, DATA_SHEET))
    return Opened(submission, Place(name, first.name), follow(first, lines))


def follow(first: reader.Line, rest: Iterator[reader.Line]) -> Iterator[reader.Line]:
    """The first data row and all after it."""
    yield first
    for line in rest:
        if line.sheet == reader.DATA:
            yield line


def rules_digest(method: Method, group: Group, reference: date) -> str:
    """SHA-256 of the rules of a group and the day they are counted to: a verdict is good for these only."""
    return hashlib.sha256(repr((method.eligibility[group], reference)).encode()).hexdigest()
