"""A tree as the text an author would write: for previews and for telling two versions apart."""

import re

from bening.core.kinds import Tree
from bening.core.questionnaire.expressions.shape import COLUMN, OWN, REFERENCE

STRENGTH = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5,
    "*": 6, "div": 6, "mod": 6,
}  # fmt: skip
FRACTION = re.compile(r"[0-9]+\.[0-9]*|\.[0-9]+")


def words(tree: Tree, inside: int = 0) -> str:
    """The text of a tree; reading it back gives the same tree."""
    if isinstance(tree, bool):
        return "true()" if tree else "false()"
    if isinstance(tree, int):
        return str(tree)
    if isinstance(tree, str):
        return f'"{tree}"' if "'" in tree else f"'{tree}'"
    name = str(tree[0])
    if name in (REFERENCE, COLUMN):
        return str(tree[1]) if name == COLUMN else OWN if tree[1] == OWN else f"${{{tree[1]}}}"
    if name == "number" and isinstance(tree[1], str) and FRACTION.fullmatch(tree[1]):
        return tree[1]
    strength = STRENGTH.get(name)
    if strength is None:
        return f"{name}({', '.join(words(part) for part in tree[1:])})"
    # Left-associative: what stands on the right and is as strong needs its brackets.
    parts = [
        words(part, strength + (place > 0 or name in ("or", "and"))) for place, part in enumerate(tree[1:])
    ]
    text = f" {name} ".join(parts)
    return f"({text})" if strength < inside else text
