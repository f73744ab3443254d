"""What each role's home page shows: read from open rooms, and from the frame through its hatch."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from bening.web.action.models import Recommendation
from bening.web.estimate.models import Run
from bening.web.frame import hatch
from bening.web.publish.models import Release
from bening.web.quality.models import Status
from bening.web.questionnaire.models import Instrument
from bening.web.registry.models import Audit, Locus, Participant, Role, Round, Unit
from bening.web.registry.steps import GENESIS, broken_audit
from bening.web.response.models import Tally

AUDIT_ROWS = 20

Board = dict[str, Any]


def board(role: Role, round: Round) -> Board:
    """The words of a role's page."""
    return {"template": BOARDS[role.name][0], **BOARDS[role.name][1](role, round)}


def agency(role: Role, round: Round) -> Board:
    """The round as a bar of stages, and what waits for a decision."""
    stages = [
        (_("Frame"), frozen(round)),
        (_("Questionnaires"), Instrument.objects.filter(round=round).exists()),
        (_("Fieldwork"), round.closes < today()),
        (_("Tally"), Tally.objects.filter(round=round).exists()),
        (_("Quality"), Status.objects.filter(round=round).exists()),
        (_("Estimates"), Run.objects.filter(round=round).exists()),
        (_("Release"), Release.objects.filter(round=round, released__isnull=False).exists()),
    ]
    return {
        "stages": stages,
        "next": next((name for name, done in stages if not done), None),
        "rows": [(p.institution, hatch.status(round=round, institution=p.institution)) for p in participants(round)],
        "statuses": Status.objects.filter(round=round).exclude(code="published").select_related("institution"),
        "release": settings.ORIGIN_RELEASE,
    }


def participants(round: Round) -> list[Participant]:
    """The institutions of a round."""
    return list(Participant.objects.filter(round=round).select_related("institution"))


def frozen(round: Round) -> bool:
    """Whether the lists of every institution are frozen."""
    states = [
        {row.state for row in hatch.status(round=round, institution=participant.institution)}
        for participant in participants(round)
    ]
    return bool(states) and all(state == {"frozen"} for state in states)


def today() -> date:
    """The day by the one clock."""
    return settings.NOW().date()  # type: ignore[no-any-return]  # a setting that is called


def inspectorate(role: Role, round: Round) -> Board:
    """The lists and loci of one institution; nothing about who was drawn."""
    loci = Locus.objects.filter(round=round, unit__institution=role.institution).select_related("unit")
    return local(role, round, [locus.unit for locus in loci])


def unit_contact(role: Role, round: Round) -> Board:
    """The rows of one unit."""
    return local(role, round, [role.unit] if role.unit else [])


def local(role: Role, round: Round, units: list[Unit]) -> Board:
    """What the lists of an institution hold for these units."""
    assert role.institution is not None  # noqa: S101  a constraint of the table
    lists = hatch.status(round=round, institution=role.institution)
    rows = [(unit, hatch.status(round=round, institution=role.institution, unit=unit)) for unit in units]
    return {"lists": lists, "rows": rows, "complete": sum(bool(counts) for _, counts in rows)}


def leader(role: Role, round: Round) -> Board:
    """The released result and the recommendations that follow from it."""
    return {
        "released": Release.objects.filter(round=round, released__isnull=False).exists(),
        "recommendations": Recommendation.objects.filter(round=round, institution=role.institution),
        "page": f"{settings.ORIGIN_RELEASE}/institutions/{role.institution.code}.html" if role.institution else "",
    }


def auditor(role: Role, round: Round) -> Board:
    """The audit trail and whether its chain holds."""
    rows = Audit.objects.exclude(digest=GENESIS).order_by("-id")
    return {"rows": rows[:AUDIT_ROWS], "count": rows.count(), "broken": broken_audit()}


BOARDS: dict[str, tuple[str, Callable[[Role, Round], Board]]] = {
    "officer": ("agency", agency),
    "statistician": ("agency", agency),
    "interviewer": ("agency", agency),
    "trustee": ("auditor", auditor),
    "auditor": ("auditor", auditor),
    "inspectorate": ("inspectorate", inspectorate),
    "unit_contact": ("inspectorate", unit_contact),
    "leader": ("leader", leader),
}
