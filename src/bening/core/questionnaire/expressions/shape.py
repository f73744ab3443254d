"""The tree of an expression: what its nodes are and how many parts each has.

    text          "yes"                     whole number  3             true(), false()   true, false
    ${name}, .    ["$", "name"], ["$", "."] everything else             [operator or function, part, …]

A number with a fraction is `["number", "1.5"]`, because the frozen form knows no fractions.
"""

from collections.abc import Mapping
from typing import Any

from bening.core.kinds import Tree

REFERENCE, OWN, COLUMN = "$", ".", "@"  # `@`: a column of the choices, gone once the form is compiled
MANY = 99
DEEPEST = 40
PARTS: Mapping[str, tuple[int, int]] = {
    "or": (2, MANY), "and": (2, MANY), "not": (1, 1),
    "=": (2, 2), "!=": (2, 2), "<": (2, 2), "<=": (2, 2), ">": (2, 2), ">=": (2, 2),
    "+": (2, 2), "-": (2, 2), "*": (2, 2), "div": (2, 2), "mod": (2, 2),
    "if": (3, 3), "coalesce": (2, 2), "selected": (2, 2), "count-selected": (1, 1),
    "string-length": (1, 1), "number": (1, 1), "string": (1, 1), "int": (1, 1), "round": (1, 1),
}  # fmt: skip
SIGNS = frozenset(("=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "or", "and"))
FUNCTIONS = tuple(name for name in PARTS if name not in SIGNS)


def tree(raw: Any, depth: int = 0) -> Tree:
    """The tree a JSON value states; ValueError for anything else, operators and their parts apart."""
    if isinstance(raw, str | bool | int):
        return raw
    if not isinstance(raw, list) or depth > DEEPEST or not raw or not isinstance(raw[0], str):
        raise ValueError("no expression")
    if raw[0] == REFERENCE and (len(raw) != 2 or not isinstance(raw[1], str)):
        raise ValueError("no reference")
    return (raw[0], *(tree(part, depth + 1) for part in raw[1:]))
