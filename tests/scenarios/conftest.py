"""Scenario files: an XLSForm drawn as Markdown tables, with walks through it or the problems it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from bening.core.kinds import Instrument
from bening.core.problems import Refused
from bening.core.questionnaire import Sheet, check, compile_form, dump, load, sheet, walk

FOLDER = Path(__file__).parent
SETTINGS = [["form_title", "form_id", "version"], ["Skenario / Scenario", "external", "1"]]
DIMENSIONS = {
    "external": {
        "v_staff": "staff", "v_service": "service", "r_bribery": "staff", "r_levies": "staff",
        "p_levies": "staff",
    }
}  # fmt: skip


def lines(text: str, heading: str) -> list[list[str]]:
    """The lines of the Markdown table under a heading, the headers first."""
    if f"## {heading}\n" not in text:
        return []
    block = text.split(f"## {heading}\n")[1].split("\n## ")[0]
    found = [line.strip().strip("|").split("|") for line in block.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line] for place, line in enumerate(found) if place != 1]


def table(text: str, heading: str) -> list[dict[str, str]]:
    """The same as rows by header."""
    head, *rows = lines(text, heading)
    return [dict(zip(head, row, strict=True)) for row in rows]


def pairs(cell: str) -> dict[str, str]:
    """`"a=1 b=x,y"` as a mapping; a comma separates ticks, `_` the words of a text, `-` is no answer."""
    found = dict(part.split("=") for part in cell.split() if part != "-")
    return {item: text.replace(",", " ").replace("_", " ") for item, text in found.items()}


@dataclass
class Scenario:
    """One file."""

    text: str

    @property
    def sheets(self) -> dict[str, Sheet]:
        """Its sheets, as the reader of files would give them."""
        pages: dict[str, Sequence[Sequence[str]]] = {
            "survey": lines(self.text, "survey"),
            "choices": lines(self.text, "choices"),
            "settings": SETTINGS,
        }
        return {name: sheet(name, enumerate(page, start=1)) for name, page in pages.items() if page}

    @cached_property
    def form(self) -> Instrument:
        """The questionnaire, as it comes back from its frozen form."""
        return load(dump(compile_form(self.sheets, DIMENSIONS)))

    def walked(self) -> None:
        """Every walk goes as the file says."""
        walks = table(self.text, "walks")
        assert walks
        for row in walks:
            answers, texts = pairs(row["answers"]), list(pairs(row.get("texts", "-")).items())
            way = walk(self.form, answers, texts)
            problems = [problem.code for problem in check(self.form, answers, texts)]
            assert " ".join(way.shown) == row["shown"], row
            assert (" ".join(problems) or "-") == row["problems"], row
            values = pairs(row.get("values", "-"))
            assert {item: way.values[item] for item in values} == values, row

    def refused(self) -> None:
        """The form is refused with the problems of the file, each at its cell, and no others."""
        with pytest.raises(Refused) as stop:
            compile_form(self.sheets, DIMENSIONS)
        places = [(p.code, p.place.sheet, str(p.place.row), p.place.column) for p in stop.value.problems]
        assert places == [tuple(row.values()) for row in table(self.text, "problems")]


@pytest.fixture
def scenario(request: pytest.FixtureRequest) -> Scenario:
    """The scenario of the file that is named like the test's."""
    name = Path(request.fspath).stem.removeprefix("test_")
    return Scenario((FOLDER / f"{name}.md").read_text())
