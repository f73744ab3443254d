"""Files that leave the house: roster templates with drop-down lists, plain data without live formulas."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bening.core.kinds import Cell, Column

TEXT_CELLS = {Cell.STAFF_ID, Cell.PHONE, Cell.LOCUS, Cell.DATE}  # must not turn into numbers
LISTS = "Daftar"
ROWS = 5000  # rows of a template that carry lists
HEAD = PatternFill("solid", start_color="FFDDE6EE")
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


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV; a cell that a spreadsheet would run gets a leading apostrophe."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([f"'{cell}" if cell.startswith(LIVE) else cell for cell in row] for row in rows)
    return out.getvalue()


def template(
    columns: Sequence[Column],
    *,
    notes: Sequence[tuple[str, str, str]],
    notes_sheet: str,
    loci: Sequence[tuple[str, str]],
    guide: Sequence[Sequence[str]],
) -> bytes:
    """An empty roster: `Data` with headers and lists, the submission sheet, the guide, the lists themselves.

    `notes` are key, value and explanation of the submission sheet; `loci` codes with names; `guide` lines.
    """
    book = Workbook()
    data = book.active
    data.title = "Data"
    lists = book.create_sheet(LISTS)
    for index, column in enumerate(columns, start=1):
        head(data, index, column.header, column.note.id)
        choices = [code for code, _ in loci] if column.cell == Cell.LOCUS else list(column.choices)
        if choices:
            drop_down(data, lists, index, [column.header, *choices])
        if column.cell in TEXT_CELLS:
            data.column_dimensions[get_column_letter(index)].number_format = "@"
    data.freeze_panes = "B2"
    fill(book.create_sheet(notes_sheet, 1), notes)
    fill(
        book.create_sheet("Petunjuk", 2),
        [*guide, *([] if not loci else [("", ""), ("kode_lokus", "nama")]), *loci],
    )
    lists.sheet_state = "hidden"
    return saved(book)


def head(sheet: Worksheet, index: int, header: str, note: str) -> None:
    """One header cell; what belongs under it shows when the cell is chosen."""
    cell = sheet.cell(1, index, header)
    cell.font, cell.fill = Font(bold=True), HEAD
    sheet.column_dimensions[get_column_letter(index)].width = max(14, len(header) + 4)
    prompt = DataValidation(
        allow_blank=True, showInputMessage=True, promptTitle=header[:32], prompt=note[:255]
    )
    prompt.add(cell)
    sheet.add_data_validation(prompt)


def drop_down(sheet: Worksheet, lists: Worksheet, index: int, values: Sequence[str]) -> None:
    """A list of admitted codes on every row of a column; the first value is its title."""
    letter = get_column_letter(index)
    for row, value in enumerate(values, start=1):
        lists.cell(row, index, value).data_type = "s"
    choice = DataValidation(
        type="list",
        formula1=f"{LISTS}!${letter}$2:${letter}${len(values)}",
        allow_blank=True,
        showErrorMessage=True,
    )
    choice.add(f"{letter}2:{letter}{ROWS}")
    sheet.add_data_validation(choice)


def fill(sheet: Worksheet, rows: Iterable[Sequence[str]]) -> None:
    """Lines of text, the first column bold."""
    for number, row in enumerate(rows, start=1):
        for index, value in enumerate(row, start=1):
            cell = sheet.cell(number, index, value)
            cell.data_type, cell.number_format = "s", "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(number, 1).font = Font(bold=True)
    for index, width in enumerate((24, 60, 60), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
