"""What each institution and unit still owes: read by the room that reminds people."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from bening.core.kinds import Group
from bening.web.frame.models import Question, Roster
from bening.web.frame.steps.deadlines import deadlines
from bening.web.frame.steps.freeze import SAMPLED
from bening.web.registry.models import Institution, Participant, Round, Unit


class Owed(NamedTuple):
    """One thing that somebody still has to do; `due` is None where no day was set."""

    institution: Institution
    unit: Unit | None  # None: the whole institution
    group: Group
    what: str  # "list", "hand_over", "correct" or "answer"
    due: date | None
    number: int = 1  # of questions


OPEN = {"draft": "hand_over", "returned": "correct"}


def owed(*, round: Round) -> list[Owed]:
    """Lists not handed over, drafts, returned lists, open questions; nothing once the frame is frozen.

    In the order of institutions; counts and days only, nobody's name.
    """
    if Roster.objects.filter(round=round, state="frozen").exists():
        return []
    places = Participant.objects.filter(round=round).select_related("institution")
    found = [*lists(round, [place.institution for place in places]), *answers(round)]
    return sorted(found, key=lambda one: (one.institution.code, one.group, one.what))


def lists(round: Round, institutions: list[Institution]) -> Iterator[Owed]:
    """Lists that are missing or stand with the institution."""
    newest: dict[tuple[int, str], str] = {}
    for institution, group, state in (
        Roster.objects.filter(round=round).order_by("version").values_list("institution_id", "group", "state")
    ):
        newest[institution, group] = state
    due = deadlines(round=round)
    for one in institutions:
        for group in SAMPLED:
            there = newest.get((one.pk, group))
            what = "list" if there is None else OPEN.get(there)
            if what:
                yield Owed(one, None, group, what, due.get(group))


def answers(round: Round) -> Iterator[Owed]:
    """Open questions by institution, unit and group, with the earliest day they are due."""
    rows = Question.objects.filter(roster__round=round, answered=None)
    rows = rows.select_related("roster__institution", "unit").order_by("due", "id")
    found: dict[tuple[int, int | None, str], Owed] = {}
    for row in rows:
        key = (row.roster.institution_id, row.unit_id, row.roster.group)
        first = found.get(key)
        found[key] = (
            first._replace(number=first.number + 1)
            if first
            else Owed(row.roster.institution, row.unit, Group(row.roster.group), "answer", row.due)
        )
    yield from found.values()
