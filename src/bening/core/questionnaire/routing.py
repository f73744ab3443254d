"""Which questions a person is asked, given the answers so far, and which of the answers may stand."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bening.core import canonical
from bening.core.kinds import Instrument, Question
from bening.core.questionnaire.expressions import evaluate, holds, string

INTEGER = re.compile(r"0|[1-9][0-9]{0,3}")  # at most four digits: a longer number could mark a person
OWN = "."


@dataclass(slots=True)
class Walk:
    """One way through a questionnaire: ids shown, values that count, faults (code, id)."""

    shown: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)


def walk(instrument: Instrument, answers: Mapping[str, str], texts: Iterable[tuple[str, str]] = ()) -> Walk:
    """The way a person with these answers goes.

    Expressions see only answers that count: given to a question that was itself asked, with a value it offers
    and its constraint allows. So a forgotten answer to a question that is no longer asked steers nothing.
    """
    way, written = Walk(), list(texts)
    for question in instrument.questions:
        given = [text for item, text in written if item == question.id]
        shown = holds(question.relevant, way.values)
        if question.kind == "calculate":
            if shown and question.calculation is not None:
                way.values[question.id] = string(evaluate(question.calculation, way.values))
            continue
        shown = shown and (not question.choices or bool(offered(question, way.values)))
        if shown:
            way.shown.append(question.id)
        if question.kind != "note":
            visit(way, question, shown, given if question.kind == "text" else listed(answers, question.id))
    return way


def listed(answers: Mapping[str, str], item: str) -> list[str]:
    """The answer to an item as a list of none or one."""
    return [answers[item]] if item in answers else []


def visit(way: Walk, question: Question, shown: bool, given: list[str]) -> None:
    """Judge what was answered to one question."""
    if not given:
        code = "QUEST-120" if shown and question.required else ""
    elif not shown:
        code = "QUEST-121"
    else:
        code = fault(question, given, way.values)
    if code:
        way.faults.append((code, question.id))
    elif given and question.kind != "text":
        way.values[question.id] = given[0]


def fault(question: Question, given: list[str], values: Mapping[str, str]) -> str:
    """What is wrong with an answer to a question that was asked; nothing if it may stand."""
    answer = given[0]
    if not isinstance(answer, str):  # a hostile ballot may hold any JSON value here
        return "QUEST-122"
    if question.kind == "text":
        if len(given) > 1 or not answer:
            return "QUEST-125"
        if text_bytes(answer) > question.longest:
            return "QUEST-124"
    elif question.kind == "integer":
        if not INTEGER.fullmatch(answer):
            return "QUEST-128"
    elif answer not in spellings(question, answer, values):
        return "QUEST-122"
    return "" if holds(question.constraint, {**values, OWN: answer}) else "QUEST-127"


def offered(question: Question, values: Mapping[str, str]) -> list[str]:
    """The codes a question offers, as printed."""
    return [choice.code for choice in question.choices if holds(choice.relevant, values)]


def spellings(question: Question, answer: str, values: Mapping[str, str]) -> list[str]:
    """What may be answered: one code; or the chosen codes in the order of the questionnaire, one space apart.

    There is one spelling of every choice, so that the order of ticks cannot carry a mark.
    """
    codes = offered(question, values)
    if question.kind == "select_one":
        return codes
    chosen = set(answer.split(" "))
    return [" ".join(code for code in codes if code in chosen)] if chosen & set(codes) else []


def text_bytes(text: str) -> int:
    """The bytes of a text as it stands in canonical JSON, without its quotes."""
    return len(canonical.dump(text)) - 2


def relevant(instrument: Instrument, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of the items shown, in order."""
    return tuple(walk(instrument, answers).shown)


def next_question(instrument: Instrument, answers: Mapping[str, str], after: str = "") -> str | None:
    """The next item a person is shown after the item `after` (empty: the first), or None at the end."""
    passed = not after
    shown = set(relevant(instrument, answers))
    for question in instrument.questions:
        if passed and question.id in shown:
            return question.id
        passed = passed or question.id == after
    return None
