"""Visits: what an interviewer sees of them, and what came of each."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from bening.core.fieldwork import FINAL
from bening.core.kinds import Group, VisitOutcome
from bening.core.problems import refuse
from bening.crypto import invites
from bening.web.fieldwork.models import CheckCode, Feedback, Visit, VisitDraw, VisitResult
from bening.web.frame import steps as frame
from bening.web.registry.models import Round
from bening.web.registry.steps import record
from bening.web.sample.models import Selection

VISITS = 2


class Line(NamedTuple):
    """A visit with the person, as its interviewer sees it."""

    visit: Visit
    person: frame.Named
    code: str
    words: str
    results: tuple[VisitResult, ...]
    open: bool


@transaction.atomic
def enter_result(*, by: str, visit: Visit, outcome: VisitOutcome, day: date) -> VisitResult:
    """Keep what came of a visit. The same day and code again change nothing; a third visit is refused
    (FIELD-143), and so is anything after a final result or the last day of the list.
    """
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    before = list(visit.results.all())
    if before and (before[-1].day, before[-1].outcome) == (day, outcome):
        return before[-1]
    expires = VisitDraw.objects.get(round=visit.round).expires
    if over(before) or today(visit.round, settings.NOW()) > expires:
        raise refuse("FIELD-143", number=visit.number)
    result = VisitResult.objects.create(visit=visit, n=len(before) + 1, day=day, outcome=outcome)
    if kind := said_by(visit, outcome):  # heeded like any report: the worker stops the messages
        Feedback.objects.create(
            round=visit.round, kind=kind, source="visit", contact_ref=visit.contact_ref, day=day
        )
    # No number and no code: the trail outlives the purge, and what came of a visit must not.
    record(by=by, verb="enter_visit", on=visit.round.code)
    return result


def said_by(visit: Visit, outcome: VisitOutcome) -> str:
    """The kind of report that a result amounts to, or nothing."""
    if outcome == VisitOutcome.REFUSED:
        return "refuse"
    if outcome != VisitOutcome.NOT_ELIGIBLE:
        return ""
    group = Selection.objects.get(contact_ref=visit.contact_ref).stratum.group
    return "not_employee" if group == Group.INTERNAL else "never_used"


def over(results: Sequence[VisitResult]) -> bool:
    """Whether nobody goes there again."""
    return len(results) >= VISITS or any(VisitOutcome(one.outcome) in FINAL for one in results)


def lines(*, round: Round, interviewer: str, now: datetime) -> list[Line]:
    """An interviewer's own list with names and numbers; empty after its last day."""
    made = VisitDraw.objects.filter(round=round).first()
    if made is None or today(round, now) > made.expires:
        return []
    visits = list(Visit.objects.filter(round=round, interviewer=interviewer).prefetch_related("results"))
    refs = [visit.contact_ref for visit in visits]
    people, codes = frame.named(refs=refs), check_codes(round, refs)
    found = []
    for visit in visits:
        code, results = codes.get(visit.contact_ref, ""), tuple(visit.results.all())
        words = invites.phrase(settings.SECRET("phrase"), code) if code else ""
        found.append(Line(visit, people[visit.contact_ref], code, words, results, not over(results)))
    return found


def check_codes(round: Round, refs: Sequence[str]) -> dict[str, str]:
    """The check code of each of these people, by which they know that the visit is genuine."""
    rows = CheckCode.objects.filter(round=round, contact_ref__in=refs)
    key = settings.SECRET("check")
    return {
        row.contact_ref: invites.check_code(key, row.contact_ref, round.code, row.counter) for row in rows
    }


def progress(*, round: Round) -> list[tuple[str, int, int]]:
    """Per interviewer: visits given, and those that are over; names nobody who is visited."""
    given: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for visit in Visit.objects.filter(round=round).prefetch_related("results"):
        given[visit.interviewer] += 1
        done[visit.interviewer] += over(list(visit.results.all()))
    return [(who, count, done[who]) for who, count in sorted(given.items())]


def today(round: Round, now: datetime) -> date:
    """The calendar day where the round is held."""
    return now.astimezone(ZoneInfo(round.timezone)).date()
