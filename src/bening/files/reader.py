"""Uploaded files as lines of text cells: behind the gate, in a limited process, one line at a time."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from bening.core.kinds import Place
from bening.core.problems import Refused, refuse
from bening.files import parser
from bening.files.gate import (
    CHUNK,
    LAST_COLUMN,
    LAST_ROW,
    WORKBOOK,
    WORKBOOK_BYTES,
    admit,
    refused,
    unreadable,
)

NOTE = "#"  # a CSV file carries its submission sheet in lines like "#sumber_data;SIMPEG"
DATA, NOTES = 0, 1


class Line(NamedTuple):
    """One row that is not blank: number (0 = first) and name of its sheet, row from 1, cells from A."""

    sheet: int
    name: str
    row: int
    cells: list[str]


def read(data: bytes, *, name: str) -> Iterator[Line]:
    """The rows of a workbook or CSV file, the first sheet last; `name` is the file's name in every problem.

    Refuses what is not readable (FRAME-180) or not safe (FRAME-181), the latest when its last line is wanted.
    """
    if admit(data, name=name) == "xlsx":
        return read_workbook(data, name)
    return read_csv(io.BytesIO(data), data[:CHUNK], name)


def read_file(path: Path) -> Iterator[Line]:
    """The same for a file on disk; a CSV is never whole in memory."""
    with path.open("rb") as file:
        head = file.read(CHUNK)
        if head.startswith(WORKBOOK):
            yield from read(head + file.read(WORKBOOK_BYTES), name=path.name)
        else:
            admit(head, name=path.name, size=path.stat().st_size)
            file.seek(0)
            yield from read_csv(file, head, path.name)


def read_workbook(data: bytes, name: str) -> Iterator[Line]:
    """Lines from the child process that parses the workbook."""
    command = [sys.executable, "-I", "-m", parser.__name__]
    with subprocess.Popen(  # noqa: S603  our own module, no argument from outside
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
    ) as child:
        try:
            feed(child, data)
            for line in child.stdout or ():
                yield Line(*json.loads(line))
            code = child.wait()
        finally:
            child.kill()
    if code:
        raise ended(code, name)


def feed(child: "subprocess.Popen[bytes]", data: bytes) -> None:
    """Hand the workbook over; a child that died on the way tells so by its exit code."""
    if child.stdin:
        try:
            child.stdin.write(data)
            child.stdin.close()
        except BrokenPipeError:
            return


def ended(code: int, name: str) -> Refused:
    """Why the child gave up."""
    if code == parser.UNREADABLE:
        return unreadable(
            name, ("buku kerja rusak atau bersandi", "the workbook is damaged or has a password")
        )
    if code == parser.TOO_FAR:
        return too_far(name)
    return refused(name, ("terlalu besar untuk dibaca dengan aman", "it is too large to be read safely"))


def too_far(name: str) -> Refused:
    """More than a list can have."""
    return refused(
        name, ("lebih dari 1.000.000 baris atau 60 kolom", "more than 1,000,000 rows or 60 columns")
    )


def read_csv(data: BinaryIO, head: bytes, name: str) -> Iterator[Line]:
    """Lines of a CSV file that begins with `head`; notes come before the rows they are about."""
    row, rows = 0, 0
    with io.TextIOWrapper(data, encoding="utf-8-sig", newline="") as stream:
        try:
            for row, cells in enumerate(csv.reader(stream, delimiter=separator(head)), start=1):
                note = bool(cells) and cells[0].startswith(NOTE)
                rows += any(cells) and not note
                if rows > LAST_ROW + 1 or len(cells) > LAST_COLUMN:  # the headers are no row of data
                    raise too_far(name)
                if note:
                    yield Line(NOTES, "", row, [cells[0].removeprefix(NOTE), *cells[1:]])
                elif any(cells):
                    yield Line(DATA, "", row, cells)
        except UnicodeDecodeError as bad:
            raise unreadable(name, ("huruf bukan UTF-8", "its letters are not UTF-8")) from bad
        except csv.Error as bad:
            why, why_en = "baris CSV rusak", "a line of the CSV is damaged"
            raise refuse("FRAME-180", Place(name, row=row + 1), why=why, why_en=why_en) from bad


def separator(head: bytes) -> str:
    """Semicolon, comma or tab: whichever is most frequent in the first line of headers."""
    first = next((line for line in head.splitlines() if line and not line.startswith(b"#")), b"")
    return max(";,\t", key=lambda mark: first.count(mark.encode()))
