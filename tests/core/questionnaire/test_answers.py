"""A hostile or careless set of answers is caught with named reasons."""

import pytest

from bening.core.kinds import Choice, Instrument, Question, Text
from bening.core.problems import say
from bening.core.questionnaire import check, relevant

W = Text("kata", "word")
YES_NO = (Choice("yes", W), Choice("no", W))
FORM = Instrument(
    "form", 1, "internal", W, 1,
    (
        Question("met", "select_one", W, YES_NO),
        Question("paid", "select_one", W, YES_NO, relevant="${met} = 'yes'"),
        Question("age", "select_one", W, YES_NO, required=False),
        Question("words", "text", W, required=False, longest=10),
    ),
)  # fmt: skip


def found(answers, texts=()):
    """(code, item) of each problem."""
    return [(problem.code, problem.words["item"]) for problem in check(FORM, answers, texts)]


@pytest.mark.parametrize(
    ("answers", "texts", "problems"),
    [
        ({"met": "no"}, [], []),
        ({"met": "yes", "paid": "no", "age": "yes"}, [("words", "0123456789")], []),
        ({}, [], [("QUEST-120", "met")]),
        ({"met": "yes"}, [], [("QUEST-120", "paid")]),
        ({"met": "no", "paid": "no"}, [], [("QUEST-121", "paid")]),
        ({"met": "maybe"}, [], [("QUEST-122", "met")]),
        ({"met": 1}, [], [("QUEST-122", "met")]),
        ({"met": ["no"]}, [], [("QUEST-122", "met")]),
        ({"met": "no", "b": "x", "a": "x"}, [], [("QUEST-123", "a"), ("QUEST-123", "b")]),
        ({"met": "no", "words": "x"}, [], [("QUEST-123", "words")]),
        ({"met": "no"}, [("met", "x")], [("QUEST-123", "met")]),
        ({"met": "no"}, [("words", "0123456789x")], [("QUEST-124", "words")]),
        ({"met": "no"}, [("words", "\n" * 6)], [("QUEST-124", "words")]),
        ({"met": "no"}, [("words", "")], [("QUEST-125", "words")]),
        ({"met": "no"}, [("words", "a"), ("words", "b")], [("QUEST-125", "words")]),
    ],
)
def test_each_fault_is_named(answers, texts, problems):
    assert found(answers, texts) == problems


def test_an_invalid_code_steers_nothing():
    assert relevant(FORM, {"met": "yes "}) == ("met", "age", "words")


def test_a_forgotten_answer_to_an_irrelevant_question_steers_nothing():
    chained = Instrument(
        "form", 1, "internal", W, 1,
        (*FORM.questions, Question("why", "select_one", W, YES_NO, relevant="${paid} = 'yes'")),
    )  # fmt: skip
    assert "why" in relevant(chained, {"met": "yes", "paid": "yes"})
    assert "why" not in relevant(chained, {"met": "no", "paid": "yes"})


def test_problems_are_said_in_both_languages():
    (problem,) = check(FORM, {}, ())
    assert "met" in say(problem, "id")
    assert "met" in say(problem, "en")
