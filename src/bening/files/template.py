"""Roster templates: an empty list with drop-downs, submission sheet, examples, guide and reference lists."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bening.core.kinds import Cell, Column
from bening.files.reader import NOTE
from bening.files.writer import saved

TEXT_CELLS = {Cell.STAFF_ID, Cell.PHONE, Cell.LOCUS, Cell.DATE}  # must not turn into numbers
DATA, EXAMPLES, GUIDE, LISTS = "Data", "Contoh", "Petunjuk", "Daftar"
ROWS = 100_000  # rows of a template that carry drop-down lists
HEAD = PatternFill("solid", start_color="FFDDE6EE")
WRAP = Alignment(wrap_text=True, vertical="top")
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a template holds: all of it text of the caller's."""

    columns: Sequence[Column]
    notes: Rows  # submission sheet: key, value, explanation
    notes_sheet: str
    guide: Rows  # topic, Indonesian, English
    examples: Rows  # cells in the order of the columns
    loci: Rows  # code, name
    meanings: dict[str, str]  # code of a drop-down list -> what it means


def workbook(contents: Contents) -> bytes:
    """The template as a workbook; its first sheet is empty below the headers."""
    book = Workbook()
    data = book.active
    data.title = DATA
    lists = book.create_sheet(LISTS)
    taken = 0
    for index, column in enumerate(contents.columns, start=1):
        head(data, index, column)
        values = choices(column, contents)
        if values:
            drop_down(data, lists, index, column.header, values, at=2 * taken + 1)
            taken += 1
    data.freeze_panes = "B2"
    notes = book.create_sheet(contents.notes_sheet, 1)
    fill(notes, contents.notes, widths=(28, 40, 70))
    confirm(notes, [row[0] for row in contents.notes])
    examples = book.create_sheet(EXAMPLES, 2)
    headers = [column.header for column in contents.columns]
    fill(examples, [headers, *contents.examples], widths=(18,) * len(headers))
    fill(book.create_sheet(GUIDE, 3), contents.guide, widths=(24, 80, 80))
    return saved(book)


def choices(column: Column, contents: Contents) -> list[tuple[str, str]]:
    """The codes a column admits, with their meanings; none where anything may be written."""
    if column.cell == Cell.LOCUS:
        return [(code, name) for code, name in contents.loci]
    return [(code, contents.meanings.get(code, "")) for code in column.choices]


def head(sheet: Worksheet, index: int, column: Column) -> None:
    """One header cell; what belongs under it shows when a cell of the column is chosen."""
    letter = get_column_letter(index)
    cell = sheet.cell(1, index, column.header)
    cell.font, cell.fill = Font(bold=True), HEAD
    sheet.column_dimensions[letter].width = max(14, len(column.header) + 4)
    if column.cell in TEXT_CELLS:
        sheet.column_dimensions[letter].number_format = "@"
    prompt = DataValidation(
        allow_blank=True, showInputMessage=True, promptTitle=column.header[:32], prompt=column.note.id[:255]
    )
    prompt.add(cell)
    sheet.add_data_validation(prompt)


def drop_down(
    sheet: Worksheet, lists: Worksheet, index: int, title: str, values: list[tuple[str, str]], *, at: int
) -> None:
    """A list of admitted codes on every row of a column; the codes and their meanings stand on `lists`."""
    for row, line in enumerate([(title, ""), *values], start=1):
        for step, value in enumerate(line):
            cell = lists.cell(row, at + step, value)
            cell.data_type, cell.number_format = "s", "@"
    lists.cell(1, at).font = Font(bold=True)
    lists.column_dimensions[get_column_letter(at)].width = 20
    lists.column_dimensions[get_column_letter(at + 1)].width = 44
    source = get_column_letter(at)
    choice = DataValidation(
        type="list",
        formula1=f"{LISTS}!${source}$2:${source}${len(values) + 1}",
        allow_blank=True,
        showErrorMessage=True,
    )
    letter = get_column_letter(index)
    choice.add(f"{letter}2:{letter}{ROWS}")
    sheet.add_data_validation(choice)


def confirm(sheet: Worksheet, keys: Sequence[str]) -> None:
    """The statement of the submission sheet is a choice of Y or T."""
    choice = DataValidation(type="list", formula1='"Y,T"', allow_blank=True, showErrorMessage=True)
    choice.add(f"B{keys.index('pernyataan') + 1}")
    sheet.add_data_validation(choice)


def fill(sheet: Worksheet, rows: Rows, *, widths: Sequence[int]) -> None:
    """Lines of text, the first column bold."""
    for number, row in enumerate(rows, start=1):
        for index, value in enumerate(row, start=1):
            cell = sheet.cell(number, index, value)
            cell.data_type, cell.number_format, cell.alignment = "s", "@", WRAP
        sheet.cell(number, 1).font = Font(bold=True)
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width


def plain(contents: Contents) -> bytes:
    """The template as CSV, as spreadsheets of the country open it: the submission sheet in lines with #."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, delimiter=";")
    rows.writerows([f"{NOTE}{key}", value] for key, value, _ in contents.notes)
    rows.writerow([column.header for column in contents.columns])
    return out.getvalue().encode("utf-8-sig")
