"""The three questionnaires as their sheets, and every way through them.

Conditions are read as XPath by elementpath, not by the house's own engine: neither vouches for itself.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from xml.etree.ElementTree import Element

from elementpath import Selector, XPath1Parser

from bening.methods import FILES

FOLDER = FILES.joinpath("questionnaires")
GROUPS = ("internal", "external", "expert")
LANGUAGES = {"id": "Bahasa Indonesia (id)", "en": "English (en)"}
UNASKED = ("note", "calculate")
NOWHERE = Element("nowhere")
Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the survey sheet that a person sees; `relevant` includes that of its screen."""

    name: str
    kind: str
    list_name: str
    screen: str
    relevant: str
    cells: dict[str, str]
    screen_cells: dict[str, str]

    def text(self, column: str, language: str) -> str:
        """A text of the line in one language."""
        return self.cells[f"{column}::{LANGUAGES[language]}"]


@cache
def lines(group: str, sheet: str) -> tuple[dict[str, str], ...]:
    """The lines of one sheet."""
    text = FOLDER.joinpath(group, f"{sheet}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def entries(group: str) -> tuple[Entry, ...]:
    """Notes and questions in the order of asking."""
    found, screen = [], {}
    for cells in lines(group, "survey"):
        kind, _, list_name = cells["type"].partition(" ")
        if kind in ("begin_group", "end_group"):
            screen = cells if kind == "begin_group" else {}
            continue
        conditions = [f"({each['relevant']})" for each in (screen, cells) if each["relevant"]]
        found.append(
            Entry(cells["name"], kind, list_name, screen["name"], " and ".join(conditions), cells, screen)
        )
    return tuple(found)


def items(group: str) -> tuple[Entry, ...]:
    """The questions alone."""
    return tuple(entry for entry in entries(group) if entry.kind not in UNASKED)


@cache
def choices(group: str, list_name: str) -> tuple[dict[str, str], ...]:
    """The options of one list."""
    return tuple(line for line in lines(group, "choices") if line["list_name"] == list_name)


def scores(group: str, item: Entry) -> list[int]:
    """The scores of an item's options, turned where the item says so; empty if nothing is scored."""
    return [points for _, points in points_of(group, item) if points is not None]


def points_of(group: str, item: Entry) -> list[tuple[str, int | None]]:
    """Each option of an item with its score."""
    reverse = item.cells["score"] == "reverse"
    printed = [(line["name"], line["score"]) for line in choices(group, item.list_name)]
    return [
        (code, (100 - int(score) if reverse else int(score)) if score else None) for code, score in printed
    ]


def names(expression: str) -> set[str]:
    """The items an expression names."""
    return set(re.findall(r"\$\{(\w+)\}", expression))


def holds(expression: str, answers: Answers, own: str = "") -> bool:
    """Whether a condition holds; `.` is the own answer, an unanswered item the empty text."""
    values = {name: answers.get(name, "") for name in names(expression)}
    return not expression or bool(selector(expression).select(NOWHERE, variables=values | {"own": own}))


@cache
def selector(expression: str) -> Selector:
    """A condition as plain XPath 1.0, without what XLSForm adds to it."""
    path = re.sub(r"\$\{(\w+)\}", r"$\1", expression)
    path = re.sub(r"(?<![\w)])\.(?=[ ,])", "$own", path)
    path = re.sub(r"selected\((\$\w+), '(\w+)'\)", r"contains(concat(' ', \1, ' '), ' \2 ')", path)
    return Selector(f"boolean({path})", parser=XPath1Parser)


def answers_to(group: str, item: Entry) -> list[str]:
    """Every answer a choice question takes."""
    codes = [line["name"] for line in choices(group, item.list_name)]
    if item.kind == "select_one":
        return codes
    many = [" ".join(some) for size in range(1, len(codes) + 1) for some in combinations(codes, size)]
    return [answer for answer in many if holds(item.cells["constraint"], {}, answer)]


@cache
def routes(group: str) -> tuple[tuple[Answers, tuple[Entry, ...]], ...]:
    """Every way through a questionnaire: the answers that decide it, and what is shown."""
    steering = {name for entry in entries(group) for name in names(entry.relevant)}

    def walk(
        at: int, answers: Answers, shown: tuple[Entry, ...]
    ) -> Iterator[tuple[Answers, tuple[Entry, ...]]]:
        if at == len(entries(group)):
            yield answers, shown
            return
        entry = entries(group)[at]
        if not holds(entry.relevant, answers):
            yield from walk(at + 1, answers, shown)
        elif entry.name in steering:
            for answer in answers_to(group, entry):
                yield from walk(at + 1, answers | {entry.name: answer}, (*shown, entry))
        else:
            yield from walk(at + 1, answers, (*shown, entry))

    return tuple(walk(0, {}, ()))


def asked(shown: tuple[Entry, ...]) -> list[Entry]:
    """The questions of a route."""
    return [entry for entry in shown if entry.kind not in UNASKED]
