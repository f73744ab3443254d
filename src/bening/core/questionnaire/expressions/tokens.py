"""The words of an expression."""

import re
from typing import NamedTuple

from bening.core.problems import Refused, refuse

LONGEST = 1000
BLANK = " \t\r\n"
TOKEN = re.compile(
    r"[ \t\r\n]*(?:(?P<item>\$\{[^{}]*\})|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)|(?P<own>\.)|(?P<sign>!=|<=|>=|[=<>(),+*-])|(?P<word>[A-Za-z_][A-Za-z0-9_.-]*))"
)


class Token(NamedTuple):
    """Kind (the name of its group in TOKEN), word without quotes and braces, place from 0."""

    kind: str
    word: str
    at: int


def tokens(expression: str) -> list[Token]:
    """The words of an expression; refuses what is none, with the character (QUEST-103)."""
    text, at = expression.rstrip(BLANK), 0
    if not text or len(text) > LONGEST:
        raise broken(expression, min(len(text), LONGEST))
    found = []
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise broken(expression, at)
        word, kind = match.group(match.lastgroup), match.lastgroup
        start = match.end() - len(word)
        found.append(Token(kind, {"item": word[2:-1], "text": word[1:-1]}.get(kind, word), start))
        at = match.end()
    return found


def broken(expression: str, at: int) -> Refused:
    """The refusal, at a character counted from 1."""
    return refuse("QUEST-103", expression=expression[:LONGEST], position=at + 1)
