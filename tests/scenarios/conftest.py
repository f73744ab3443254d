"""Scenario files: a questionnaire drawn as the sheets of an XLSForm, and walks through it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bening.core.kinds import Instrument
from bening.core.questionnaire import load

FOLDER = Path(__file__).parent


def table(text: str, heading: str) -> list[dict[str, str]]:
    """The rows of the Markdown table under a heading."""
    block = text.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line.strip().strip("|").split("|") for line in block.splitlines() if line.startswith("|")]
    head, rows = [cell.strip() for cell in lines[0]], lines[2:]
    return [dict(zip(head, (cell.strip() for cell in row), strict=True)) for row in rows]


def words(row: dict[str, str]) -> dict[str, str]:
    """A label in both languages."""
    return {"id": row["label::id"], "en": row["label::en"]}


def instrument(text: str) -> Instrument:
    """The questionnaire of the sheets `survey` and `choices`."""
    questions = []
    for row in table(text, "survey"):
        kind, _, listed = row["type"].partition(" ")
        choices = [
            {
                "code": choice["name"],
                "label": words(choice),
                "score": int(choice["score"]) if choice["score"] else None,
            }
            for choice in table(text, "choices")
            if choice["list_name"] == listed
        ]
        question = {"id": row["name"], "kind": kind, "label": words(row), "choices": choices}
        question |= {name: row[name] for name in ("relevant", "indicator", "dimension", "family", "measure")}
        question |= {"required": row["required"] == "yes", "longest": 200 if kind == "text" else 0}
        questions.append(question)
    form = {"name": "scenario", "version": 1, "group": "external", "minutes": 1, "questions": questions}
    return load(json.dumps(form | {"title": {"id": "Skenario", "en": "Scenario"}}).encode())


@pytest.fixture
def scenario(request: pytest.FixtureRequest) -> tuple[Instrument, list[dict[str, str]]]:
    """The questionnaire and the walks of the file that is named like the test's."""
    name = Path(request.fspath).stem.removeprefix("test_")
    text = (FOLDER / f"{name}.md").read_text()
    return instrument(text), table(text, "walks")


@pytest.fixture
def pairs() -> Callable[[str], dict[str, str]]:
    """`"a=1 b=2"` as a mapping; `-` is nobody's answer."""
    return lambda cell: dict(part.split("=") for part in cell.split() if part != "-")
