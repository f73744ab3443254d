"""The file that comes back: faults at their cells, nothing else changed, nothing live."""

import io
import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from bening.core.problems import Refused
from bening.files import marker, reader

MARKS = [
    marker.Mark("FRAME-112", "error", "Data", 3, "B telepon", "Bukan nomor.", "No number."),
    marker.Mark("FRAME-102", "warning", "Data", 3, "B telepon", "Mungkin sama.", "Perhaps the same."),
    marker.Mark("FRAME-152", "info", "Data", 2, "", "Seluruh baris.", "The whole row."),
    marker.Mark("FRAME-171", "list", "Data", None, "", "Jumlah berbeda.", "=1+1"),
]
DAY = datetime(2024, 7, 29, tzinfo=UTC).replace(tzinfo=None)


def upload() -> bytes:
    """A list as people type it: a number, a date, a formula, a link, a comment of their own."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Data"
    for row in (["nama", "telepon", "mulai", "x"], ["Ayu", 812, DAY, "=1+1"], ["Budi", "12345", "2019", ""]):
        sheet.append(row)
    sheet["A2"].hyperlink = "http://example.org"
    sheet["B3"].comment = Comment("nomor lama", "Unit")
    book.create_sheet("Pengantar").append(["instansi", "kab-x"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def opened(data: bytes, name: str = "daftar.xlsx"):
    """The marked workbook."""
    return load_workbook(io.BytesIO(marker.marked(data, MARKS, name=name)))


def test_a_faulty_cell_has_the_colour_of_the_worst_and_every_sentence():
    cell = opened(upload())["Data"]["B3"]
    assert cell.fill.start_color.rgb == marker.COLOURS["error"]
    text = cell.comment.text
    assert [line in text for line in ("Unit: nomor lama", "Bukan nomor.", "Perhaps the same.")] == [True] * 3
    assert cell.comment.author == marker.AUTHOR


def test_every_value_stands_where_it_stood():
    before, after = load_workbook(io.BytesIO(upload())), opened(upload())
    for name in ("Data", "Pengantar"):
        values = [[cell.value for cell in row] for row in before[name].iter_rows()]
        assert [[cell.value for cell in row] for row in after[name].iter_rows()] == values
    marked = {c.coordinate for row in after["Data"].iter_rows() for c in row if c.comment}
    assert marked == {"B3", "A2"}
    assert after["Data"]["C2"].is_date


def test_nothing_in_it_is_live():
    book = opened(upload())
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert book["Data"]["D2"].value == "=1+1"
    assert book["Temuan"]["E5"].value == "=1+1"


def test_every_finding_stands_on_a_sheet_of_its_own():
    rows = [[cell.value for cell in row] for row in opened(upload())["Temuan"].iter_rows()]
    assert [row[:2] for row in rows[1:]] == [
        ["FRAME-112", "B3 telepon"], ["FRAME-102", "B3 telepon"], ["FRAME-152", "2"], ["FRAME-171", None],
    ]  # fmt: skip


def test_a_corrected_file_loses_the_marks_of_the_first_time():
    first = marker.marked(upload(), MARKS, name="daftar.xlsx")
    again = load_workbook(io.BytesIO(marker.marked(first, [], name="daftar.xlsx")))
    assert all(cell.comment is None for row in again["Data"].iter_rows() for cell in row)
    assert all(not cell.fill.fill_type for row in again["Data"].iter_rows() for cell in row)
    assert again.sheetnames == ["Data", "Pengantar", "Temuan"]
    assert again["Temuan"].max_row == 1


def test_a_marked_file_reads_like_the_one_before_it():
    marked = marker.marked(upload(), MARKS, name="daftar.xlsx")
    first, second = (
        {line.row: line.cells for line in reader.read(data, name="a.xlsx") if line.name == "Data"}
        for data in (upload(), marked)
    )
    assert first.keys() == second.keys()
    assert (first[1], first[3]) == (second[1], second[3])
    assert first[2][:3] == second[2][:3]  # the fourth was a formula and is its text now


def test_a_csv_comes_back_as_a_workbook_row_for_row():
    sheet = opened(b"#instansi;kab-x\nnama;telepon\nBudi;12345\n", "daftar.csv").worksheets[0]
    assert [[cell.value for cell in row][:2] for row in sheet.iter_rows()] == [
        ["#instansi", "kab-x"], ["nama", "telepon"], ["Budi", "12345"],
    ]  # fmt: skip
    assert sheet["B3"].comment


@pytest.mark.parametrize("data", [b"PK\x03\x04 rusak", b""])
def test_a_file_that_the_gate_refuses_is_not_marked(data):
    with pytest.raises(Refused, match="FRAME-180"):
        marker.marked(data, MARKS, name="daftar.xlsx")


def test_a_file_that_passes_the_gate_and_cannot_be_opened_is_refused(book):
    with pytest.raises(Refused, match="FRAME-188"):
        marker.marked(book(parts={"xl/workbook.xml": "<broken"}), MARKS, name="daftar.xlsx")


def test_a_child_that_needs_too_much_memory_ends_without_a_word():
    """The limits are set before the file is opened; under a tenth of the memory none can be."""
    tight = "import sys; from bening.files import marker; marker.MEMORY_BYTES >>= 6; sys.exit(marker.main())"
    orders = json.dumps(["xlsx", "a.xlsx", MARKS]).encode() + b"\n"
    child = subprocess.run(
        [sys.executable, "-c", tight], input=orders + upload(), capture_output=True, check=False
    )
    assert child.returncode != 0
    assert child.stdout == b""
