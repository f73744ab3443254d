"""The check of one person's answers, and how long they can become."""

from collections.abc import Iterable, Mapping

from bening.core import canonical
from bening.core.kinds import Instrument, Problem, Question
from bening.core.questionnaire.routing import offers, relevant

LENGTH = 2  # the uint16 before a padded part
CODE = "0" * 16  # a receipt code
PARADATA = {"d": 4, "m": "tablet", "w": 99}


def check(
    instrument: Instrument, answers: Mapping[str, str], texts: Iterable[tuple[str, str]]
) -> tuple[Problem, ...]:
    """Everything wrong with the answers, in the order of the questionnaire (QUEST-120 to QUEST-125)."""
    shown = set(relevant(instrument, answers))
    pairs = [(item, text) for item, text in texts]
    found: list[tuple[str, str]] = []
    for question in instrument.questions:
        given = [text for item, text in pairs if item == question.id]
        found += [(code, question.id) for code in faults(question, question.id in shown, answers, given)]
    known = {question.id: question.kind for question in instrument.questions}
    strangers = {item for item in answers if known.get(item) != "select_one"}
    strangers |= {item for item, _ in pairs if known.get(item) != "text"}
    found += [("QUEST-123", item) for item in sorted(strangers)]
    return tuple(Problem(code, words={"item": item}) for code, item in found)


def faults(question: Question, shown: bool, answers: Mapping[str, str], given: list[str]) -> list[str]:
    """The codes of what is wrong with one question's answer."""
    if question.kind == "note":
        return []
    answered = bool(given) if question.kind == "text" else question.id in answers
    if not answered:
        return ["QUEST-120"] if shown and question.required else []
    if not shown:
        return ["QUEST-121"]
    if question.kind == "text":
        return text_faults(question, given)
    return [] if offers(question, answers[question.id]) else ["QUEST-122"]


def text_faults(question: Question, given: list[str]) -> list[str]:
    """What is wrong with a written answer."""
    if len(given) > 1 or not given[0]:
        return ["QUEST-125"]
    return ["QUEST-124"] if text_bytes(given[0]) > question.longest else []


def text_bytes(text: str) -> int:
    """The bytes of a text as it stands in canonical JSON, without its quotes."""
    return len(canonical.dump(text)) - 2


def largest(instrument: Instrument, about: Iterable[str] = ()) -> tuple[int, int]:
    """The bytes of the largest closed part and text part, with the length field (`ballots`, padding classes).

    Routing is left out of account: every question answered with its longest code. `about` are the subjects an
    expert may rate.
    """
    closed: dict[str, object] = {
        "a": {
            question.id: max((choice.code for choice in question.choices), key=len)
            for question in instrument.questions
            if question.kind == "select_one"
        },
        "c": CODE,
        "p": {**PARADATA, "g": len(instrument.questions)},
    }
    if subjects := list(about):
        closed["about"] = max(subjects, key=lambda subject: len(canonical.dump(subject)))
    texts = [
        [question.id, "x" * question.longest] for question in instrument.questions if question.kind == "text"
    ]
    return len(canonical.dump(closed)) + LENGTH, len(canonical.dump(texts)) + LENGTH
