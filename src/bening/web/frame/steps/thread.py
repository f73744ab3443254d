"""A list's people and its questions, opened for those concerned: every look is in the audit trail."""

from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from bening.web.frame.models import Roster
from bening.web.frame.steps.handover import Behind, behind
from bening.web.frame.steps.load import subject
from bening.web.frame.steps.states import questions, told
from bening.web.registry.models import Unit
from bening.web.registry.steps import record


class Item(NamedTuple):
    """A question and its answer, opened."""

    pk: int
    version: int
    to: str
    words: str
    due: date
    asked: datetime
    asked_by: str
    unit: Unit | None
    row: int | None
    column: str
    answer: str | None
    answered: datetime | None
    answered_by: str


@transaction.atomic
def open_list(*, by: str, roster: Roster, unit: Unit | None) -> tuple[Behind, list[Item]]:
    """Who stands for a version and every question about the list; of a unit only the questions to it."""
    rows = questions(roster=roster).select_related("unit", "roster")
    rows = rows.filter(unit=unit) if unit else rows
    thread = []
    for row in rows:
        to, words, answer = told(row)
        thread.append(
            Item(
                row.pk, row.roster.version, to, words, row.due, row.asked, row.asked_by, row.unit, row.row,
                row.column, answer, row.answered, row.answered_by,
            )
        )  # fmt: skip
    names = Behind() if unit else behind(roster=roster)
    if thread or any(names):
        detail: dict[str, object] = {"questions": len(thread)}
        record(by=by, verb="open_list", on=subject(roster), detail=detail)
    return names, thread
