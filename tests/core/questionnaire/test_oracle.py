"""Expressions against elementpath 5.1, an independent XPath 1.0 engine.

    elementpath.select(root, "…", parser=XPath1Parser, variables={"x": "…"})

Operators, comparisons and conversions are XPath's own. `if`, `coalesce`, `selected`, `count-selected` and
`int` are XForms' and written here in XPath 1.0. It would catch a wrong precedence, a comparison of numbers as
texts, `round` of a half going down, a missing conversion.

Where elementpath leaves the recommendation, the recommendation counts and the table at the end quotes it: a
remainder has the sign of the left side (3.5), texts such as `1e3` and `+1` are no numbers (4.4), a number
beside a text is compared as a number (3.4), what is not-a-number stays so when divided (IEEE 754), a text has
no exponent (4.2).
"""

import math
from decimal import Decimal
from random import Random
from xml.etree import ElementTree

import pytest
from elementpath import XPath1Parser, select

from bening.core.questionnaire.expressions import evaluate, parse, string, words
from tests.core.questionnaire import random_forms as some

ROOT = ElementTree.XML("<data/>")
SIGNS = {"=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "or", "and"}
NUMERIC = SIGNS - {"=", "!=", "or", "and"}  # elementpath converts their sides only when it is told to
COMPARISONS = {"=", "!=", "<", "<=", ">", ">="}
XPATH = SIGNS | {"not", "string-length", "number", "string", "round"}
STRANGE = ("1e3", "+1", ("number", "0.0000001"))
PLAIN = tuple(text for text in some.TEXTS if text not in STRANGE)
OTHERS = {
    "selected": "contains(concat(' ', $x, ' '), concat(' ', $y, ' '))",
    "count-selected": (
        "string-length(normalize-space($x)) - string-length(translate(normalize-space($x), ' ', ''))"
        " + number(normalize-space($x) != '')"
    ),
    "coalesce": "string($x) = ''",
    "if": "boolean($x)",
    "int": "floor(number($x)) + number(number($x) < 0 and floor(number($x)) != number($x))",
}


def xpath(expression, **variables):
    """What elementpath makes of it; its whole and decimal numbers are numbers like any other."""
    found = select(ROOT, expression, parser=XPath1Parser, variables=variables)
    return float(found) if isinstance(found, int | Decimal) and not isinstance(found, bool) else found


def worth(tree, values):
    """The worth of a tree, every operation by elementpath."""
    if isinstance(tree, str | bool):
        return tree
    if isinstance(tree, int):
        return float(tree)
    if tree[0] == "$":
        return values.get(tree[1], "")
    name, parts = tree[0], [worth(part, values) for part in tree[1:]]
    if name not in NUMERIC:
        parts = [
            part + 0.0 if type(part) is float else part for part in parts
        ]  # it writes a negative zero "-0"
    if name == "if":
        return parts[1] if xpath(OTHERS["if"], x=parts[0]) else parts[2]
    if name == "coalesce":
        return parts[1] if xpath(OTHERS["coalesce"], x=parts[0]) else parts[0]
    if name in OTHERS:
        return xpath(OTHERS[name], x=parts[0], y=parts[-1])
    if name in SIGNS:
        form = "number($x) {} number($y)" if name in NUMERIC else "$x {} $y"
        if name in ("=", "!=") and {type(part) for part in parts} == {str, float}:
            form = "number($x) {} number($y)"
        left = parts[0]
        for right in parts[1:]:
            left = xpath(form.format(name), x=left, y=right)
        return left
    return xpath(f"{name}($x)", x=parts[0])


def judged(tree, values):
    """Whether elementpath may judge the tree: not where it leaves the recommendation."""
    if tree in STRANGE:
        return False
    if not isinstance(tree, tuple) or tree[0] == "$":
        return True
    if tree[0] == "div" and (evaluate(("number", tree[2]), values) == 0):
        return False
    spaced = tree[0] == "selected" and " " in string(evaluate(tree[2], values))
    return tree[0] != "mod" and not spaced and all(judged(part, values) for part in tree[1:])


def alike(one, other):
    """Equal in kind and value."""
    if isinstance(one, float) and isinstance(other, float):
        return one == other or (math.isnan(one) and math.isnan(other))
    return type(one) is type(other) and one == other


@pytest.mark.slow
def test_every_operation_is_worth_what_elementpath_says():
    wrong, seen = [], 0
    for number in range(6000):
        rng = Random(number)
        tree = some.tree(rng, ["a", "b"])
        values = {name: rng.choice(PLAIN) for name in ("a", "b")}
        if not judged(tree, values):
            continue
        seen += 1
        ours, theirs = evaluate(tree, values), worth(tree, values)
        if not alike(ours, theirs):
            wrong.append((words(tree), values, ours, theirs))
    assert wrong[:8] == [], len(wrong)
    assert seen > 3000


@pytest.mark.slow
def test_a_written_expression_is_read_as_elementpath_reads_it():
    """The text of a tree, read by both: brackets, precedence, literals."""
    wrong, seen = [], 0
    for number in range(6000):
        rng = Random(number)
        tree = explicit(some.tree(rng, ["a", "b"], depth=4))
        text = words(tree)
        assert parse(text) == (("string", tree) if isinstance(tree, str) else tree), text
        values = {name: rng.choice(PLAIN) for name in ("a", "b")}
        if set(names(tree)) <= XPATH and judged(tree, values):
            theirs = xpath(text.replace("${a}", "$a").replace("${b}", "$b"), **values)
            seen += 1
            if not alike(evaluate(tree, values), theirs):
                wrong.append((text, values, evaluate(tree, values), theirs))
    assert wrong[:8] == [], len(wrong)
    assert seen > 1500


def explicit(tree):
    """The tree with every conversion written out and no comparison of comparisons, as elementpath wants."""
    if not isinstance(tree, tuple) or tree[0] == "$":
        return tree
    name, parts = tree[0], [explicit(part) for part in tree[1:]]
    if name in NUMERIC | {"round"}:
        parts = [part if kind(part) == "number" else ("number", part) for part in parts]
    elif name in ("or", "and", "not"):
        parts = [
            part if kind(part) == "truth" else ("not", ("not", ("!=", ("string", part), "")))
            for part in parts
        ]
    elif name in COMPARISONS:
        parts = [("string", part) if kind(part) != "number" else part for part in parts]
        if {kind(part) for part in parts} == {"text", "number"}:
            parts = [("number", part) for part in parts]
    return (name, *parts)


def kind(tree):
    """What a tree gives, as far as its top tells."""
    if isinstance(tree, bool):
        return "truth"
    if isinstance(tree, int):
        return "number"
    if isinstance(tree, str) or tree[0] == "$":
        return "text"
    if tree[0] in COMPARISONS | {"or", "and", "not", "selected"}:
        return "truth"
    return {"string": "text", "if": "any", "coalesce": "any"}.get(tree[0], "number")


def names(tree):
    """The operations of a tree."""
    if isinstance(tree, tuple) and tree[0] != "$":
        yield tree[0]
        for part in tree[1:]:
            yield from names(part)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.0, "0"), (-0.0, "0"), (1.5, "1.5"), (-2.0, "-2"), (100.0, "100"), (0.1, "0.1"), (1e-7, "0.0000001"),
     (1e21, "1" + "0" * 21), (2.0**53, "9007199254740992"), (math.nan, "NaN"), (math.inf, "Infinity"),
     (-math.inf, "-Infinity")],
)  # fmt: skip
def test_a_number_as_text_has_no_exponent_and_no_empty_fraction(number, text):
    assert string(number) == text


@pytest.mark.parametrize(
    ("expression", "worth"),
    [
        ("5 mod 2", 1), ("5 mod -2", 1), ("-5 mod 2", -1), ("-5 mod -2", -1), ("1.5 mod 0.5", 0),
        ("number('1e3')", math.nan), ("number('+1')", math.nan), ("number(' 1 ')", 1), ("number('.5')", 0.5),
        ("number('5.')", 5), ("number('')", math.nan), ("number(true())", 1), ("'1.0' = 1", True),
        ("1 div 0", math.inf), ("-1 div 0", -math.inf), ("0 div 0", math.nan),
        ("number('x') div 0", math.nan),
        ("1 div -0", -math.inf), ("5 mod 0", math.nan), ("round(2.5)", 3), ("round(-2.5)", -2),
        ("1 div round(-0.2)", -math.inf), ("int(-2.7)", -2), ("string(0.0000001)", "0.0000001"),
        ("true() = 'false'", True), ("number('x') != number('x')", True),
        ("number('x') = number('x')", False),
    ],
)  # fmt: skip
def test_what_the_recommendation_says_itself(expression, worth, javascript):
    """XPath 1.0, sections 3.4, 3.5, 4.2 to 4.4; the phone says the same."""
    tree = parse(expression)
    assert alike(evaluate(tree, {}), float(worth) if type(worth) is int else worth)
    assert javascript("worth", tree, {})[1] == string(evaluate(tree, {}))
