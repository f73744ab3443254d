"""Routing and checks run twice: in Python for the tally, in JavaScript on the phone. They must agree."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bening.core.canonical import dump as canonical
from bening.core.kinds import Choice, Instrument, Question, Text
from bening.core.questionnaire import check, dump, load, next_question, relevant

CODES = ("yes", "no", "1", "2", "10", "na")
WORDS = Text("kata", "word")
text_literal = st.sampled_from([*CODES, "", "1 2", " 1"]).map(lambda word: f"'{word}'")
number_literal = st.sampled_from(["0", "1", "2", "-1", "1.5", "10"])


def conditions(items):
    """Expressions over these items, with every operation of the language."""
    item = st.sampled_from(items).map(lambda name: "${" + name + "}")
    value = st.one_of(item, text_literal, number_literal)
    sign = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    comparison = st.tuples(value, sign, value).map(" ".join)
    code = st.sampled_from(CODES).map(lambda word: f"'{word}'")
    selected = st.tuples(item, code).map(lambda pair: f"selected({pair[0]},{pair[1]})")
    return st.recursive(
        comparison | selected,
        lambda inner: st.one_of(
            inner.map(lambda part: f"not({part})"),
            st.tuples(inner, st.sampled_from([" and ", " or "]), inner).map("".join),
            inner.map(lambda part: f"( {part} )"),
        ),
        max_leaves=5,
    )


@st.composite
def instruments(draw):
    """Up to six questions of every kind with conditions on the choice questions before them."""
    questions, asked = [], []
    for at in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(["select_one", "select_one", "select_one", "text", "note"]))
        codes = (
            draw(st.lists(st.sampled_from(CODES), min_size=2, unique=True)) if kind == "select_one" else []
        )
        questions.append(
            Question(
                id=f"q{at}",
                kind=kind,
                label=WORDS,
                choices=tuple(Choice(code, WORDS) for code in codes),
                required=draw(st.booleans()),
                relevant=draw(conditions(asked)) if asked and draw(st.booleans()) else "",
                indicator="i",
                measure="profile",
                longest=8 if kind == "text" else 0,
            )
        )
        asked += [f"q{at}"] if kind == "select_one" else []
    return Instrument("random", 1, "internal", WORDS, 1, tuple(questions))


names = st.sampled_from([f"q{at}" for at in range(7)] + ["constructor", "\ue000", "\U0001f600"])
answers = st.dictionaries(names, st.sampled_from([*CODES, "other", ""]), max_size=7)
written = st.sampled_from(
    ["", "a", 'say "so"', "éé", "\U0001f600\U0001f600", "\n\t\x01", "12345678", "123456789"]
)
texts = st.lists(st.tuples(names, written), max_size=3)


@given(instrument=instruments(), answers=answers)
def test_routing_is_the_same_in_both_languages(javascript, instrument, answers):
    form = json.loads(dump(instrument))
    assert javascript("relevant", form, answers) == list(relevant(instrument, answers))
    for after in ["", *(question.id for question in instrument.questions), "stranger"]:
        assert javascript("nextQuestion", form, answers, after) == next_question(instrument, answers, after)


@given(instrument=instruments(), answers=answers, texts=texts)
def test_the_check_is_the_same_in_both_languages(javascript, instrument, answers, texts):
    found = [[problem.code, problem.words["item"]] for problem in check(instrument, answers, texts)]
    assert javascript("check", json.loads(dump(instrument)), answers, texts) == found


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(value=json_values)
def test_canonical_json_is_the_same_in_both_languages(javascript, value):
    assert javascript("canonical", value).encode() == canonical(value)


@given(instrument=instruments(), answers=answers)
def test_walking_with_next_question_visits_exactly_the_relevant_items(instrument, answers):
    visited, at = [], ""
    while at := next_question(instrument, answers, at) or "":
        visited.append(at)
    assert tuple(visited) == relevant(instrument, answers)


@given(answers=st.dictionaries(st.sampled_from(["q0", "q1"]), st.sampled_from(["yes", "no"])))
def test_a_frozen_questionnaire_reads_back_as_itself(answers):
    question = Question("q0", "select_one", WORDS, (Choice("yes", WORDS, 100), Choice("no", WORDS, 0)),
                        indicator="i", dimension="duty", family="risk", measure="perception")  # fmt: skip
    instrument = Instrument("small", 1, "internal", WORDS, 1, (question,))
    assert load(dump(instrument)) == instrument
    assert dump(load(dump(instrument))) == dump(instrument)
