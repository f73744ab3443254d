"""From the text of an expression to its tree.

    any  := all ("or" all)*             all := same ("and" same)*       same := order (("="|"!=") order)*
    order := sum (("<"|"<="|">"|">=") sum)*     sum := product (("+"|"-") product)*
    product := sign (("*"|"div"|"mod") sign)*   sign := "-"* one
    one  := "(" any ")" | name "(" [any ("," any)*] ")" | "${name}" | "." | text | number | column

`column`, a bare word, is allowed in a choice filter only.
"""

from collections.abc import Callable, Sequence

from bening.core.canonical import GREATEST
from bening.core.kinds import Tree
from bening.core.problems import Refused
from bening.core.questionnaire.expressions.shape import COLUMN, OWN, REFERENCE
from bening.core.questionnaire.expressions.tokens import Token, broken, tokens

DEEPEST = 20
LEVELS: tuple[tuple[str, ...], ...] = (
    ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"),
)  # fmt: skip


def parse(expression: str, columns: Sequence[str] = ()) -> Tree:
    """The tree an expression states; refuses with QUEST-103 and the character where it fails."""
    return Parser(expression, columns).whole()


class Parser:
    """Recursive descent over the tokens; one object reads one expression."""

    def __init__(self, expression: str, columns: Sequence[str]) -> None:
        self.expression = expression
        self.columns = columns
        self.tokens = tokens(expression)
        self.next = 0
        self.depth = 0

    def whole(self) -> Tree:
        """The whole expression, with nothing left over."""
        found = self.any()
        if self.next < len(self.tokens):
            raise self.broken()
        # A bare text would read as source text when the frozen form is read back.
        return ("string", found) if isinstance(found, str) else found

    def broken(self, back: int = 0) -> Refused:
        """The refusal at the next token, or `back` tokens before it."""
        place = self.next - back
        at = self.tokens[place].at if place < len(self.tokens) else len(self.expression)
        return broken(self.expression, at)

    def take(self) -> Token:
        """The next token."""
        if self.next == len(self.tokens):
            raise self.broken()
        self.next += 1
        return self.tokens[self.next - 1]

    def peek(self, *wanted: str) -> str:
        """Steps over a sign or word if it is one of these; which one, or nothing."""
        if self.next < len(self.tokens):
            kind, word, _ = self.tokens[self.next]
            if kind in ("sign", "word") and word in wanted:
                self.next += 1
                return word
        return ""

    def expect(self, sign: str) -> None:
        """Steps over a sign that must stand here."""
        if not self.peek(sign):
            raise self.broken()

    def joined(self, word: str, part: Callable[[], Tree]) -> Tree:
        """Parts joined by `or` or `and`: one node with all of them."""
        parts = [part()]
        while self.peek(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else (word, *parts)

    def any(self) -> Tree:
        """Parts joined by `or`."""
        return self.joined("or", self.all)

    def all(self) -> Tree:
        """Parts joined by `and`."""
        return self.joined("and", self.binary)

    def binary(self, level: int = 0) -> Tree:
        """Parts joined by the signs of a level, from the left."""
        if level == len(LEVELS):
            return self.sign()
        left = self.binary(level + 1)
        while word := self.peek(*LEVELS[level]):
            left = (word, left, self.binary(level + 1))
        return left

    def sign(self) -> Tree:
        """A part with its minus signs."""
        if not self.peek("-"):
            return self.one()
        self.deeper()
        part = self.sign()
        self.depth -= 1
        if isinstance(part, int) and not isinstance(part, bool) and part:
            return -part
        return ("*", -1, part)

    def deeper(self) -> None:
        """One level down; nested so deep at most that no stack is exhausted."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.broken(back=1)

    def inside(self) -> Tree:
        """An expression up to its closing bracket."""
        self.deeper()
        part = self.any()
        self.expect(")")
        self.depth -= 1
        return part

    def one(self) -> Tree:
        """A bracket, a function, a reference or a literal."""
        kind, word, _ = self.take()
        if kind == "item":
            return (REFERENCE, word)
        if kind == "own":
            return (REFERENCE, OWN)
        if kind == "text":
            return word
        if kind == "number":
            return int(word) if word.isdecimal() and int(word) <= GREATEST else ("number", word)
        if word == "(":
            return self.inside()
        if kind == "word" and self.peek("("):
            return self.function(word)
        if word in self.columns:
            return (COLUMN, word)
        raise self.broken(back=1)

    def function(self, name: str) -> Tree:
        """A function with its parts; whether it exists is asked later, where all faults are told at once."""
        self.deeper()
        parts: list[Tree] = []
        if not self.peek(")"):
            parts.append(self.any())
            while self.peek(","):
                parts.append(self.any())
            self.expect(")")
        self.depth -= 1
        if name in ("true", "false") and not parts:
            return name == "true"
        return (name, *parts)
