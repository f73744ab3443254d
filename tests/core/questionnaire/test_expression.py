"""What each operation means, in Python and JavaScript; what is refused, with its place and its reason."""

import json

import pytest

from bening.core.canonical import dump as canonical
from bening.core.kinds import Choice, Instrument, Question, Text
from bening.core.problems import Refused, say
from bening.core.problems import refuse as problem_of
from bening.core.questionnaire import dump, load, relevant
from bening.core.questionnaire.expressions import Scope, faults, parse, words

W = Text("kata", "word")
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
    ("${n} > 1", True),
    ("${n} >= 3", False),
    ("${n} < 10", True),
    ("${n} < '10'", True),
    ("-3 < ${n}", True),
    ("${a} < 3", False),
    ("${a} >= 3", False),
    ("${a} != 3", True),
    ("${gap} < 1", False),
    ("not(not(${a} = 'yes'))", True),
    ("selected(${a}, 'yes')", True),
    ("selected(${many}, 'x')", True),
    ("selected(${many}, 'z')", False),
    ("count-selected(${many}) = 2", True),
    ("${a} = 'no' or ${n} = 2", True),
    ("${a} = 'yes' and ${n} = 3", False),
    ("${a} = 'yes' or ${n} = 3 and ${n} = 4", True),
    ("(${a} = 'yes' or ${n} = 3) and ${n} = 4", False),
    ('${a}="yes"and${n}=2', True),
    ("${n} * 3 - 4 div 2 = 4", True),
    ("${n} mod 2 = 0", True),
    ("- ${n} = -2", True),
    ("if(${a} = 'yes', 1, 2) = 1", True),
    ("coalesce(${gap}, 'x') = 'x'", True),
    ("coalesce(${a}, 'x') = 'x'", False),
    ("string-length(${many}) = 3", True),
    ("number(${n}) + 1 = 3", True),
    ("string(${n} div 4) = '0.5'", True),
    ("int(${n} div 4) = 0", True),
    ("round(${n} div 4) = 1", True),
    ("true() != false()", True),
    ("${sum} > 4.9", True),
]


def form(expression):
    """Questions of every kind an expression may name, then one that is asked under the condition."""
    codes = {"a": ("yes", "no"), "n": ("2", "10"), "gap": ("x", "y")}
    asked = [Question(name, "select_one", W, tuple(Choice(c, W) for c in of)) for name, of in codes.items()]
    asked.append(Question("many", "select_multiple", W, tuple(Choice(code, W) for code in "xyz")))
    asked.append(Question("sum", "calculate", Text("", ""), calculation=parse("${n} * 2.5")))
    return Instrument(
        "form", 1, "internal", W, 1, (*asked, Question("last", "note", W, relevant=parse(expression)))
    )


@pytest.mark.parametrize(("expression", "truth"), TABLE)
def test_an_operation_means_the_same_on_the_phone_and_at_the_tally(javascript, expression, truth):
    answers = {"a": "yes", "n": "2", "many": "x y"}
    assert ("last" in relevant(form(expression), answers)) is truth
    shown = javascript("walked", json.loads(dump(form(expression))), answers, [])["shown"]
    assert ("last" in shown) is truth


@pytest.mark.parametrize(
    ("expression", "position"),
    [
        ("", 1), ("${a} =", 7), ("= 1", 1), ("${a} == 'x'", 7), ("${a", 1), ("${a} = 'x", 7),
        ("(${a} = 1", 10), ("${a} = 1)", 9),
        ("not ${a} = 1", 1), ("${a} = 1 or", 12), ("${a} = 1 ${a} = 2", 10),
        ("${a} = 1; 2", 9),
        ("x = 1", 1), ("${a} = 1 xor ${a} = 2", 10), ("f(1,)", 5), ("1 div", 6), ("/data/a", 1), ("| b", 1),
        ("..", 2), ("'it''s'", 5), ("$a = 1", 1), ("count(*)", 7),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_with_its_place(expression, position):
    with pytest.raises(Refused) as refused:
        parse(expression)
    (problem,) = refused.value.problems
    assert problem.code == "QUEST-103"
    assert problem.words["position"] == position


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 21 + "1" + ")" * 21,
        " or ".join(["${a} = 1"] * 120),
        "-" * 30 + "1",
        "not(" * 21 + "1" + ")" * 21,
    ],
)
def test_deep_and_long_expressions_are_refused_before_they_hurt(expression):
    with pytest.raises(Refused, match="QUEST-103"):
        parse(expression)


CHOICES = tuple(Choice(code, W) for code in ("yes", "no"))
ASKED = {
    "a": Question("a", "select_one", W, CHOICES),
    "n": Question("n", "select_one", W, (Choice("1", W), Choice("2", W), Choice("na", W))),
    "many": Question("many", "select_multiple", W, CHOICES),
    "times": Question("times", "integer", W),
    "sum": Question("sum", "calculate", W),
    "words": Question("words", "text", W, longest=10),
}
SCOPE = Scope(ASKED, frozenset((*ASKED, "later", "round_trip")), frozenset(("self", "round_trip")))


@pytest.mark.parametrize(
    ("expression", "code", "said"),
    [
        ("${nobody} = 'x'", "QUEST-104", "nobody"),
        ("${words} = 'x'", "QUEST-104", "words"),
        ("${a} = 'maybe'", "QUEST-104", "maybe"),
        ("selected(${many}, 'maybe')", "QUEST-104", "maybe"),
        (". = 'x'", "QUEST-104", "."),
        ("${later} = 'x'", "QUEST-108", "later"),
        ("${self} = 'x'", "QUEST-109", "self"),
        ("${round_trip} = 'x'", "QUEST-109", "round_trip"),
        ("${many} = 'yes'", "QUEST-110", "one text"),
        ("${a}", "QUEST-110", "a condition"),
        ("not(${a})", "QUEST-110", "a condition"),
        ("${a} and true()", "QUEST-110", "a condition"),
        ("${a} > 1", "QUEST-110", "a number"),
        ("${a} + 1 = 2", "QUEST-110", "a number"),
        ("${n} > 'many'", "QUEST-110", "a number"),
        ("${times} = 'none'", "QUEST-110", "one kind"),
        ("(${a} = 'yes') = 1", "QUEST-110", "one kind"),
        ("selected(${times}, '1')", "QUEST-110", "choice question"),
        ("selected('yes', ${a})", "QUEST-110", "choice question"),
        ("selected(${a}, ${n})", "QUEST-110", "quotation marks"),
        ("count-selected(${a}) > 1", "QUEST-110", "select_multiple"),
        ("string-length(${many}) > 1", "QUEST-110", "one text"),
        ("if(${n}, 1, 2) = 1", "QUEST-110", "a condition"),
        ("round(true()) = 1", "QUEST-110", "a number"),
        ("selected(${a}) ", "QUEST-111", "selected"),
        ("if(true(), 1) = 1", "QUEST-111", "if"),
        ("round(${times}, 2) = 1", "QUEST-111", "round"),
        ("today() > 1", "QUEST-112", "today"),
        ("regex(., '[0-9]+')", "QUEST-112", "regex"),
        ("pulldata('x', 'y') = 1", "QUEST-112", "pulldata"),
    ],
)
def test_a_slip_is_found_at_authoring_with_its_reason(expression, code, said):
    found = faults(parse(expression), SCOPE)
    assert [fault.code for fault in found] == [code]
    for language in ("id", "en"):
        sentence = say(problem_of(code, item="x", **found[0].words).problems[0], language)
        assert "{" not in sentence.replace("${", "")
    assert said in sentence


@pytest.mark.parametrize(
    "expression",
    ["${a} = ''", "${many} != ''", "${times} != ''", "${n} >= 2", "${sum} + 1 > ${times}", "${sum} = 'x'",
     "if(${a} = 'yes', ${times}, 0) > 1", "coalesce(${n}, 0) + 1 > 1", "number(${a} = 'yes') + 1 = 2"],
)  # fmt: skip
def test_what_makes_sense_is_let_through(expression):
    assert faults(parse(expression), SCOPE) == []


def test_the_own_answer_is_known_in_a_constraint_only():
    own = Scope(ASKED, own=Question("words", "text", W, longest=10))
    assert faults(parse("string-length(.) > 3"), own) == []
    assert [fault.code for fault in faults(parse(". > 3"), own)] == ["QUEST-110"]


def test_a_tree_reads_back_as_the_text_an_author_would_write():
    for text in (
        "${a} = 'x' and not(${n} > -3)",
        "1 - (2 - 3) * -4",
        "(1 = 2) = true()",
        "if(. = 1.5, \"it's\", '')",
    ):
        assert parse(words(parse(text))) == parse(text)
    assert words(parse(" ( ${a}='x' )or ${n}>1.5 ")) == "${a} = 'x' or ${n} > 1.5"


def test_the_first_format_kept_conditions_as_text_and_is_still_read():
    raw = json.loads(dump(form("${a} = 'yes'")))
    for question in raw["questions"]:
        question |= {"indicator": "i", "measure": "profile"}
    raw["questions"][-1]["relevant"] = "${a} = 'yes'"
    raw.pop("format")
    assert load(json.dumps(raw).encode()).questions[-1].relevant == ("=", ("$", "a"), "yes")


def test_canonical_json_sorts_by_code_point(javascript):
    value = {"\U0001f600": 1, "\ue000": 2, "b": [True, None, "é\n"], "a": {}}
    expected = '{"a":{},"b":[true,null,"é\\n"],"\ue000":2,"\U0001f600":1}'
    assert canonical(value).decode() == expected == javascript("canonical", value)
