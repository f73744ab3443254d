"""Workbooks made by hand, part by part, so that a test can make each part hostile."""

import io
import zipfile
from collections.abc import Callable

import pytest

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
</Types>"""
BOOK = f"""<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>
<sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>"""
SHEET = '<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'


def relations(kind: str, target: str) -> str:
    """A part that points at one other part."""
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def workbook(cells: str = "", parts: dict[str, str] | None = None, head: str = "") -> bytes:
    """A workbook of one sheet with these rows; `parts` adds or replaces parts."""
    made = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": relations("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": head + SHEET.format(main=MAIN, cells=cells),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (made | (parts or {})).items():
            archive.writestr(name, text)
    return out.getvalue()


def text_row(number: int, *words: str) -> str:
    """A row of text cells."""
    cells = "".join(
        f'<c r="{chr(65 + i)}{number}" t="inlineStr"><is><t>{word}</t></is></c>'
        for i, word in enumerate(words)
    )
    return f'<row r="{number}">{cells}</row>'


@pytest.fixture
def book() -> Callable[..., bytes]:
    """`workbook`."""
    return workbook


@pytest.fixture
def row() -> Callable[..., str]:
    """`text_row`."""
    return text_row
