"""The frame as the sample sees it: counts for a plan, references for a draw, no name."""

from collections import defaultdict

from django.db.models import Count

from bening.core.kinds import FramePlace, Group, Verdict
from bening.web.frame import steps as frame
from bening.web.frame.models import Contact, Roster
from bening.web.registry.models import Institution, Round, Unit

READABLE = ("submitted", "accepted", "frozen")  # a returned list is being replaced


def frozen(round: Round) -> bool:
    """Whether the lists of the round are frozen, so that a plan is more than a preview."""
    return Roster.objects.filter(round=round, state="frozen").exists()


def counts(round: Round) -> dict[FramePlace, int]:
    """The eligible by place, counted in the database: on the frozen lists, before that on the newest ones."""
    lists = Roster.objects.filter(round=round, state="frozen")
    if not lists.exists():
        versions = Roster.objects.filter(round=round, state__in=READABLE).order_by("version")
        newest = {(row.institution_id, row.group): row.pk for row in versions}
        lists = Roster.objects.filter(pk__in=newest.values())
    rows = (
        Contact.objects.filter(roster__in=lists, verdict=Verdict.ELIGIBLE)
        .order_by()
        .values_list("roster__group", "roster__institution_id", "unit_id")
        .annotate(Count("id"))
    )
    institutions, units = Institution.objects.in_bulk(), Unit.objects.in_bulk()
    return {
        place(Group(group), institutions[institution], units.get(unit)): people
        for group, institution, unit, people in rows
    }


def lists(round: Round) -> dict[FramePlace, list[str]]:
    """The references of everybody eligible on the frozen lists, by place."""
    found: defaultdict[FramePlace, list[str]] = defaultdict(list)
    known: dict[tuple[Group, int, int | None], FramePlace] = {}
    for row in frame.eligible(round=round):
        key = row.group, row.institution.pk, row.unit.pk if row.unit else None
        if key not in known:
            known[key] = place(row.group, row.institution, row.unit)
        found[known[key]].append(row.ref)
    return dict(found)


def place(group: Group, institution: Institution, unit: Unit | None) -> FramePlace:
    """The words a plan is made of."""
    return FramePlace(
        group,
        institution.code,
        institution.province,
        unit.code if unit else "",
        unit.kind if unit else "",
    )
