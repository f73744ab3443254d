"""A hostile or careless set of answers is caught with named reasons."""

import pytest

from bening.core.kinds import Choice, Instrument, Question, Text
from bening.core.problems import say
from bening.core.questionnaire import check, largest, relevant
from bening.core.questionnaire.expressions import parse

W = Text("kata", "word")
YES_NO = (Choice("yes", W), Choice("no", W))
FORM = Instrument(
    "form", 1, "internal", W, 1,
    (
        Question("met", "select_one", W, YES_NO),
        Question("paid", "select_one", W, YES_NO, relevant=parse("${met} = 'yes'")),
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
        (*FORM.questions, Question("why", "select_one", W, YES_NO, relevant=parse("${paid} = 'yes'"))),
    )  # fmt: skip
    assert "why" in relevant(chained, {"met": "yes", "paid": "yes"})
    assert "why" not in relevant(chained, {"met": "no", "paid": "yes"})


def test_problems_are_said_in_both_languages():
    (problem,) = check(FORM, {}, ())
    assert "met" in say(problem, "id")
    assert "met" in say(problem, "en")


GIFTS = tuple(Choice(code, W, relevant=tree) for code, tree in
              (("money", None), ("food", None), ("flight", parse("${met} = 'yes'")),
               ("none", None)))  # fmt: skip
RICH = Instrument(
    "rich", 1, "internal", W, 1,
    (
        Question("met", "select_one", W, YES_NO),
        Question("gifts", "select_multiple", W, GIFTS, required=False, message=W,
                 constraint=parse("not(selected(., 'none') and count-selected(.) > 1)")),
        Question("times", "integer", W, required=False, constraint=parse(". >= 1 and . <= 60"), message=W),
        Question("many", "calculate", Text("", ""), calculation=parse("if(${times} > 3, 'yes', 'no')")),
        Question("why", "text", W, required=False, longest=40, relevant=parse("${many} = 'yes'"),
                 constraint=parse("string-length(.) >= 3"), message=W),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "texts", "problems"),
    [
        ({"gifts": "money food", "times": "4"}, [("why", "yes!")], []),
        ({"gifts": "none", "times": "1"}, [], []),
        ({"gifts": "flight"}, [], [("QUEST-122", "gifts")]),
        ({"met": "yes", "gifts": "flight"}, [], []),
        ({"gifts": "food money"}, [], [("QUEST-122", "gifts")]),
        ({"gifts": "money money"}, [], [("QUEST-122", "gifts")]),
        ({"gifts": "money  food"}, [], [("QUEST-122", "gifts")]),
        ({"gifts": " money"}, [], [("QUEST-122", "gifts")]),
        ({"gifts": "money gold"}, [], [("QUEST-122", "gifts")]),
        ({"gifts": ""}, [], [("QUEST-122", "gifts")]),
        ({"gifts": ["money"]}, [], [("QUEST-122", "gifts")]),
        ({"gifts": "money none"}, [], [("QUEST-127", "gifts")]),
        ({"times": "61"}, [], [("QUEST-127", "times")]),
        ({"times": "0"}, [], [("QUEST-127", "times")]),
        ({"times": "04"}, [], [("QUEST-128", "times")]),
        ({"times": "-4"}, [], [("QUEST-128", "times")]),
        ({"times": "4.0"}, [], [("QUEST-128", "times")]),
        ({"times": "4\n"}, [], [("QUEST-128", "times")]),
        ({"times": "\u0664"}, [], [("QUEST-128", "times")]),
        ({"times": "12345"}, [], [("QUEST-128", "times")]),
        ({"times": 4}, [], [("QUEST-122", "times")]),
        ({"times": True}, [], [("QUEST-122", "times")]),
        ({"times": "2"}, [("why", "yes!")], [("QUEST-121", "why")]),
        ({"times": "4"}, [("why", "no")], [("QUEST-127", "why")]),
        ({"times": "4", "many": "yes"}, [], [("QUEST-123", "many")]),
    ],
)
def test_a_hostile_answer_to_any_kind_of_question_is_named(answers, texts, problems):
    """One spelling of every answer: no order of ticks, no zero in front can carry a mark."""
    found = check(RICH, {"met": "no"} | answers, texts)
    assert [(problem.code, problem.words["item"]) for problem in found] == problems


def test_an_answer_that_breaks_its_constraint_steers_nothing():
    assert "why" in relevant(RICH, {"met": "no", "times": "60"})
    assert "why" not in relevant(RICH, {"met": "no", "times": "61"})


def test_a_question_none_of_whose_choices_is_offered_is_not_asked():
    never = Question(
        "never", "select_one", W, tuple(Choice(c, W, relevant=parse("${met} = 'yes'")) for c in "ab")
    )
    form = Instrument("form", 1, "internal", W, 1, (FORM.questions[0], never))
    assert relevant(form, {"met": "no"}) == ("met",)
    assert check(form, {"met": "no"}, ()) == ()
    assert relevant(form, {"met": "yes"}) == ("met", "never")


def test_the_largest_answer_has_every_choice_ticked():
    worst = {"met": "yes", "gifts": "money food flight none", "times": "9999"}
    assert largest(RICH)[0] > len(str(worst))
