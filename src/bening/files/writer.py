"""Files that leave the house: plain data without live formulas."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet.worksheet import Worksheet

LIVE = ("=", "+", "-", "@", "\t", "\r")
Sheets = Mapping[str, Iterable[Sequence[str]]]


def workbook(sheets: Sheets) -> bytes:
    """A workbook of text cells only: nothing in it is a formula or a link, whatever a cell begins with."""
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([text_cell(sheet, value) for value in row])
    return saved(book)


def text_cell(sheet: Worksheet, value: str) -> WriteOnlyCell:
    """A cell that stays text."""
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    cell.number_format = "@"
    return cell


def csv_text(rows: Iterable[Sequence[str]], *, separator: str = ",") -> str:
    """Rows as CSV; a cell that a spreadsheet would run gets a leading apostrophe."""
    out = io.StringIO(newline="")
    lines = csv.writer(out, delimiter=separator)
    lines.writerows([f"'{cell}" if cell.startswith(LIVE) else cell for cell in row] for row in rows)
    return out.getvalue()


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
