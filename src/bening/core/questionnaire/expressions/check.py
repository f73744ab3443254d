"""What is wrong with a tree: unknown names, wrong types, wrong numbers of arguments, circles.

Stricter than XPath on purpose: XPath converts anything to anything, and a slip then steers silently. A choice
code is compared with a text, a number with a number, a condition is a comparison.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bening.core.kinds import Question, Tree
from bening.core.questionnaire.expressions.evaluate import NUMBER
from bening.core.questionnaire.expressions.shape import FUNCTIONS, OWN, PARTS, REFERENCE
from bening.core.questionnaire.expressions.words import words

TRUTH, COUNT, TEXT, SEVERAL, ANY = "truth", "count", "text", "several", "any"
ORDER = frozenset(("<", "<=", ">", ">="))
SUMS = frozenset(("+", "-", "*", "div", "mod"))
WANTED = {
    TRUTH: ("sebuah syarat", "a condition"),
    COUNT: ("sebuah bilangan", "a number"),
    TEXT: ("satu teks", "one text"),
    ANY: ("nilai sejenis di kedua sisi", "values of one kind on both sides"),
    "select": ("${{…}} dari pertanyaan pilihan", "the ${{…}} of a choice question"),
    SEVERAL: ("${{…}} dari select_multiple", "the ${{…}} of a select_multiple"),
    "code": ("kode pilihan dalam tanda kutip", "a choice code in quotation marks"),
}
RESULTS = {
    "selected": TRUTH,
    "not": TRUTH,
    "or": TRUTH,
    "and": TRUTH,
    "=": TRUTH,
    "!=": TRUTH,
    "string": TEXT,
}


class Fault(NamedTuple):
    """A code of the catalogue and the words of its sentence."""

    code: str
    words: Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may name, and what becomes of names it may not."""

    asked: Mapping[str, Question]  # earlier questions
    later: frozenset[str] = frozenset()
    circular: frozenset[str] = frozenset()  # they are asked only once this expression is decided
    own: Question | None = None  # what `.` stands for


@dataclass(slots=True)
class Check:
    """One walk over a tree."""

    scope: Scope
    found: list[Fault] = field(default_factory=list)

    def kind(self, tree: Tree) -> str:
        """The static type of a tree; notes what is wrong inside it."""
        if isinstance(tree, bool):
            return TRUTH
        if isinstance(tree, int):
            return COUNT
        if isinstance(tree, str):
            return ANY if NUMBER.fullmatch(tree) else TEXT
        name = str(tree[0])
        if name == REFERENCE:
            return self.reference(str(tree[1]))
        least, most = PARTS.get(name, (0, -1))
        if not most + 1:
            self.note("QUEST-112", name=name, known=", ".join(f"{each}()" for each in FUNCTIONS))
            return ANY
        if not least <= len(tree) - 1 <= most:
            self.note("QUEST-111", name=name, needed=least, given=len(tree) - 1)
            return ANY
        return self.operation(name, tree)

    def note(self, code: str, **said: str | int) -> None:
        """Remember a fault, once."""
        if (fault := Fault(code, said)) not in self.found:
            self.found.append(fault)

    def wanted(self, tree: Tree, what: str) -> None:
        """Remember a wrong type."""
        said, said_en = WANTED[what]
        self.note("QUEST-110", part=words(tree), wanted=said.format(), wanted_en=said_en.format())

    def reference(self, name: str) -> str:
        """The type of an answer."""
        question = self.question(name)
        if question is None:
            if name in self.scope.circular:
                self.note("QUEST-109", word=name)
            elif name in self.scope.later and name not in self.scope.asked:
                self.note("QUEST-108", word=name)
            else:
                self.note("QUEST-104", word="." if name == OWN else name)
            return ANY
        if question.kind == "select_one":
            return ANY if any(NUMBER.fullmatch(choice.code) for choice in question.choices) else TEXT
        return {"select_multiple": SEVERAL, "integer": COUNT, "text": TEXT}.get(question.kind, ANY)

    def question(self, name: str) -> Question | None:
        """The question a name stands for; of texts and notes only the own one, because texts travel apart."""
        if name == OWN:
            return self.scope.own
        found = self.scope.asked.get(name)
        return found if found and found.kind not in ("text", "note") else None

    def operation(self, name: str, tree: tuple[Tree, ...]) -> str:
        """The type of an operation whose number of parts is right."""
        if name in ("selected", "count-selected"):
            self.choices(name, tree)
            return RESULTS.get(name, COUNT)
        kinds = [self.kind(part) for part in tree[1:]]
        pairs = list(zip(tree[1:], kinds, strict=True))
        if name in ("or", "and", "not"):
            self.only(pairs, TRUTH, {TRUTH, ANY} if self.found else {TRUTH})
        elif name in ("=", "!="):
            self.alike(tree)
        elif name in ORDER | SUMS | {"int", "round"}:
            self.only(pairs, COUNT, {COUNT, ANY})
        elif name == "number":
            self.only(pairs, COUNT, {COUNT, ANY, TRUTH})
        elif name == "if":
            self.only(pairs[:1], TRUTH, {TRUTH, ANY} if self.found else {TRUTH})
            return self.one_of(tree, kinds[1:])
        elif name == "coalesce":
            return self.one_of(tree, kinds)
        else:  # string, string-length
            self.only(pairs, TEXT, {TEXT, COUNT, ANY} | ({TRUTH} if name == "string" else set()))
        return TRUTH if name in ORDER else RESULTS.get(name, COUNT)

    def only(self, pairs: list[tuple[Tree, str]], what: str, allowed: set[str]) -> None:
        """Every part must have one of these types."""
        for part, kind in pairs:
            if kind not in allowed:
                self.wanted(part, what)

    def one_of(self, tree: tuple[Tree, ...], kinds: list[str]) -> str:
        """The type of whichever of two parts comes out."""
        if SEVERAL in kinds:
            self.wanted(tree, TEXT)
        elif len(set(kinds)) > 1 and TRUTH in kinds:
            self.wanted(tree, ANY)
        return kinds[0] if len(set(kinds)) == 1 else ANY

    def alike(self, tree: tuple[Tree, ...]) -> None:
        """Both sides of an equality are of one kind, and a code is one of its question's."""
        parts, kinds = tree[1:], [self.kind(part) for part in tree[1:]]
        if SEVERAL in kinds and "" not in parts:
            self.wanted(tree, TEXT)
        elif len(set(kinds)) > 1 and (TRUTH in kinds or (set(kinds) == {COUNT, TEXT} and "" not in parts)):
            self.wanted(tree, ANY)
        for part, other in (parts, parts[::-1]):
            if isinstance(part, tuple) and part[0] == REFERENCE and isinstance(other, str) and other:
                self.code(str(part[1]), other)

    def choices(self, name: str, tree: tuple[Tree, ...]) -> None:
        """The answer to a choice question, and a code of it."""
        answer = tree[1]
        wanted, kinds = (
            ("select", ("select_one", "select_multiple"))
            if name == "selected"
            else (SEVERAL, ("select_multiple",))
        )
        if not isinstance(answer, tuple) or answer[0] != REFERENCE:
            return self.wanted(answer, wanted)
        self.reference(str(answer[1]))
        question = self.question(str(answer[1]))
        if question and question.kind not in kinds:
            return self.wanted(answer, wanted)
        if name == "selected":
            if not isinstance(tree[2], str):
                return self.wanted(tree[2], "code")
            self.code(str(answer[1]), tree[2])
        return None

    def code(self, name: str, code: str) -> None:
        """A code must be one of its question's choices."""
        question = self.question(name)
        if question and question.choices and code not in {choice.code for choice in question.choices}:
            self.note("QUEST-104", word=code)


def faults(tree: Tree, scope: Scope, *, truth: bool = True) -> list[Fault]:
    """What is wrong with an expression (QUEST-104, 108 to 112); `truth` if it must be a condition."""
    check = Check(scope)
    kind = check.kind(tree)
    if truth and kind != TRUTH and not check.found:
        check.wanted(tree, TRUTH)
    if not truth and kind == SEVERAL:
        check.wanted(tree, TEXT)
    return check.found


def names(tree: Tree | None) -> Iterator[str]:
    """The items a tree names, `.` apart."""
    if isinstance(tree, tuple):
        if tree[0] == REFERENCE:
            if tree[1] != OWN:
                yield str(tree[1])
            return
        for part in tree[1:]:
            yield from names(part)
