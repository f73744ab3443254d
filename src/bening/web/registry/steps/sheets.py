"""Files of the register as rows, and back: the same bytes come out that would go in again."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from bening.core.kinds import Place, Problem
from bening.core.problems import Refused, refuse
from bening.files import reader, writer
from bening.web.registry.steps.tables import Heading, Table

MEGABYTES = 5
Lines = Sequence[tuple[int, Sequence[str]]]  # number of the row, its cells
Cells = dict[str, str]  # by header


class Row(NamedTuple):
    """One entry of a file: the number of its row, its cells as they are kept, the letters of its columns."""

    number: int
    cells: Cells
    letters: Mapping[str, str]

    def place(self, name: str, column: str) -> Place:
        """Where one of its cells stands."""
        return Place(name, row=self.number, column=f"{self.letters[column]} {column}".strip())


def read_lines(data: bytes, *, name: str) -> Lines:
    """The rows of an uploaded file that hold something (REGISTRY-103, REGISTRY-104)."""
    if len(data) > MEGABYTES * 1_000_000:
        raise refuse("REGISTRY-104", Place(name), most=MEGABYTES)
    try:
        return [(line.row, line.cells) for line in reader.read(data, name=name) if line.sheet == reader.DATA]
    except Refused as stop:  # the gate and the reader speak of rosters
        raise Refused(*(Problem("REGISTRY-103", each.place, each.words) for each in stop.problems)) from stop


def rows_in(lines: Lines, *, table: Table, name: str) -> tuple[list[Row], list[Problem]]:
    """All rows, and everything wrong with their cells; refuses wrong headers.

    A cell that cannot be read keeps its text, so that rows which point at this one are not blamed for it.
    """
    if not lines:
        raise refuse("REGISTRY-106", Place(name))
    places = match(lines[0], table, name)
    letters = {header: get_column_letter(at + 1) for header, at in places.items()}
    found: list[Problem] = []
    rows: list[Row] = []
    for number, cells in lines[1:]:
        row = Row(number, {}, letters)
        found += fill(row, cells, places, table, name)
        rows.append(row)
    if not rows:
        raise refuse("REGISTRY-106", Place(name))
    return rows, found


def match(line: tuple[int, Sequence[str]], table: Table, name: str) -> dict[str, int]:
    """The position of each column; refuses a missing, doubled or unknown header (REGISTRY-105)."""
    number, cells = line
    headers = [clean(cell).casefold() for cell in cells]
    found = []
    for at, header in enumerate(headers):
        if header and header not in table.headers:
            found.append(
                wrong_header(header, ("tidak dikenal", "is not known"), table, Place(name), number, at)
            )
        elif header and header in headers[:at]:
            found.append(wrong_header(header, ("dobel", "stands twice"), table, Place(name), number, at))
    lacking = [header for header in table.headers if header not in headers]
    found += [
        wrong_header(header, ("tidak ada", "is missing"), table, Place(name), number) for header in lacking
    ]
    if found:
        raise Refused(*found)
    return {header: headers.index(header) for header in table.headers}


def wrong_header(
    header: str, why: tuple[str, str], table: Table, place: Place, row: int, at: int | None = None
) -> Problem:
    """REGISTRY-105 with the nearest header that is known."""
    column = "" if at is None else get_column_letter(at + 1)
    near = ", ".join(difflib.get_close_matches(header, table.headers, 1, 0.4)) or "-"
    words = {"header": header[:40], "fault": why[0], "fault_en": why[1], "near": near}
    wanted = ", ".join(table.headers)
    return Problem("REGISTRY-105", Place(place.file, row=row, column=column), {**words, "wanted": wanted})


def fill(
    row: Row, cells: Sequence[str], places: Mapping[str, int], table: Table, name: str
) -> Iterator[Problem]:
    """Put the cells of a line into its row, as they are kept; what is wrong with them."""
    for heading in table.headings:
        at = places[heading.header]
        text = clean(cells[at]) if at < len(cells) else ""
        value = read_cell(heading, text, row.place(name, heading.header))
        row.cells[heading.header] = text if isinstance(value, Problem) else value
        if isinstance(value, Problem):
            yield value
    if any(clean(cell) for cell in cells[max(places.values()) + 1 :]):
        yield Problem("REGISTRY-119", Place(name, row=row.number))


def read_cell(heading: Heading, text: str, place: Place) -> str | Problem:
    """A cleaned cell as it is kept, or what is wrong with it."""
    if not text and heading.required:
        return Problem("REGISTRY-107", place, {"header": heading.header})
    if len(text) > heading.most:
        return Problem("REGISTRY-112", place, {"header": heading.header, "most": heading.most})
    value = heading.read(text)
    return value if value is not None else Problem(heading.fault, place, told(heading, text))


def told(heading: Heading, text: str) -> dict[str, str | int | float]:
    """The words of a cell that cannot be read: what was found, what may stand there, what comes nearest."""
    if not heading.choices:
        return {
            "found": text[:60],
            "near": re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-") or "dinkes",
        }
    codes = list(heading.choices)
    near = ", ".join(difflib.get_close_matches(text.casefold(), codes, 1, 0.5)) or "-"
    known = ", ".join(codes) if len(codes) < 12 else f"{codes[0]} … {codes[-1]}"
    return {"found": text[:60], "header": heading.header, "known": known, "near": near}


def clean(text: str) -> str:
    """A text without invisible signs, doubled blanks and the apostrophe our exports put before + and =."""
    text = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    return text[1:] if text.startswith("'") and text[1:].startswith(writer.LIVE) else text


def sheet_of(table: Table, entries: Iterable[Mapping[str, str]]) -> bytes:
    """A file of the register as spreadsheets of the country open it."""
    lines = [table.headers, *([entry[header] for header in table.headers] for entry in entries)]
    return writer.csv_text(lines, separator=";").encode("utf-8-sig")
