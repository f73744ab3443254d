"""What a tree is worth: text, number or truth, converted as XPath 1.0 converts them.

The twin of `bening/phone/questionnaire.js`. Random trees are run through both, and expressions through
somebody else's XPath engine. Nothing here can fail: what cannot be computed is not-a-number.
"""

import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from bening.core.kinds import Tree
from bening.core.questionnaire.expressions.shape import REFERENCE

Value = str | float | bool
NUMBER = re.compile(r"[ \t\r\n]*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*")


def evaluate(tree: Tree, values: Mapping[str, str]) -> Value:
    """The worth of a tree, given the answers that count; an item without one is the empty text."""
    if isinstance(tree, str | bool):
        return tree
    if isinstance(tree, int):
        return float(tree)
    if tree[0] == REFERENCE:
        return values.get(str(tree[1]), "")
    return OPERATIONS[str(tree[0])](*(evaluate(part, values) for part in tree[1:]))


def holds(tree: Tree | None, values: Mapping[str, str]) -> bool:
    """Whether a condition is true; none is always true."""
    return tree is None or boolean(evaluate(tree, values))


def boolean(value: Value) -> bool:
    """Truth: text that is not empty, a number that is neither zero nor not-a-number."""
    return value == value and bool(value)


def number(value: Value) -> float:
    """The number a value states, or not-a-number."""
    if isinstance(value, str):
        return float(value) if NUMBER.fullmatch(value) else math.nan
    return float(value)


def string(value: Value) -> str:
    """The text of a value: numbers in full, without an exponent."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return format(Decimal(repr(value)), "f").removesuffix(".0") if value else "0"


def same(left: Value, right: Value) -> bool:
    """Equality: as truths if one is a truth, else as numbers if one is a number, else as texts."""
    for kind, convert in ((bool, boolean), (float, number)):
        if isinstance(left, kind) or isinstance(right, kind):
            return convert(left) == convert(right)
    return left == right


def divide(left: float, right: float) -> float:
    """Division as IEEE 754 has it: by zero it is infinite or not-a-number."""
    if right:
        return left / right
    if not left or math.isnan(left) or math.isnan(right):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1, right)


def remainder(left: float, right: float) -> float:
    """The remainder with the sign of the left side."""
    return math.fmod(left, right) if math.isfinite(left) and right else math.nan


def whole(value: float) -> float:
    """The number without its fraction."""
    return math.copysign(float(int(value)), value) if math.isfinite(value) else value


def rounded(value: float) -> float:
    """The nearest whole number; a half goes up, as in XPath."""
    if not math.isfinite(value):
        return value
    below = float(math.floor(value))
    return math.copysign(below + (value - below >= 0.5), value)


def tokens(value: Value) -> list[str]:
    """The codes of an answer with several choices."""
    return string(value).split(" ")


def numeric(compute: Callable[[float, float], float]) -> Callable[[Value, Value], Value]:
    """An operation on two numbers."""
    return lambda left, right: compute(number(left), number(right))


OPERATIONS: Mapping[str, Callable[..., Value]] = {
    "or": lambda *parts: any(map(boolean, parts)),
    "and": lambda *parts: all(map(boolean, parts)),
    "not": lambda part: not boolean(part),
    "=": same,
    "!=": lambda left, right: not same(left, right),
    "<": numeric(lambda left, right: left < right),
    "<=": numeric(lambda left, right: left <= right),
    ">": numeric(lambda left, right: left > right),
    ">=": numeric(lambda left, right: left >= right),
    "+": numeric(lambda left, right: left + right),
    "-": numeric(lambda left, right: left - right),
    "*": numeric(lambda left, right: left * right),
    "div": numeric(divide),
    "mod": numeric(remainder),
    "if": lambda condition, then, other: then if boolean(condition) else other,
    "coalesce": lambda first, second: second if string(first) == "" else first,
    "selected": lambda answer, code: string(code) in tokens(answer),
    "count-selected": lambda answer: float(sum(map(bool, tokens(answer)))),
    "string-length": lambda value: float(len(string(value))),
    "number": number,
    "string": string,
    "int": lambda value: whole(number(value)),
    "round": lambda value: rounded(number(value)),
}
