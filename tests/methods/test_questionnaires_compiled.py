"""The house's own engine reads the three questionnaires as elementpath does, and takes honest answers."""

import csv
from dataclasses import replace

import numpy as np
import pytest

from bening.core.estimate import by_indicator, coded, design, encode, index, prevalence, witnessed
from bening.core.kinds import NOT_ASKED, Frame, Group, Instrument, Item, Measure, Question
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
        assert len(made.estimate) == 1 + len(GROUPS) + len(each.dimensions)
        assert made.estimate == pytest.approx(score)


def by_measure(group: str, measure: str) -> list[Question]:
    """The items of a measure."""
    return [item for item in compiled(group).questions if item.measure == measure]


def people(*kinds: tuple[int, Answers]) -> list[Answers]:
    """So many people with these answers each; everybody's stand."""
    made = compiled("external")
    for _, answers in kinds:
        assert not [p for p in check(made, answers, []) if p.code != "QUEST-120"]  # others are left out
    return [answers for count, answers in kinds for _ in range(count)]


@pytest.mark.parametrize(
    ("measure", "role", "asked_item", "gave_item"),
    [
        (Measure.BRIBE_16_5_1, "user", "asked", "gave"),
        (Measure.BRIBE_16_5_2, "vendor", "asked_firm", "gave_firm"),
    ],
)
def test_the_prevalence_of_payments_finds_its_filter_and_its_events(measure, role, asked_item, gave_item):
    """SDG 16.5.1 and 16.5.2: paid or was asked, among people with a contact, both in twelve months."""
    events = [item.id for item in by_measure("external", measure)]
    assert events == [asked_item, gave_item]
    met = {"right": "yes", "role": role, "contact": "few"}
    crowd = people(
        (3, met | {asked_item: "yes", gave_item: "no"}),
        (2, met | {asked_item: "no", gave_item: "yes"}),
        (35, met | {asked_item: "no", gave_item: "no"}),
        (60, met | {"contact": "none"}),
    )
    filter_, *_ = by_measure("external", Measure.BRIBE_CONTACT_12M)
    contact = np.array([each[filter_.id] not in ("none", "na") for each in crowd])
    event = np.array([float(any(each.get(item) == "yes" for item in events)) for each in crowd])
    found = prevalence(event, contact, np.ones(100), design(100))
    assert (found.value, found.n) == (12.5, 40)


@each_group
def test_what_was_seen_finds_its_items(group):
    """One item for each published practice, and the window that an expert can answer for."""
    measure = Measure.WITNESSED_12M if group == "expert" else Measure.WITNESSED_EVER
    found = by_measure(group, measure)
    public = [one.code for one in METHOD.indicators if (one.group, one.measure) == (group, measure)]
    assert sorted(item.indicator for item in found) == sorted(public)
    for item in found:
        said = np.array([1.0] * 5 + [0.0] * 45)  # yes, no
        assert {choice.code for choice in item.choices} == {"yes", "no", "dk", "na"}
        assert witnessed(said, np.ones(50), design(50), measure).value == 10


def test_rather_not_say_stands_alone():
    made = compiled("internal")
    (problem,) = check(made, {"works": "yes", "tasks": "serve na"}, [])[:1]
    assert problem.words["item"] == "tasks"
