"""The check of one person's answers, and how long they can become."""

from collections.abc import Iterable, Mapping

from bening.core import canonical
from bening.core.kinds import Instrument, Problem, Question
from bening.core.questionnaire.routing import walk

LENGTH = 2  # the uint16 before a padded part
CODE = "0" * 16  # a receipt code
PARADATA = {"d": 4, "m": "tablet", "w": 99}
LARGEST_INTEGER = "9999"
CLOSED = ("select_one", "select_multiple", "integer")  # kinds whose answers stand in the closed part


def check(
    instrument: Instrument, answers: Mapping[str, str], texts: Iterable[tuple[str, str]]
) -> tuple[Problem, ...]:
    """Everything wrong with the answers, in the order of the questionnaire (QUEST-120 to 128)."""
    pairs = list(texts)
    found = walk(instrument, answers, pairs).faults
    known = {question.id: question.kind for question in instrument.questions}
    strangers = {item for item in answers if known.get(item) not in CLOSED}
    strangers |= {item for item, _ in pairs if known.get(item) != "text"}
    found += [("QUEST-123", item) for item in sorted(strangers)]
    return tuple(Problem(code, words={"item": item}) for code, item in found)


def largest(instrument: Instrument, about: Iterable[str] = ()) -> tuple[int, int]:
    """The bytes of the largest closed part and text part, with the length field (`ballots`, padding classes).

    Routing is left out of account: every question answered with its longest answer. `about` are the subjects
    an expert may rate.
    """
    closed: dict[str, object] = {
        "a": {question.id: longest(question) for question in instrument.questions if question.kind in CLOSED},
        "c": CODE,
        "p": {**PARADATA, "g": len(instrument.questions)},
    }
    if subjects := list(about):
        closed["about"] = max(subjects, key=lambda subject: len(canonical.dump(subject)))
    texts = [
        [question.id, "x" * question.longest] for question in instrument.questions if question.kind == "text"
    ]
    return len(canonical.dump(closed)) + LENGTH, len(canonical.dump(texts)) + LENGTH


def longest(question: Question) -> str:
    """The longest closed answer to a question."""
    codes = [choice.code for choice in question.choices]
    if question.kind == "integer":
        return LARGEST_INTEGER
    return " ".join(codes) if question.kind == "select_multiple" else max(codes, key=len)
