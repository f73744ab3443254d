"""Uploaded files as lines of text cells: behind the gate, in a limited process, one line at a time."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

from bening.core.kinds import Place
from bening.core.problems import Refused, refuse
from bening.files import parser
from bening.files.gate import LAST_COLUMN, LAST_ROW, admit, refused, unreadable

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
    return read_workbook(data, name) if admit(data, name=name) == "xlsx" else read_csv(data, name)


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
        return refused(
            name, ("lebih dari 1.000.000 baris atau 60 kolom", "more than 1,000,000 rows or 60 columns")
        )
    return refused(name, ("terlalu besar untuk dibaca dengan aman", "it is too large to be read safely"))


def read_csv(data: bytes, name: str) -> Iterator[Line]:
    """Lines of a CSV file; notes come before the rows they are about."""
    stream = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
    row, rows = 0, 0
    try:
        delimiter = separator(data)
        for row, cells in enumerate(csv.reader(stream, delimiter=delimiter), start=1):
            rows += any(cells) and not cells[0].startswith(NOTE)
            if rows > LAST_ROW + 1 or len(cells) > LAST_COLUMN:  # the headers are no row of data
                raise refused(
                    name,
                    ("lebih dari 1.000.000 baris atau 60 kolom", "more than 1,000,000 rows or 60 columns"),
                )
            if cells and cells[0].startswith(NOTE):
                yield Line(NOTES, "", row, [cells[0].removeprefix(NOTE), *cells[1:]])
            elif any(cells):
                yield Line(DATA, "", row, cells)
    except UnicodeDecodeError as bad:
        raise unreadable(name, ("huruf bukan UTF-8", "its letters are not UTF-8")) from bad
    except csv.Error as bad:
        raise refuse(
            "FRAME-180",
            Place(name, row=row + 1),
            why="baris CSV rusak",
            why_en="a line of the CSV is damaged",
        ) from bad


def separator(data: bytes) -> str:
    """Semicolon, comma or tab: whichever is most frequent in the first line of headers."""
    first = next((line for line in data[:65536].splitlines() if line and not line.startswith(b"#")), b"")
    return max(";,\t", key=lambda mark: first.count(mark.encode()))
