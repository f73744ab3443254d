"""People of the frozen frame for the rooms that may know them: by reference, opened as late as possible."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from bening.core.kinds import ContactKind, Group, Verdict
from bening.crypto import fields
from bening.web.frame.models import (
    Contact,
    ContactPoint,
    Fault,
    Handover,
    Piece,
    Question,
    Roster,
    Upload,
)
from bening.web.frame.steps.keep import NAME, POINT
from bening.web.registry.models import Institution, Round, Unit
from bening.web.registry.steps import record


class Eligible(NamedTuple):
    """One person who may be drawn. `unit` is None for experts of the whole institution."""

    ref: str
    institution: Institution
    group: Group
    unit: Unit | None
    category: str


def eligible(*, round: Round) -> list[Eligible]:
    """Everybody eligible on the frozen lists of a round, in the order of references."""
    institutions = Institution.objects.in_bulk()
    units = Unit.objects.in_bulk()
    rows = (
        Contact.objects.filter(roster__round=round, roster__state="frozen", verdict=Verdict.ELIGIBLE)
        .order_by("ref")
        .values_list("ref", "roster__institution_id", "roster__group", "unit_id", "category")
    )
    return [
        Eligible(ref, institutions[institution], Group(group), units[unit] if unit else None, category)
        for ref, institution, group, unit, category in rows.iterator()
    ]


class Named(NamedTuple):
    """A person as somebody who visits them has to know them."""

    name: str
    place: str
    phone: str


def named(*, refs: Collection[str]) -> dict[str, Named]:
    """Names, places and numbers of these people, for the visits of the agency's own interviewers alone."""
    secret = settings.SECRET("fields")
    rows = Contact.objects.filter(ref__in=refs).select_related("unit", "roster__institution")
    numbers = points(refs=refs, kind=ContactKind.PHONE)
    open_ = reach(points=numbers.values())
    return {
        row.ref: Named(
            fields.decrypt(secret, bytes(row.name), field=NAME),
            " · ".join(part.name for part in (row.roster.institution, row.unit) if part),
            open_.get(numbers.get(row.ref, 0), ""),
        )
        for row in rows
    }


def points(*, refs: Collection[str], kind: ContactKind) -> dict[str, int]:
    """The id of one contact point of a kind for each reference that has one: the first that was given."""
    rows = ContactPoint.objects.filter(contact__ref__in=refs, kind=kind).order_by("-id")
    return dict(rows.values_list("contact__ref", "id"))


def homes(*, refs: Collection[str]) -> dict[str, tuple[str, Group]]:
    """The province where each of these people works or was served, and their group: when to write to them."""
    rows = Contact.objects.filter(ref__in=refs)
    places = rows.values_list("ref", "roster__institution__province", "roster__group")
    return {ref: (province, Group(group)) for ref, province, group in places}


def reach(*, points: Collection[int]) -> Mapping[int, str]:
    """The open values of contact points, for the moment a message is written."""
    secret = settings.SECRET("fields")
    rows = ContactPoint.objects.filter(id__in=points).values_list("id", "value")
    return {key: fields.decrypt(secret, bytes(value), field=POINT) for key, value in rows}


@transaction.atomic
def purge(*, by: str, round: Round) -> dict[str, int]:
    """Deletes everybody of a round: names, numbers, faults, questions, handovers, uploads. Versions stay."""
    rosters = Roster.everything.filter(round=round)
    counts = {
        "points": ContactPoint.objects.filter(contact__roster__in=rosters).delete()[0],
        "contacts": Contact.objects.filter(roster__in=rosters).delete()[0],
        "faults": Fault.objects.filter(roster__in=rosters).delete()[0],
        "questions": Question.objects.filter(roster__in=rosters).delete()[0],
        "handovers": Handover.objects.filter(roster__in=rosters).delete()[0],
        "pieces": Piece.objects.filter(upload__round=round).delete()[0],
        "uploads": Upload.objects.filter(round=round).delete()[0],
    }
    record(by=by, verb="purge_frame", on=round.code, detail=dict(counts))
    return counts
