"""Expressions, routing and checks run twice: in Python for the tally, in JavaScript on the phone."""

import json
import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.canonical import dump as canonical
from bening.core.kinds import Choice, Instrument, Question, Text
from bening.core.questionnaire import check, dump, load, next_question, relevant, walk
from bening.core.questionnaire.expressions import evaluate, string
from bening.core.questionnaire.expressions.shape import PARTS
from tests.core.questionnaire import random_forms as some

FORMS, PEOPLE = 1500, 7  # 10,500 people
TREES = 12_000
WORDS = Text("kata", "word")
KINDS = {str: "string", bool: "boolean", float: "number"}


def test_the_generator_knows_every_operation():
    assert {*some.PAIRS, *some.ONES, "if"} == set(PARTS)
    assert set(some.KINDS) == {
        "select_one",
        "select_multiple",
        "integer",
        "text",
        "note",
        "calculate",
    }


@pytest.mark.slow
def test_an_expression_is_worth_the_same_in_both_languages(javascript):
    """Also its kind, its text and the sign of a zero, which decides what a division by it gives."""
    cases, ours = [], []
    for number in range(TREES):
        rng = Random(number)
        tree = some.tree(rng, ["a", "b"], depth=4)
        values = {name: rng.choice(some.TEXTS) for name in ("a", "b") if rng.random() < 0.9}
        worth = evaluate(tree, values)
        cases.append([tree, values])
        ours.append(
            [
                KINDS[type(worth)],
                string(worth),
                worth == 0 and type(worth) is float and math.copysign(1, worth) < 0,
            ]
        )
    theirs = javascript("many", "worth", cases)
    wrong = [at for at, pair in enumerate(zip(ours, theirs, strict=True)) if pair[0] != pair[1]]
    assert [(at, cases[at], ours[at], theirs[at]) for at in wrong[:3]] == []
    assert len({each[1] for each in ours}) > 60  # not all of them are not-a-number


@pytest.mark.slow
def test_ten_thousand_people_go_the_same_way_in_both_languages(javascript):
    """Which questions are asked, what is calculated, what is wrong."""
    found = {"cases": 0, "faults": set()}
    for number in range(FORMS):
        rng = Random(number)
        instrument = some.form(rng)
        frozen = json.loads(dump(instrument))
        people = [(some.answers(rng, instrument), some.texts(rng, instrument)) for _ in range(PEOPLE)]
        theirs = javascript("many", "walked", [[frozen, answers, texts] for answers, texts in people])
        for (answers, texts), way in zip(people, theirs, strict=True):
            ours = walk(instrument, answers, texts)
            assert way["shown"] == ours.shown, number
            assert way["values"] == ours.values, number
            assert [tuple(fault) for fault in way["faults"]] == ours.faults, number
            found["cases"] += 1
            found["faults"] |= {code for code, _ in ours.faults}
    assert found["cases"] >= 10_000
    assert found["faults"] == {f"QUEST-{n}" for n in (120, 121, 122, 124, 125, 127, 128)}


@pytest.mark.slow
def test_what_the_phone_sends_is_what_the_tally_accepts(javascript):
    """The phone drops what was given to questions no longer asked; the tally then finds no such fault."""
    for number in range(600):
        rng = Random(number)
        instrument = some.form(rng)
        answers, texts = some.answers(rng, instrument), dict(some.texts(rng, instrument))
        way = javascript("walked", json.loads(dump(instrument)), answers, list(texts.items()), True)
        pairs = [tuple(pair) for pair in way["texts"]]
        faults = [
            (problem.code, problem.words["item"]) for problem in check(instrument, way["answers"], pairs)
        ]
        assert faults == [tuple(fault) for fault in way["faults"]], number
        assert not {code for code, _ in faults} & {"QUEST-121", "QUEST-123", "QUEST-125"}, number
        assert tuple(way["shown"]) == relevant(instrument, way["answers"]), number


@pytest.mark.slow
def test_an_interview_asks_the_same_next_question_in_both_languages(javascript):
    """Question by question: whoever asks the phone and whoever asks the house walks the same way."""
    for number in range(300):
        rng = Random(number)
        instrument = some.form(rng)
        frozen, items = json.loads(dump(instrument)), {each.id: each for each in instrument.questions}
        answers, at = {}, ""
        while True:
            shown = javascript("walked", frozen, answers, [])["shown"]
            order = list(items)
            following = [name for name in shown if not at or order.index(name) > order.index(at)]
            assert (following or [None])[0] == next_question(instrument, answers, at), number
            if not following:
                break
            at = following[0]
            if items[at].kind not in ("note", "text"):
                answers[at] = some.answer(rng, items[at])


def test_walking_with_next_question_visits_exactly_the_relevant_items():
    for number in range(300):
        rng = Random(number)
        instrument = some.form(rng)
        answers = some.answers(rng, instrument)
        visited, at = [], ""
        while at := next_question(instrument, answers, at) or "":
            visited.append(at)
        assert tuple(visited) == relevant(instrument, answers)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(value=json_values)
def test_canonical_json_is_the_same_in_both_languages(javascript, value):
    assert javascript("canonical", value).encode() == canonical(value)


@given(number=st.integers(0, 2**32))
def test_the_frozen_form_of_any_questionnaire_reads_back_as_the_same_bytes(number):
    instrument = some.form(Random(number))
    choices = (Choice("yes", WORDS, 100), Choice("no", WORDS, 0))
    first = Question("first", "select_one", WORDS, choices, indicator="i", dimension="duty",
                     family="risk", measure="perception")  # fmt: skip
    small = Instrument("small", 1, "internal", WORDS, 1, (first,))
    assert load(dump(small)) == small
    assert dump(instrument) == canonical(json.loads(dump(instrument)))
