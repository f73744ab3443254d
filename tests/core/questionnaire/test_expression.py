"""What each operation of the condition language means, in Python and JavaScript; the rest is refused."""

import json

import pytest

from bening.core.canonical import dump as canonical
from bening.core.kinds import Choice, Instrument, Question, Text
from bening.core.problems import Refused
from bening.core.questionnaire import dump, relevant
from bening.core.questionnaire.expression import parse

W = Text("kata", "word")
VALUES = {"a": "yes", "n": "2", "gap": ""}
TABLE = [
    ("${a} = 'yes'", True),
    ("'yes' = ${a}", True),
    ("${a} != 'yes'", False),
    ("${gap} = ''", True),
    ("${a} = ${n}", False),
    ("${n} = 2", True),
    ("${n} = 2.0", True),
    ("${n} = '2.0'", False),
    ("${n} != 3", True),
    ("${n} < 2", False),
    ("${n} <= 2", True),
    ("${n} <= 1", False),
    ("${n} > 1", True),
    ("${n} > 2", False),
    ("${n} >= 2", True),
    ("${n} >= 3", False),
    ("${n} < 10", True),
    ("${n} < '10'", True),
    ("-3 < ${n}", True),
    ("${a} < 3", False),
    ("${a} >= 3", False),
    ("${a} = 3", False),
    ("${a} != 3", True),
    ("${gap} < 1", False),
    ("not(${a} = 'yes')", False),
    ("not(not(${a} = 'yes'))", True),
    ("selected(${a}, 'yes')", True),
    ("selected(${a}, 'ye')", False),
    ("${a} = 'no' or ${n} = 2", True),
    ("${a} = 'no' or ${n} = 3", False),
    ("${a} = 'yes' and ${n} = 3", False),
    ("${a} = 'yes' or ${n} = 3 and ${n} = 4", True),
    ("(${a} = 'yes' or ${n} = 3) and ${n} = 4", False),
    ('${a}="yes"and${n}=2', True),
]


def form(expression):
    """Three questions, then one that is asked under the condition."""
    codes = {"a": ("yes", "no"), "n": ("2", "10"), "gap": ("x", "y")}
    asked = [Question(name, "select_one", W, tuple(Choice(c, W) for c in of)) for name, of in codes.items()]
    last = Question("last", "note", W, relevant=expression)
    return Instrument("form", 1, "internal", W, 1, (*asked, last))


@pytest.mark.parametrize(("expression", "truth"), TABLE)
def test_an_operation_means_the_same_on_the_phone_and_at_the_tally(javascript, expression, truth):
    answers = {"a": "yes", "n": "2"}
    assert parse(expression).holds(VALUES) is truth
    assert ("last" in relevant(form(expression), answers)) is truth
    shown = javascript("relevant", json.loads(dump(form(expression))), answers)
    assert ("last" in shown) is truth


@pytest.mark.parametrize(
    ("expression", "position"),
    [
        ("", 1), ("${a}", 5), ("${a} =", 7), ("= 1", 1), ("${a} == 'x'", 7), ("${A} = 1", 1),
        ("count(${a})", 1),
        ("${a} = 'x", 7), ("(${a} = 1", 10), ("${a} = 1)", 9), ("not ${a} = 1", 5),
        ("selected('x', ${a})", 19),
        ("${a} = 1 or", 12), ("${a} = 1 ${a} = 2", 10), ("${a} = 1; 2", 9),
        ("x = 1", 1), ("${a} = 1 xor ${a} = 2", 10),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_with_its_place(expression, position):
    with pytest.raises(Refused) as refused:
        parse(expression)
    (problem,) = refused.value.problems
    assert problem.code == "QUEST-103"
    assert problem.words["position"] == position


def test_deep_and_long_expressions_are_refused_before_they_hurt():
    for expression in ("(" * 21 + "${a} = 1" + ")" * 21, " or ".join(["${a} = 1"] * 60)):
        with pytest.raises(Refused, match="QUEST-103"):
            parse(expression)


def test_a_condition_knows_its_items_and_codes():
    condition = parse("selected(${a}, 'x') or ${b} = 'y' and ${c} != '' or ${d} > 3")
    assert condition.items == ("a", "b", "c", "d")
    assert condition.codes == (("a", "x"), ("b", "y"))


def test_canonical_json_sorts_by_code_point(javascript):
    value = {"\U0001f600": 1, "\ue000": 2, "b": [True, None, "é\n"], "a": {}}
    expected = '{"a":{},"b":[true,null,"é\\n"],"\ue000":2,"\U0001f600":1}'
    assert canonical(value).decode() == expected == javascript("canonical", value)
