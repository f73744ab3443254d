"""The same file back with its faults marked: `python -m bening.files.marker < orders-and-file > workbook`.

A faulty cell gets a colour and a comment, the list of all findings a sheet of its own; no other cell changes.
Nothing in the result is live: formulas become the text they were typed as; links and names go. The file has
passed the gate, and still it is opened in a child process with limits of its own.
"""

import io
import json
import resource
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from bening.core.kinds import Place
from bening.core.problems import refuse
from bening.files.gate import admit
from bening.files.reader import NOTE, NOTES, read
from bening.files.writer import saved

MEMORY_BYTES = 2 << 30
CPU_SECONDS = 120
AUTHOR = "Bening"
FINDINGS = "Temuan"
COLOURS = {"error": "FFF4B6B0", "warning": "FFFFE699", "list": "FFDDE7F1", "info": "FFE7E6E6"}  # worst first
LONGEST = 1000  # letters of one comment
TITLES = ("kode", "sel", "tingkat", "temuan dan perbaikan", "finding and remedy")


class Mark(NamedTuple):
    """A finding in words: `column` begins with the letter of its column, empty for a whole row or list."""

    code: str
    severity: str
    sheet: str
    row: int | None
    column: str
    id: str
    en: str


def marked(data: bytes, marks: Sequence[Mark], *, name: str) -> bytes:
    """The uploaded file (a CSV as a workbook) with its faults marked; refuses one too large (FRAME-188)."""
    kind = admit(data, name=name)
    orders = json.dumps([kind, name, marks]).encode()
    done = subprocess.run(  # noqa: S603  our own module, no argument from outside
        [sys.executable, "-I", "-m", __name__],
        input=orders + b"\n" + data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, check=False,
    )  # fmt: skip
    if done.returncode:
        raise refuse("FRAME-188", Place(name))
    return done.stdout


def main() -> int:
    """Mark the file on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    kind, name, orders = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    book = load_workbook(io.BytesIO(data), keep_links=False) if kind == "xlsx" else from_csv(data, name)
    mark(book, [Mark(*order) for order in orders])
    sys.stdout.buffer.write(saved(book))
    sys.stdout.flush()
    return 0


def from_csv(data: bytes, name: str) -> Workbook:
    """A CSV file as a workbook, row for row: its notes stay where they stand."""
    book = Workbook()
    sheet = book.active
    for line in read(data, name=name):
        first = NOTE + line.cells[0] if line.sheet == NOTES else line.cells[0]
        for index, value in enumerate(chain([first], line.cells[1:]), start=1):
            cell = sheet.cell(line.row, index, value)
            cell.data_type, cell.number_format = "s", "@"
    return book


def mark(book: Workbook, marks: Sequence[Mark]) -> None:
    """Colours, comments and the sheet of findings; what an earlier marking left is taken away first."""
    if FINDINGS in book.sheetnames:
        book.remove(book[FINDINGS])
    book.defined_names.clear()
    for sheet in book.worksheets:
        sheet.defined_names.clear()
        sheet.conditional_formatting = type(sheet.conditional_formatting)()
        for cell in chain.from_iterable(sheet.iter_rows()):
            calm(cell)
    data = book.worksheets[0]
    by_cell: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for one in marks:
        if one.row:
            letter = one.column.partition(" ")[0]
            by_cell[one.row, column_index_from_string(letter) if letter else 1].append(one)
    for (row, column), found in by_cell.items():
        point(data.cell(row, column), found)
    write_findings(book.create_sheet(FINDINGS), marks)


def calm(cell: Cell) -> None:
    """A cell without formula, link and our own earlier mark; its value stays what was typed."""
    if cell.data_type == "f":
        text = getattr(cell.value, "text", None) or cell.value
        cell.value = text if isinstance(text, str) else str(text)
        cell.data_type, cell.number_format = "s", "@"
    if cell.hyperlink:
        cell.hyperlink = None
    if cell.comment and cell.comment.author == AUTHOR:
        cell.comment = None
    if cell.has_style and cell.fill.start_color.rgb in COLOURS.values():
        cell.fill = PatternFill()


def point(cell: Cell, found: Sequence[Mark]) -> None:
    """The colour of the worst finding and all of them in the comment, after what people wrote there."""
    worst = min(found, key=lambda one: list(COLOURS).index(one.severity))
    cell.fill = PatternFill("solid", start_color=COLOURS[worst.severity])
    theirs = [f"{cell.comment.author}: {cell.comment.text}"] if cell.comment else []
    lines = [*theirs, *(one.id for one in found), *(one.en for one in found)]
    cell.comment = Comment("\n".join(lines)[:LONGEST], AUTHOR, width=360, height=160)


def write_findings(sheet: Worksheet, marks: Iterable[Mark]) -> None:
    """Every finding as a line of text, those about the whole list first."""
    for number, line in enumerate(chain([TITLES], map(told, marks)), start=1):
        for index, value in enumerate(line, start=1):
            cell = sheet.cell(number, index, value)
            cell.data_type = "s"
            if number == 1:
                cell.font = Font(bold=True)
    for letter, width in zip("ABCDE", (12, 20, 10, 90, 90), strict=True):
        sheet.column_dimensions[letter].width = width


def told(one: Mark) -> tuple[str, ...]:
    """A finding as a line of the sheet."""
    letter, _, header = one.column.partition(" ")
    place = f"{letter}{one.row} {header}".strip() if one.row else ""
    return one.code, place, one.severity, one.id, one.en


if __name__ == "__main__":
    sys.exit(main())
