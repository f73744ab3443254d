"""What each role's home page shows: read from open rooms, and from the frame through its hatch."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext, gettext_noop

from bening.web.desk import agency, lists, result, trail
from bening.web.desk.todo import todo
from bening.web.registry.models import Role, Round

Board = dict[str, Any]
BOARDS: dict[str, tuple[str, Callable[[Role, Round], Board]]] = {
    "officer": ("agency", agency.agency),
    "statistician": ("agency", agency.agency),
    "interviewer": ("agency", agency.agency),
    "trustee": ("auditor", trail.auditor),
    "auditor": ("auditor", trail.auditor),
    "inspectorate": ("inspectorate", lists.inspectorate),
    "unit_contact": ("unit", lists.unit_contact),
    "leader": ("leader", result.leader),
}
PURPOSES = {
    "agency": gettext_noop("Where the round stands and what waits for a decision"),
    "auditor": gettext_noop("Who did what, and whether the record is whole"),
    "inspectorate": gettext_noop("Which lists and loci are complete and what has to be corrected"),
    "unit": gettext_noop("What the lists hold for one unit"),
    "leader": gettext_noop("The released result and what to do about it"),
}


def board(role: Role, round: Round) -> Board:
    """The words of a role's page."""
    template, words = BOARDS[role.name]
    return {"template": template, "todo": todo(role, round), **words(role, round)}


def place(role: Role, agency: str) -> str:
    """Where somebody with a role works; auditors and trustees belong to nobody in the survey."""
    if role.institution is None:
        return agency if BOARDS[role.name][0] == "agency" else ""
    return f"{role.unit}, {role.institution}" if role.unit else str(role.institution)


def purpose(role: Role) -> str:
    """What somebody finds on the page of a role."""
    return gettext(PURPOSES[BOARDS[role.name][0]])
