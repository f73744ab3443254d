"""Which questions a person is asked, given the answers so far."""

from collections.abc import Mapping

from bening.core.kinds import Instrument, Question
from bening.core.questionnaire.expression import parse


def relevant(instrument: Instrument, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of the items shown, in order.

    Conditions see only answers that count: given to a question that was itself asked, with one of its codes.
    So a forgotten answer to a question that has since become irrelevant steers nothing.
    """
    seen: dict[str, str] = {}
    shown = []
    for question in instrument.questions:
        if question.relevant and not parse(question.relevant).holds(seen):
            continue
        shown.append(question.id)
        if offers(question, answers.get(question.id)):
            seen[question.id] = answers[question.id]
    return tuple(shown)


def next_question(instrument: Instrument, answers: Mapping[str, str], after: str = "") -> str | None:
    """The next item a person is shown after the item `after` (empty: the first), or None at the end."""
    passed = not after
    shown = set(relevant(instrument, answers))
    for question in instrument.questions:
        if passed and question.id in shown:
            return question.id
        passed = passed or question.id == after
    return None


def offers(question: Question, code: object) -> bool:
    """Whether the code is one of the question's choices (a hostile ballot may hold any JSON value here)."""
    return any(choice.code == code for choice in question.choices)
