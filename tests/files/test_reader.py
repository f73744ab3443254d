"""Cells arrive as people would read them."""

import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook

from bening.core.problems import Refused
from bening.files import reader
from bening.files.gate import CSV_BYTES, admit


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_numbers_dates_and_flags_become_plain_text():
    book = Workbook()
    sheet = book.active
    moment = datetime(2024, 7, 29, 8, tzinfo=UTC).replace(tzinfo=None)  # a cell has no zone
    sheet.append([6281234567890, 198501012010011001, 12.5, True, date(2024, 7, 29), moment, "x"])
    ((_, _, _, cells),) = reader.read(saved(book), name="a.xlsx")
    assert cells[:4] == ["6281234567890", "1.98501012010011E+17", "12.5", "Y"]
    assert cells[4:] == ["2024-07-29", "2024-07-29", "x"]


def test_rows_and_columns_keep_their_places():
    """A table that begins in C5 is reported as C5."""
    book = Workbook()
    book.active["C5"], book.active["D8"] = "nama", "nip"
    lines = list(reader.read(saved(book), name="a.xlsx"))
    assert [(line.row, line.cells) for line in lines] == [(5, ["", "", "nama", ""]), (8, ["", "", "", "nip"])]


def test_the_first_sheet_comes_last():
    book = Workbook()
    book.active.append(["nama"])
    book.create_sheet("Pengantar").append(["instansi", "kab-x"])
    book.create_sheet("Petunjuk")
    lines = list(reader.read(saved(book), name="a.xlsx"))
    assert [(line.sheet, line.name) for line in lines] == [(1, "Pengantar"), (0, "Sheet")]


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_csv_is_read_with_its_notes(mark):
    text = f'#instansi{mark}kab-x\r\n\r\nnama{mark}telepon\r\nAyu{mark}"+62{mark}812"\r\n'
    lines = list(reader.read(b"\xef\xbb\xbf" + text.encode(), name="a.csv"))
    assert [(line.sheet, line.row, line.cells) for line in lines] == [
        (reader.NOTES, 1, ["instansi", "kab-x"]),
        (reader.DATA, 3, ["nama", "telepon"]),
        (reader.DATA, 4, ["Ayu", f"+62{mark}812"]),
    ]


def test_a_csv_line_that_cannot_be_read_is_named():
    with pytest.raises(Refused) as stop:
        list(reader.read(b"nama\nAyu\n" + b"x" * 200_000 + b"\n", name="a.csv"))
    (problem,) = stop.value.problems
    assert (problem.code, problem.place.row) == ("FRAME-180", 3)


def test_a_csv_with_too_many_columns_is_refused():
    with pytest.raises(Refused, match="FRAME-181"):
        list(reader.read(b"a" + b",a" * 60 + b"\n", name="a.csv"))


def test_a_reader_that_stops_early_leaves_no_child():
    """Closing the generator ends the child process."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for i in range(3000):
        sheet.append([str(i)])
    lines = reader.read(saved(book), name="a.xlsx")
    assert next(lines).cells == ["0"]
    lines.close()


def test_a_csv_may_have_its_headers_and_notes_beyond_the_last_row(monkeypatch):
    monkeypatch.setattr(reader, "LAST_ROW", 3)
    data = b"#instansi;x\nnama\na\nb\nc\n"
    assert [line.cells[0] for line in reader.read(data, name="a.csv")] == ["instansi", "nama", "a", "b", "c"]
    with pytest.raises(Refused, match="FRAME-181"):
        list(reader.read(data + b"d\n", name="a.csv"))


def test_a_file_on_disk_reads_like_its_bytes(tmp_path, book, row):
    table = b"#instansi;kab-x\nnama;nip\nAyu;1\n"
    for name, data in (("a.csv", table), ("b.xlsx", book(row(1, "nama") + row(2, "Ayu")))):
        (tmp_path / name).write_bytes(data)
        assert list(reader.read_file(tmp_path / name)) == list(reader.read(data, name=name))


@pytest.mark.parametrize(
    ("data", "name"), [(b"", "a.csv"), (b"\0", "a.csv"), (b"nama", "a.xlsx"), (b"PK\x03\x04", "a.xlsx")]
)
def test_a_file_on_disk_goes_through_the_gate(tmp_path, data, name):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Refused, match="FRAME-180"):
        list(reader.read_file(tmp_path / name))
    assert admit(b"nama", name="a.csv", size=CSV_BYTES) == "csv"
    with pytest.raises(Refused, match="FRAME-181"):
        admit(b"nama", name="a.csv", size=CSV_BYTES + 1)
