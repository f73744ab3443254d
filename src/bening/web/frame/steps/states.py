"""From hand to hand: draft, submitted, returned with questions, accepted; and the questions themselves."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from bening.core.problems import refuse
from bening.crypto import fields
from bening.web.frame.models import Question, Roster
from bening.web.frame.steps.load import subject
from bening.web.registry.models import Unit
from bening.web.registry.steps import record

ASKED = "frame.question"  # what a ciphertext is for


class Asked(NamedTuple):
    """A question to a person, about a list or one place in it."""

    to: str
    words: str
    due: date
    unit: Unit | None = None
    row: int | None = None
    column: str = ""


class Told(NamedTuple):
    """A question with its words opened; `answer` is None while there is none."""

    to: str
    words: str
    answer: str | None


@transaction.atomic
def submit(*, by: str, roster: Roster) -> Roster:
    """A draft is handed over; submitting again changes nothing.

    A returned list may come again as it is when every question about it has an answer (FRAME-187).
    """
    row = locked(roster)
    if row.state == "submitted":
        return row
    if row.state == "returned":
        stop_unanswered(row)
        return moved(by, row, "returned", "submitted", "diserahkan")
    return moved(by, row, "draft", "submitted", "diserahkan")


@transaction.atomic
def withdraw(*, by: str, roster: Roster) -> Roster:
    """A list that was handed over becomes a draft again, as long as the agency has not acted on it."""
    row = locked(roster)
    return row if row.state == "draft" else moved(by, row, "submitted", "draft", "ditarik")


@transaction.atomic
def accept(*, by: str, roster: Roster) -> Roster:
    """The agency takes a submitted list as the institution's list; accepting again changes nothing.

    While a question about any version of the list has no answer, it is not taken (FRAME-187).
    """
    row = locked(roster)
    if row.state == "accepted":
        return row
    if row.state == "submitted":
        stop_unanswered(row)
    return moved(by, row, "submitted", "accepted", "diterima")


def stop_unanswered(row: Roster) -> None:
    """Refuses to go on while a question about any version of the list has no answer (FRAME-187)."""
    waiting = questions(roster=row).filter(answered=None).count()
    if waiting:
        raise refuse("FRAME-187", open=waiting)


@transaction.atomic
def return_roster(*, by: str, roster: Roster, questions: Sequence[Asked], now: datetime) -> Roster:
    """A submitted list goes back with at least one question, each to a person by a day (FRAME-186)."""
    for one in questions or [Asked("", "", now.date())]:
        stop_unclear(one, now.date())
    row = moved(by, locked(roster), "submitted", "returned", "dikembalikan")
    secret = settings.SECRET("fields")
    Question.objects.bulk_create(
        Question(
            roster=row, unit=one.unit, row=one.row, column=one.column[:40],
            due=one.due, asked=now, asked_by=by,
            to=fields.encrypt(secret, one.to, field=ASKED),
            words=fields.encrypt(secret, one.words, field=ASKED),
        )
        for one in questions
    )  # fmt: skip
    record(by=by, verb="ask_about_roster", on=subject(row), detail={"questions": len(questions)})
    return row


def stop_unclear(one: Asked, today: date) -> None:
    """Refuses a question without a person, without words, or due in the past (FRAME-186)."""
    lacking = [name for name, value in (("nama", one.to), ("pertanyaan", one.words)) if not value.strip()]
    if one.due < today:
        lacking.append("tenggat")
    if lacking:
        raise refuse("FRAME-186", lacking=", ".join(lacking))


@transaction.atomic
def answer(*, by: str, question: Question, words: str, now: datetime) -> Question:
    """An answer where the question stands. It stays as it was given: the same words again change nothing."""
    secret = settings.SECRET("fields")
    row = Question.objects.select_for_update().get(pk=question.pk)
    if row.answer is not None:
        if fields.decrypt(secret, bytes(row.answer), field=ASKED) == words:
            return row
        raise refuse("FRAME-179", state="terjawab", verb="dijawab lagi")
    if not words.strip():
        raise refuse("FRAME-186", lacking="jawaban")
    stop_if_frozen(row.roster)
    row.answer, row.answered, row.answered_by = fields.encrypt(secret, words, field=ASKED), now, by
    row.save(update_fields=["answer", "answered", "answered_by"])
    record(by=by, verb="answer_about_roster", on=subject(row.roster), detail={"question": row.pk})
    return row


def questions(*, roster: Roster) -> QuerySet[Question]:
    """Every question ever asked about any version of this list, by due date."""
    return Question.objects.filter(
        roster__round=roster.round, roster__institution=roster.institution, roster__group=roster.group
    )


def told(question: Question) -> Told:
    """The words of a question, opened."""
    secret = settings.SECRET("fields")
    to, words = (fields.decrypt(secret, bytes(part), field=ASKED) for part in (question.to, question.words))
    given = question.answer
    return Told(to, words, None if given is None else fields.decrypt(secret, bytes(given), field=ASKED))


def locked(roster: Roster) -> Roster:
    """The row, for this transaction alone."""
    return Roster.objects.select_for_update(no_key=True).get(pk=roster.pk)


def moved(by: str, row: Roster, before: str, after: str, verb: str) -> Roster:
    """The list in its next state; refused from any other than the one before (FRAME-179)."""
    if row.state != before:
        raise refuse("FRAME-179", state=row.state, verb=verb)
    stop_if_frozen(row)
    row.state = after
    row.save(update_fields=["state"])
    record(by=by, verb=f"{VERBS[after]}_roster", on=subject(row))
    return row


def stop_if_frozen(row: Roster) -> None:
    """After the frame is frozen no list moves any more (FRAME-176)."""
    if Roster.objects.filter(round=row.round, state="frozen").exists():
        raise refuse("FRAME-176", round=row.round.code)


VERBS = {"submitted": "submit", "accepted": "accept", "returned": "return", "draft": "withdraw"}
