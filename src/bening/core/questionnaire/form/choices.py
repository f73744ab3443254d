"""The choices sheet, and the scores of a question."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bening.core.kinds import Choice, Place, Problem, Text, Tree
from bening.core.questionnaire.expressions import evaluate, names
from bening.core.questionnaire.expressions.evaluate import boolean
from bening.core.questionnaire.expressions.shape import COLUMN
from bening.core.questionnaire.form.sheets import Row, Sheet
from bening.core.questionnaire.meaning import CODE

PAIR = re.compile(r"([a-z0-9_-]+)\s*[=:]\s*([0-9]{1,3})")
UNSCORED, REVERSE = "none", "reverse"
Lists = dict[str, list[tuple[Row, Choice]]]


def read_choices(sheet: Sheet) -> tuple[Lists, list[Problem]]:
    """The lists by name, and what is wrong with their rows."""
    lists: Lists = {}
    found: list[Problem] = []
    for row in sheet.rows:
        known = lists.setdefault(row.get("list_name"), [])
        code = row.get("name")
        if not row.get("list_name"):
            found.append(Problem("QUEST-115", sheet.place(row.number, "list_name"), {"what": "list_name"}))
        if not CODE.fullmatch(code) or any(choice.code == code for _, choice in known):
            found.append(wrong(sheet.place(row.number, "name"), row.get("list_name"), code or "name"))
        for column in ("label::id", "label::en"):
            if not row.get(column):
                words = {"where": f"{row.get('list_name')} {code}"}
                found.append(Problem("QUEST-105", sheet.place(row.number, column), words))
        score = row.get("score")
        if score and not (score.isdecimal() and int(score) <= 100):
            found.append(wrong(sheet.place(row.number, "score"), row.get("list_name"), score))
            score = ""
        label = Text(row.get("label::id"), row.get("label::en"))
        known.append((row, Choice(code, label, int(score) if score else None)))
    return lists, found


def wrong(place: Place, item: str, word: str) -> Problem:
    """QUEST-106 at a place."""
    return Problem("QUEST-106", place, {"item": item, "word": word})


def scored(choices: tuple[Choice, ...], cell: str) -> tuple[Choice, ...]:
    """The choices with their question's scores: `yes=0 no=100`, `reverse`, `none`; ValueError if unclear."""
    if not cell:
        return choices
    if cell == UNSCORED:
        return tuple(replace(choice, score=None) for choice in choices)
    if cell == REVERSE:
        return tuple(
            replace(choice, score=None if choice.score is None else 100 - choice.score) for choice in choices
        )
    own = dict(PAIR.findall(cell))
    if PAIR.sub("", cell).strip(" ,;") or not own:
        raise ValueError(cell)
    for code in own:
        if code not in {choice.code for choice in choices} or int(own[code]) > 100:
            raise ValueError(code)
    return tuple(replace(c, score=int(own[c.code]) if c.code in own else None) for c in choices)


def filtered(listed: list[tuple[Row, Choice]], tree: Tree | None) -> tuple[Choice, ...]:
    """The choices with their own conditions: the filter with each row's own columns put in.

    What no answer can change is settled here: a choice that is never offered goes, one that always is needs
    no condition.
    """
    if tree is None:
        return tuple(choice for _, choice in listed)
    made = []
    for row, choice in listed:
        own = put_in(tree, row.cells)
        if any(names(own)):
            made.append(replace(choice, relevant=own))
        elif boolean(evaluate(own, {})):
            made.append(choice)
    return tuple(made)


def put_in(tree: Tree, cells: Mapping[str, str]) -> Tree:
    """A filter with the texts of one row in the place of columns."""
    if not isinstance(tree, tuple):
        return tree
    if tree[0] == COLUMN:
        return cells.get(str(tree[1]), "")
    return (tree[0], *(put_in(part, cells) for part in tree[1:]))


def columns(sheet: Sheet) -> list[str]:
    """What a choice filter may name."""
    return [column for column in sheet.titles if "::" not in column and column not in ("list_name", "score")]
