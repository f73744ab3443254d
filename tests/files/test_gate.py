"""Hostile files are refused at the gate or survived behind it: always a reason, never a crash."""

import io
import subprocess
import sys
import zipfile
import zlib

import pytest

from bening.core.problems import Refused
from bening.files import gate, parser, reader

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def refused(data: bytes, name: str = "daftar.xlsx") -> str:
    """Code and English reason; the whole file is read, as an upload would be."""
    with pytest.raises(Refused) as stop:
        list(reader.read(data, name=name))
    (problem,) = stop.value.problems
    assert problem.place.file == name
    return f"{problem.code} {problem.words['why_en']}"


def test_a_plain_workbook_passes(book, row):
    lines = list(reader.read(book(row(1, "nama", "nip") + row(2, "Ayu", "1")), name="daftar.xlsx"))
    assert [(line.sheet, line.name, line.row, line.cells) for line in lines] == [
        (0, "Data", 1, ["nama", "nip"]),
        (0, "Data", 2, ["Ayu", "1"]),
    ]


def test_one_giant_cell_is_refused(book):
    """A cell of 120 MB packs to about 120 KB."""
    cells = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"A" * 120_000_000}</t></is></c></row>'
    assert refused(book(cells)) == "FRAME-181 a part unpacks out of proportion"


def test_many_fair_parts_that_are_too_much_together_are_refused(book):
    parts = {f"xl/worksheets/sheet{i}.xml": " " * 999_999 for i in range(2, 110)}
    assert refused(book(ONE, parts)) == "FRAME-181 it unpacks to more than 100 MB"


def test_more_rows_than_a_list_can_have_are_refused(book):
    rows = "".join(f'<row r="{i}"><c r="A{i}"><v>1</v></c></row>' for i in range(999_990, 1_000_005))
    assert "beyond 1,000,000 rows" in refused(book(rows))


@pytest.mark.parametrize("corner", ["XFD1048576", "A1048576", "ZZ1", "BI2"])
def test_a_cell_in_a_far_corner_is_refused(book, corner):
    """1.5 KB with two cells: a parser would make room for everything between them."""
    row = "".join(letter for letter in corner if letter.isdigit())
    cells = f'{ONE}<row r="{row}"><c s="0" r="{corner}"><v>1</v></c></row>'
    assert refused(book(cells)) == "FRAME-181 a cell lies beyond 1,000,000 rows or 60 columns"


def test_two_cells_far_apart_inside_the_limits_are_refused(book):
    cells = f'{ONE}<row r="900000"><c r="BH900000"><v>1</v></c></row>'
    assert refused(book(cells)) == "FRAME-181 a cell lies far from the data"


@pytest.mark.parametrize("head", ['<!DOCTYPE lolz [<!ENTITY a "aaaa">]>', "<!ENTITY a 'b'>"])
def test_declarations_are_refused(book, head):
    assert refused(book(ONE, head=head)) == "FRAME-181 it holds an XML declaration"


@pytest.mark.parametrize(
    "part", ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/embeddings/oleObject1.bin"]
)
def test_macros_links_and_embedded_objects_are_refused(book, part):
    assert refused(book(ONE, {part: "x"})) == "FRAME-181 it holds a macro, link or object"


@pytest.mark.parametrize("part", ["../../etc/cron.d/x", "/etc/passwd", "xl/..\\..\\x", "C:/x"])
def test_names_that_leave_the_file_are_refused(book, part):
    assert refused(book(ONE, {part: "x"})) == "FRAME-181 a part's name points outside the file"


def test_too_many_parts_are_refused(book):
    assert (
        refused(book(ONE, {f"xl/media/{i}.png": "x" for i in range(200)}))
        == "FRAME-181 it has too many parts"
    )


def test_a_part_that_stands_twice_is_refused(book):
    """Two readers could see two different files."""
    data = io.BytesIO(book(ONE))
    with zipfile.ZipFile(data, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "x")
    assert refused(data.getvalue()) == "FRAME-181 a part stands twice"


def test_a_size_that_lies_in_the_header_does_not_help(book):
    """Real bytes are counted while unpacking."""
    data = bytearray(book(f'<row r="1"><c r="A1"><v>{"1" * 3_000_000}</v></c></row>'))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    assert refused(bytes(data)).startswith("FRAME-18")


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.xlsx", "it is empty"),
        (b"  \n", "a.csv", "it is empty"),
        (gate.OLE + b"x" * 600, "a.xlsx", "it has a password or is an old Excel file"),
        (b"nama;nip\n", "a.xlsx", "it is neither an Excel workbook nor CSV"),
        (b"\x00\x01\x02", "a.csv", "it is neither an Excel workbook nor CSV"),
        (b"PK\x03\x04 and then nothing", "a.xlsx", "the workbook is damaged"),
        ("nama\nJosé\n".encode("latin-1"), "a.csv", "its letters are not UTF-8"),
    ],
)
def test_what_is_no_workbook_is_unreadable(data, name, why):
    assert refused(data, name) == f"FRAME-180 {why}"


def test_a_damaged_workbook_is_unreadable(book, row):
    data = book("".join(row(i, f"nama {zlib.crc32(bytes([i]))}") for i in range(1, 200)))
    for cut in (40, 400, len(data) // 2, len(data) - 10):
        assert refused(data[:cut]).startswith("FRAME-180")
    assert refused(book(parts={"xl/workbook.xml": "<broken"})).startswith("FRAME-180")
    assert refused(
        book(parts={"xl/workbook.xml": "<broken"}).replace(b"xl/workbook.xml", b"xl/workbo0k.xml")
    ).startswith("FRAME-180")


def test_a_file_over_the_size_limit_is_refused_unread():
    assert refused(b"PK\x03\x04" + bytes(gate.WORKBOOK_BYTES)) == "FRAME-181 it is larger than 10 MB"


@pytest.mark.slow
def test_two_cells_far_apart_that_pass_the_gate_are_survived(book):
    """The parser makes room for six million cells between them."""
    cells = f'{ONE}<row r="99999"><c r="BH99999"><v>1</v></c></row>'
    assert [line.row for line in reader.read(book(cells), name="a.xlsx")] == [1, 99999]


def test_a_parser_that_needs_too_much_memory_ends_without_a_word(book):
    """The same file under a tenth of the memory: the child dies, and its exit code is all the parent sees."""
    cells = f'{ONE}<row r="99999"><c r="BH99999"><v>1</v></c></row>'
    tight = "import sys; from bening.files import parser; parser.MEMORY_BYTES >>= 4; sys.exit(parser.main())"
    child = subprocess.run([sys.executable, "-c", tight], input=book(cells), capture_output=True, check=False)
    assert child.returncode not in (0, parser.UNREADABLE, parser.TOO_FAR)
    assert child.stdout == b""
    assert reader.ended(child.returncode, "a.xlsx").problems[0].code == "FRAME-181"
