"""Conditions over earlier answers: a small closed part of XLSForm's language, and nothing more.

    condition := all ("or" all)*
    all       := one ("and" one)*
    one       := "(" condition ")" | "not" "(" condition ")" | "selected" "(" item "," text ")"
                 | value sign value
    value     := item | text | number          item := "${name}"          sign := = != < <= > >=

An unanswered item is the empty text. `=` and `!=` compare as numbers where one side is a number literal, the
ordering signs always. As in XPath, what is no number is unequal to everything and neither above nor below it.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bening.core.problems import Refused, refuse

Values = Mapping[str, str]
Holds = Callable[[Values], bool]

LONGEST = 500
DEEPEST = 20
TOKEN = re.compile(
    r"[ \t\r\n]*(?:\$\{([a-z][a-z0-9_]*)\}|('[^']*'|\"[^\"]*\")|(-?[0-9]+(?:\.[0-9]+)?)"
    r"|(!=|<=|>=|[=<>(),])|([a-z]+))"
)
NUMBER = re.compile(r"[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[ \t\r\n]*")
ITEM, TEXT, LITERAL, SIGN, WORD = range(1, 6)
SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed expression: whether it holds, the items it names, the codes it compares them with."""

    holds: Holds
    items: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One side of a comparison."""

    kind: int
    word: str

    def of(self, values: Values) -> str:
        """The text it stands for."""
        return values.get(self.word, "") if self.kind == ITEM else self.word


@lru_cache(maxsize=4096)
def parse(expression: str) -> Condition:
    """The condition an expression states; refuses with QUEST-103 and the character where it fails."""
    return Parser(expression).condition()


class Parser:
    """Recursive descent over the tokens; one object reads one expression."""

    def __init__(self, expression: str) -> None:
        self.expression = expression
        self.tokens: list[tuple[int, str, int]] = []
        self.next = 0
        self.depth = 0
        self.items: list[str] = []
        self.codes: list[tuple[str, str]] = []
        self.read()

    def read(self) -> None:
        """Splits the expression into (kind, word, position)."""
        text, at = self.expression.rstrip(" \t\r\n"), 0
        if not text or len(text) > LONGEST:
            raise self.broken(min(len(text), LONGEST))
        while at < len(text):
            found = TOKEN.match(text, at)
            if found is None or found.lastindex is None:
                raise self.broken(at)
            word = found.group(found.lastindex)
            start = found.end() - len(found.group().lstrip(" \t\r\n"))
            self.tokens.append((found.lastindex, word[1:-1] if found.lastindex == TEXT else word, start))
            at = found.end()

    def broken(self, at: int) -> Refused:
        """The refusal, at a character counted from 1."""
        return refuse("QUEST-103", expression=self.expression[:LONGEST], position=at + 1)

    def condition(self) -> Condition:
        """The whole expression, with nothing left over."""
        holds = self.any()
        if self.next < len(self.tokens):
            raise self.broken(self.tokens[self.next][2])
        return Condition(holds, tuple(self.items), tuple(self.codes))

    def take(self) -> tuple[int, str]:
        """The next token."""
        if self.next == len(self.tokens):
            raise self.broken(len(self.expression))
        kind, word, _ = self.tokens[self.next]
        self.next += 1
        return kind, word

    def peek(self, kind: int, word: str) -> bool:
        """Steps over a token if it is this one."""
        here = self.next < len(self.tokens) and self.tokens[self.next][:2] == (kind, word)
        self.next += here
        return here

    def expect(self, word: str) -> None:
        """Steps over a sign that must stand here."""
        if not self.peek(SIGN, word):
            raise self.broken(
                self.tokens[self.next][2] if self.next < len(self.tokens) else len(self.expression)
            )

    def any(self) -> Holds:
        """One or more parts joined by `or`."""
        parts = [self.all()]
        while self.peek(WORD, "or"):
            parts.append(self.all())
        return parts[0] if len(parts) == 1 else lambda values: any(part(values) for part in parts)

    def all(self) -> Holds:
        """One or more parts joined by `and`."""
        parts = [self.one()]
        while self.peek(WORD, "and"):
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else lambda values: all(part(values) for part in parts)

    def one(self) -> Holds:
        """A bracket, `not`, `selected` or a comparison."""
        if self.peek(SIGN, "("):
            return self.inside()
        if self.peek(WORD, "not"):
            self.expect("(")
            inner = self.inside()
            return lambda values: not inner(values)
        if self.peek(WORD, "selected"):
            return self.selected()
        return self.comparison()

    def inside(self) -> Holds:
        """A condition up to its closing bracket, nested so deep at most that no stack is exhausted."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.broken(self.tokens[self.next - 1][2])
        holds = self.any()
        self.expect(")")
        self.depth -= 1
        return holds

    def selected(self) -> Holds:
        """`selected(${item}, 'code')`: whether the code is among the chosen ones."""
        self.expect("(")
        item = self.value()
        self.expect(",")
        code = self.value()
        self.expect(")")
        if item.kind != ITEM or code.kind != TEXT:
            raise self.broken(self.tokens[self.next - 1][2])
        self.codes.append((item.word, code.word))
        return lambda values: code.word in item.of(values).split(" ")

    def value(self) -> Value:
        """An item, a text or a number."""
        kind, word = self.take()
        if kind not in (ITEM, TEXT, LITERAL):
            raise self.broken(self.tokens[self.next - 1][2])
        if kind == ITEM:
            self.items.append(word)
        return Value(kind, word)

    def comparison(self) -> Holds:
        """Two values and a sign between them."""
        left = self.value()
        kind, sign = self.take()
        if kind != SIGN or sign not in SIGNS:
            raise self.broken(self.tokens[self.next - 1][2])
        right = self.value()
        if sign in ("=", "!=") and LITERAL not in (left.kind, right.kind):
            self.note(left, right)
            return lambda values: (left.of(values) == right.of(values)) == (sign == "=")
        return lambda values: SIGNS[sign](number(left.of(values)), number(right.of(values)))

    def note(self, left: Value, right: Value) -> None:
        """Remembers a code that an item is compared with; the empty text asks whether it was answered."""
        for item, code in ((left, right), (right, left)):
            if item.kind == ITEM and code.kind == TEXT and code.word:
                self.codes.append((item.word, code.word))


def number(text: str) -> float:
    """The number a text states, or not-a-number."""
    found = NUMBER.fullmatch(text)
    return float(found.group(1)) if found else math.nan
