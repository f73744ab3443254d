"""What became of a questionnaire from one version to the next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bening.core.kinds import Choice, Instrument, Question, Text, Tree
from bening.core.questionnaire.expressions import words

MEANING = ("indicator", "dimension", "family", "measure")
ROUTING = ("relevant", "constraint", "calculation")
KINDS = ("added", "removed", "moved", "wording", "choices", "routing", "scores", "meaning", "screen")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: its kind, the item, the field (`label::id`), before and after in words."""

    kind: str
    item: str
    field: str = ""
    before: str = ""
    after: str = ""


def differences(old: Instrument, new: Instrument) -> tuple[Difference, ...]:
    """Everything that differs, in the order of the new version; what was removed comes first."""
    before = {question.id: question for question in old.questions}
    after = {question.id: question for question in new.questions}
    found = [
        Difference("removed", name, before=question.label.id)
        for name, question in before.items()
        if name not in after
    ]
    found += texts("title", "title", old.title, new.title)
    stayed = in_place([name for name in before if name in after], [name for name in after if name in before])
    for name, question in after.items():
        if name not in before:
            found.append(Difference("added", name, after=question.label.id))
            continue
        if name not in stayed:
            found.append(Difference("moved", name))
        found += changed(before[name], question)
    return tuple(found)


def in_place(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The names of the longest row that stands in the same order in both: the rest was moved."""
    place = {name: at for at, name in enumerate(old)}
    best: list[list[str]] = []  # the longest row that ends with each name of `new`
    for at, name in enumerate(new):
        rows = [row for before, row in zip(new[:at], best, strict=True) if place[before] < place[name]]
        best.append([*longest(rows), name])
    return set(longest(best))


def longest(rows: list[list[str]]) -> list[str]:
    """The longest of some rows, the first of equals."""
    return max(rows, key=lambda row: len(row), default=[])


def changed(old: Question, new: Question) -> Iterator[Difference]:
    """What differs in one question."""
    name = new.id
    for field in ("label", "hint", "message"):
        yield from texts(name, field, getattr(old, field), getattr(new, field))
    yield from offers(name, old.choices, new.choices)
    for field in ROUTING:
        yield from one(name, "routing", field, said(getattr(old, field)), said(getattr(new, field)))
    yield from one(name, "routing", "required", yes(old.required), yes(new.required))
    for field in MEANING:
        yield from one(name, "meaning", field, getattr(old, field), getattr(new, field))
    yield from one(name, "screen", "block", old.block, new.block)
    yield from one(name, "choices", "kind", old.kind, new.kind)


def offers(name: str, old: tuple[Choice, ...], new: tuple[Choice, ...]) -> Iterator[Difference]:
    """What differs in the choices: which there are and in what order, their words, filters and scores."""
    before, after = {choice.code: choice for choice in old}, {choice.code: choice for choice in new}
    yield from one(name, "choices", "choices", " ".join(before), " ".join(after))
    for code in (code for code in after if code in before):
        yield from texts(name, f"choices.{code}", before[code].label, after[code].label)
        filters = said(before[code].relevant), said(after[code].relevant)
        yield from one(name, "routing", f"choices.{code}", *filters)
    yield from one(name, "scores", "score", scores(old), scores(new))


def texts(name: str, field: str, old: Text | None, new: Text | None) -> Iterator[Difference]:
    """A wording that differs, per language."""
    for language in ("id", "en"):
        sides = [getattr(text, language) if text else "" for text in (old, new)]
        yield from one(name, "wording", f"{field}::{language}", *sides)


def one(name: str, kind: str, field: str, before: str, after: str) -> Iterator[Difference]:
    """A difference if there is one."""
    if before != after:
        yield Difference(kind, name, field, before, after)


def said(tree: Tree | None) -> str:
    """An expression as an author writes it."""
    return "" if tree is None else words(tree)


def scores(choices: tuple[Choice, ...]) -> str:
    """The scores as an author writes them."""
    return " ".join(f"{choice.code}={choice.score}" for choice in choices if choice.score is not None)


def yes(value: bool) -> str:
    """A truth as a form says it."""
    return "yes" if value else "no"
