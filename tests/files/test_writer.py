"""Nothing that leaves the house runs in a spreadsheet; templates come back through the gate."""

import csv
import io

import pytest
from openpyxl import load_workbook

from bening.core.frame import KEYS, columns
from bening.core.kinds import Group
from bening.files import reader, writer
from bening.methods import load

LIVE = ["=1+1", "+62812", "-5", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")']


def test_a_workbook_holds_text_only():
    data = writer.workbook({"Data": [["nilai"], *([text] for text in LIVE)]})
    sheet = load_workbook(io.BytesIO(data))["Data"]
    assert [cell.data_type for cell in sheet["A"]] == ["s"] * 7
    assert [line.cells[0] for line in reader.read(data, name="a.xlsx")][1:] == LIVE


def test_csv_cells_that_would_run_get_an_apostrophe():
    rows = list(csv.reader(io.StringIO(writer.csv_text([[*LIVE, "\r", "aman", "a=b"]]))))
    assert rows == [[f"'{text}" for text in [*LIVE, "\r"]] + ["aman", "a=b"]]


@pytest.mark.parametrize("group", [Group.INTERNAL, Group.EXTERNAL, Group.EXPERT])
def test_a_template_has_lists_for_its_codes_and_comes_back(group):
    made = columns(group, load("spi-2025:equal-thirds"))
    data = writer.template(
        made,
        notes=[(key, "", text) for key, (text, _) in KEYS.items()],
        notes_sheet="Pengantar",
        loci=[("dinkes", "Dinas Kesehatan"), ("=1+1", "Nama ganjil")],
        guide=[("Petunjuk", "Isi satu baris untuk setiap orang.")],
    )
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames[:3] == ["Data", "Pengantar", "Petunjuk"]
    lists = {
        v.formula1: str(v.sqref) for v in book["Data"].data_validations.dataValidation if v.type == "list"
    }
    assert len(lists) == len([c for c in made if c.choices or c.header == "kode_lokus"])
    assert all(cell.data_type != "f" for sheet in book for line in sheet for cell in line)
    lines = list(reader.read(data, name="templat.xlsx"))
    assert lines[-1].cells == [column.header for column in made]
    assert [line.cells[0] for line in lines if line.name == "Pengantar"] == list(KEYS)
