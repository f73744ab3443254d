"""The house's own engine reads the three questionnaires as elementpath does, and takes honest answers."""

import csv
from dataclasses import replace

import numpy as np
import pytest

from bening.core.estimate import by_indicator, coded, encode, index
from bening.core.kinds import NOT_ASKED, Frame, Group, Instrument, Item
from bening.core.kinds import Answers as Table
from bening.core.questionnaire import check, compile_form, dump, load, relevant, sheet
from bening.methods import load as load_method
from tests.methods.sheets import FOLDER, GROUPS, Answers, Entry, choices, entries, routes

METHOD = load_method("spi-2025:equal-thirds")
SHEETS = ("survey", "choices", "settings")

each_group = pytest.mark.parametrize("group", GROUPS)


def compiled(group: str) -> Instrument:
    """The questionnaire of a folder."""
    dimensions: dict[str, dict[str, str]] = {}
    for one in METHOD.indicators:
        dimensions.setdefault(one.group, {})[one.code] = one.dimension
    sheets = {}
    for name in SHEETS:
        text = FOLDER.joinpath(group, f"{name}.csv").read_text(encoding="utf-8")
        sheets[name] = sheet(name, enumerate(csv.reader(text.splitlines()), start=1), file=group)
    return compile_form(sheets, dimensions)


def full(group: str, answers: Answers, shown: tuple[Entry, ...]) -> Answers:
    """The answers of a route, with the first option where nothing was decided."""
    given = {"integer": "3"}
    return answers | {
        entry.name: given.get(entry.kind) or choices(group, entry.list_name)[0]["name"]
        for entry in shown
        if entry.kind != "note" and entry.name not in answers
    }


@each_group
def test_it_compiles_and_can_be_frozen(group):
    made = compiled(group)
    assert made.group == group
    assert load(dump(made)) == made
    assert made.minutes <= 10


@each_group
def test_both_engines_show_the_same_and_accept_every_way_through(group):
    made = compiled(group)
    ours = {entry.name for entry in entries(group)}
    for answers, shown in routes(group):
        assert [item for item in relevant(made, answers) if item in ours] == [entry.name for entry in shown]
        assert check(made, full(group, answers, shown), []) == ()


@each_group
def test_every_item_of_the_index_has_an_element_of_the_method(group):
    elements = {part.code for part in METHOD.dimensions if part.group == group}
    scored = [item for item in compiled(group).questions if any(c.score is not None for c in item.choices)]
    assert {item.dimension for item in scored} == elements
    assert {item.dimension for item in compiled(group).questions} <= elements | {""}


EACH = 12  # people of a group


@pytest.mark.parametrize(("good", "score"), [(max, 100), (min, 0)], ids=["best", "worst"])
@pytest.mark.parametrize("edition", ["spi-2024", "spi-2025"])
def test_the_best_answers_make_a_hundred_and_the_worst_nothing(edition, good, score):
    scored = [
        Item(
            item.id,
            Group(group),
            item.dimension,
            item.indicator,
            scores=tuple((choice.code, choice.score) for choice in item.choices),
        )
        for group in GROUPS
        for item in compiled(group).questions
        if any(choice.score is not None for choice in item.choices)
    ]
    groups = np.repeat(GROUPS, EACH).tolist()
    columns = {}
    for item in scored:
        code = good((points, code) for code, points in item.scores if points is not None)[1]
        column = encode(item, [code] * len(groups))
        columns[item.id] = np.where(np.array(groups) == item.group, column, NOT_ASKED).astype(np.uint8)
    table = Table(coded(["a"] * len(groups)), coded(groups), coded(groups), columns)
    frame = Frame(coded(["a"] * 3), coded(GROUPS), coded(GROUPS), np.full(3, 100))
    method = replace(load_method(f"{edition}:equal-thirds"), items=tuple(scored))
    for each in (method, by_indicator(method)):  # by element, and by indicator
        made = index(each, table, frame)
        assert len(made.estimate) == 1 + len(GROUPS) + len(METHOD.dimensions)
        assert made.estimate == pytest.approx(score)


def test_rather_not_say_stands_alone():
    made = compiled("internal")
    (problem,) = check(made, {"works": "yes", "tasks": "serve na"}, [])[:1]
    assert problem.words["item"] == "tasks"
