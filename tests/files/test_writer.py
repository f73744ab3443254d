"""Nothing that leaves the house runs in a spreadsheet."""

import csv
import io

from openpyxl import load_workbook

from bening.files import reader, writer

LIVE = ["=1+1", "+62812", "-5", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")']


def test_a_workbook_holds_text_only():
    data = writer.workbook({"Data": [["nilai"], *([text] for text in LIVE)]})
    sheet = load_workbook(io.BytesIO(data))["Data"]
    assert [cell.data_type for cell in sheet["A"]] == ["s"] * 7
    assert [line.cells[0] for line in reader.read(data, name="a.xlsx")][1:] == LIVE


def test_csv_cells_that_would_run_get_an_apostrophe():
    rows = list(csv.reader(io.StringIO(writer.csv_text([[*LIVE, "\r", "aman", "a=b"]]))))
    assert rows == [[f"'{text}" for text in [*LIVE, "\r"]] + ["aman", "a=b"]]
