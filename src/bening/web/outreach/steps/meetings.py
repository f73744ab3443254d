"""Preparation meetings: entered once they are over, corrected where they were entered wrong."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from bening.core.outreach import steering_words, zone
from bening.core.problems import refuse
from bening.web.outreach.models import Attendance, Meeting
from bening.web.outreach.steps.places import places
from bening.web.registry.models import Institution, Round
from bening.web.registry.steps import record


class Minutes(NamedTuple):
    """What a meeting's minutes say. The chair is an office."""

    day: date
    place: str
    chair: str
    agenda: str
    decisions: str


@transaction.atomic
def record_meeting(
    *,
    by: str,
    round: Round,
    institution: Institution,
    minutes: Minutes,
    present: Mapping[str, str],
    now: datetime,
    meeting: Meeting | None = None,
) -> Meeting:
    """Enter a meeting, or correct one: its minutes, and by code of locus in which capacity somebody came.

    Refuses a day to come (OUTREACH-101), a unit that is no locus (OUTREACH-102) and words that steer answers
    (OUTREACH-103). The same meeting again changes nothing.
    """
    if minutes.day > now.astimezone(zone(institution.province)).date():
        raise refuse("OUTREACH-101", day=minutes.day.isoformat())
    for text in (minutes.agenda, minutes.decisions):
        if found := steering_words(text):
            raise refuse("OUTREACH-103", found=found[0])
    loci = {unit.code: unit for unit in places(round=round, institution=institution).listed()}
    if unknown := sorted(set(present) - set(loci)):
        raise refuse("OUTREACH-102", unit=unknown[0])
    row = (
        meeting
        or Meeting.objects.filter(
            round=round, institution=institution, day=minutes.day, place=minutes.place
        ).first()
    )
    before = None if row is None else said(row)
    if before == (minutes, dict(present)):
        assert row is not None  # noqa: S101  said of it
        return row
    row = row or Meeting(round=round, institution=institution)
    for name, value in minutes._asdict().items():
        setattr(row, name, value)
    row.save()
    row.attendances.all().delete()
    Attendance.objects.bulk_create(
        Attendance(meeting=row, unit=loci[code], capacity=capacity) for code, capacity in present.items()
    )
    record(
        by=by,
        verb="correct_meeting" if before else "record_meeting",
        on=f"{round.code}/{institution.code}/{row.day}",
        detail={"loci": len(present), "of": len(loci)},
    )
    return row


def said(meeting: Meeting) -> tuple[Minutes, dict[str, str]]:
    """A meeting as it was entered."""
    minutes = Minutes(meeting.day, meeting.place, meeting.chair, meeting.agenda, meeting.decisions)
    return minutes, dict(meeting.attendances.values_list("unit__code", "capacity"))
