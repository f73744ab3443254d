"""The hatch of a locked room: counts pass, no name does."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from bening.core.kinds import Group, Severity, Verdict
from bening.web.frame.models import Contact, Fault, Roster
from bening.web.registry.models import Institution, Round, Unit


@dataclass(frozen=True, slots=True)
class Counts:
    """One list of an institution, or the part of one unit in it."""

    group: Group
    state: str
    version: int
    received: datetime
    accepted: int
    eligible: int
    undecided: int
    stopped: int  # rows that were not accepted


def status(*, round: Round, institution: Institution, unit: Unit | None = None) -> list[Counts]:
    """The newest version of each list: how many rows are in, eligible, undecided, not accepted."""
    versions = Roster.objects.filter(round=round, institution=institution).order_by("version")
    newest = {row.group: row for row in versions}
    return [counts(newest[group], unit) for group in Group if group in newest]


def counts(roster: Roster, unit: Unit | None) -> Counts:
    """The counts of one list."""
    place = Q(unit=unit) if unit else Q()
    found = Contact.objects.filter(place, roster=roster).aggregate(
        accepted=Count("id"),
        eligible=Count("id", filter=Q(verdict=Verdict.ELIGIBLE)),
        undecided=Count("id", filter=Q(verdict=Verdict.UNDECIDED)),
    )
    errors = Fault.objects.filter(place, roster=roster, severity=Severity.ERROR)
    return Counts(
        group=Group(roster.group),
        state=roster.state,
        version=roster.version,
        received=roster.received,
        stopped=errors.values("row").distinct().order_by().count(),
        **found,
    )
