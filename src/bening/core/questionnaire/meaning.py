"""What a questionnaire must have before it may be frozen."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bening.core.kinds import Family, Group, Instrument, Measure, Problem, Question, Text, Tree
from bening.core.questionnaire.expressions import Scope, names
from bening.core.questionnaire.expressions import faults as wrong

ID = re.compile(r"[a-z][a-z0-9_]{0,23}")
CODE = re.compile(r"[a-z0-9_-]{1,24}")
NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
KINDS = ("select_one", "select_multiple", "integer", "text", "note", "calculate")
UNASKED = ("note", "calculate")  # nobody answers these
SELECTS = ("select_one", "select_multiple")
UNSCORED = (Measure.PROCESS, Measure.PROFILE)  # these items belong to no dimension of the index


def faults(instrument: Instrument) -> list[Problem]:
    """Everything that must not be frozen."""
    found = [] if NAME.fullmatch(instrument.name) else [Problem("QUEST-102", words={"item": instrument.name})]
    found += unknown("group", instrument.group, tuple(Group), item=instrument.name)
    found += untranslated("title", instrument.title)
    earlier: dict[str, Question] = {}
    for item in instrument.questions:
        if item.id in earlier or not ID.fullmatch(item.id):
            found.append(Problem("QUEST-102", words={"item": item.id}))
        found += meaning(item) + wording(item) + options(item) + conditions(item, earlier, instrument)
        earlier[item.id] = item
    return found


def meaning(item: Question) -> list[Problem]:
    """Whether it is known what the item stands for."""
    found = unknown("kind", item.kind, KINDS, item=item.id)
    if item.kind in UNASKED:
        return found
    fields = ["indicator", "measure"]
    if item.measure not in UNSCORED:
        fields += ["dimension", "family"]
    found += [
        Problem("QUEST-101", words={"item": item.id, "field": name})
        for name in fields
        if not getattr(item, name)
    ]
    found += unknown("measure", item.measure or Measure.PROFILE, tuple(Measure), item=item.id)
    return found + unknown("family", item.family or Family.RISK, tuple(Family), item=item.id)


def unknown(field: str, word: str, known: Sequence[str], *, item: str) -> list[Problem]:
    """A problem if a word is not of its closed list."""
    if word in known:
        return []
    return [
        Problem("QUEST-107", words={"item": item, "field": field, "word": word, "known": ", ".join(known)})
    ]


def untranslated(where: str, text: Text) -> list[Problem]:
    """A problem if one language is empty."""
    return [] if text.id.strip() and text.en.strip() else [Problem("QUEST-105", words={"where": where})]


def wording(item: Question) -> list[Problem]:
    """Texts of the item that lack a language, and a constraint nobody could understand."""
    found = untranslated(item.id, item.label) if item.kind != "calculate" else []
    found += untranslated(f"{item.id} hint", item.hint) if item.hint else []
    found += untranslated(f"{item.id} constraint_message", item.message) if item.message else []
    if (item.constraint is None) != (item.message is None):
        found.append(Problem("QUEST-118", words={"item": item.id}))
    for part in item.choices:
        found += untranslated(f"{item.id} {part.code}", part.label)
    return found


def options(item: Question) -> list[Problem]:
    """Choices that cannot be offered or scored, a text without room, a number without bounds."""
    codes = [part.code for part in item.choices]
    scores = [part.score for part in item.choices if part.score is not None]
    bad = [code for code in codes if not CODE.fullmatch(code) or codes.count(code) > 1]
    bad += [str(score) for score in scores if not 0 <= score <= 100]
    if (item.kind in SELECTS) != (len(codes) > 1) or (codes and item.kind not in SELECTS):
        bad.append(str(len(codes)))
    if scores and (item.kind != "select_one" or item.measure in UNSCORED):
        bad.append("score")
    if (item.kind == "text") != (item.longest > 0):
        bad.append("longest")
    found = [Problem("QUEST-106", words={"item": item.id, "word": word}) for word in dict.fromkeys(bad)]
    if item.kind == "integer" and item.constraint is None:
        found.append(Problem("QUEST-117", words={"item": item.id}))
    if (item.kind == "calculate") != (item.calculation is not None):
        found.append(Problem("QUEST-115", words={"what": f"calculation ({item.id})"}))
    return found


def conditions(item: Question, earlier: dict[str, Question], instrument: Instrument) -> list[Problem]:
    """Expressions that name what was not asked before, or mix what does not go together."""
    found: list[Problem] = []
    for tree, own, truth in expressions(item):
        scope = scope_of(item.id, earlier, instrument.questions, own=item if own else None)
        for fault in wrong(tree, scope, truth=truth):
            found.append(Problem(fault.code, words={"item": item.id, **fault.words}))
    return list({str(problem): problem for problem in found}.values())


def expressions(item: Question) -> Iterator[tuple[Tree, bool, bool]]:
    """The trees of an item: the tree, whether it may name the own answer, whether it must be a condition."""
    if item.relevant is not None:
        yield item.relevant, False, True
    if item.constraint is not None:
        yield item.constraint, True, True
    if item.calculation is not None:
        yield item.calculation, False, False
    for choice in item.choices:
        if choice.relevant is not None:
            yield choice.relevant, False, True


def scope_of(
    name: str, earlier: dict[str, Question], questions: Iterable[Question], *, own: Question | None
) -> Scope:
    """What an expression of this item may name; of the rest, what would lead back to the item itself."""
    needs = {
        each.id: {word for tree, _, _ in expressions(each) for word in names(tree)} for each in questions
    }
    return Scope(earlier, frozenset(needs), frozenset(leading_to(name, needs)), own)


def leading_to(name: str, needs: dict[str, set[str]]) -> set[str]:
    """The item and every item whose asking depends on it, however far."""
    found = {name}
    while more := {item for item, words in needs.items() if words & found} - found:
        found |= more
    return found
