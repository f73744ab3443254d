"""A roster file through gate, reader and rules without touching a table: shared by loading and checking."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from bening.core.frame import SHEET, Cleaned, Terms, clean, read_submission
from bening.core.kinds import Group, Method, Place, Submission
from bening.core.problems import refuse
from bening.files import reader

DATA_SHEET = "Data"


def check_file(
    data: bytes, *, name: str, group: Group, terms: Callable[[Submission], Terms]
) -> tuple[Submission, Cleaned]:
    """The submission sheet and the judged rows of a file; refuses a file that cannot be judged at all."""
    lines = reader.read(data, name=name)
    notes: list[reader.Line] = []
    first: list[reader.Line] = []
    for line in lines:  # the first sheet comes last, so the notes are complete when its first row comes
        if line.sheet == reader.DATA:
            first = [line]
            break
        if line.name in (SHEET, ""):
            notes.append(line)
    submission = read_submission(((line.row, line.cells) for line in notes), group=group, file=name)
    if not first:
        raise refuse("FRAME-182", Place(name, DATA_SHEET))
    place = Place(name, first[0].name)
    rows = ((line.row, line.cells) for line in follow(first, lines))
    return submission, clean(rows, terms=terms(submission), submission=submission, place=place)


def follow(first: Iterable[reader.Line], rest: Iterator[reader.Line]) -> Iterator[reader.Line]:
    """The first data row and all after it."""
    yield from first
    yield from (line for line in rest if line.sheet == reader.DATA)


def rules_digest(method: Method, group: Group, reference: date) -> str:
    """SHA-256 of the rules of a group and the day they are counted to: a verdict is good for these only."""
    return hashlib.sha256(repr((method.eligibility[group], reference)).encode()).hexdigest()
