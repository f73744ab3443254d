"""Three people of the agency, one of an institution, and a form as a workbook."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import Workbook

from bening import methods
from bening.web.registry.models import Institution
from bening.web.registry.steps import grant
from tests.web.small import make_places, make_round

FOLDER = Path(methods.__file__).parent / "questionnaires"
SHEETS = ("survey", "choices", "settings")
PEOPLE = (("siti", "officer"), ("ratna", "statistician"), ("wayan", "auditor"), ("dewi", "inspectorate"))


@pytest.fixture
def round_(db):
    """A round with its people."""
    row = make_round()
    make_places(row, {"kab-x": ["dinkes"]})
    for username, role in PEOPLE:
        place = Institution.objects.get(code="kab-x") if role == "inspectorate" else None
        grant(by="awal", username=username, name=username.title(), role=role, institution=place)
    return row


@pytest.fixture
def desk(round_) -> Callable[[str], Client]:
    """Somebody at their desk."""

    def seated(username: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        assert client.post("/masuk", {"username": username}).status_code == 302
        return client

    return seated


def form(group: str = "expert", change: Callable[[dict[str, list[list[str]]]], None] | None = None) -> bytes:
    """One of the house's own forms as a workbook, with some cells changed; the first sheet is a cover."""
    pages = {}
    for name in SHEETS:
        with (FOLDER / group / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            pages[name] = list(csv.reader(file))
    if change:
        change(pages)
    book = Workbook()
    book.active.title = "read me"
    for name, rows in pages.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(pages: dict[str, list[list[str]]], sheet: str, row: int, column: str, text: str) -> None:
    """Write into a cell; rows are counted as people count them."""
    pages[sheet][row - 1][pages[sheet][0].index(column)] = text
