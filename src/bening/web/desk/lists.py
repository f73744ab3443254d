"""The lists of one institution or unit: what is in, missing or in error. Nothing about who was drawn."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, gettext_noop, ngettext

from bening.core.kinds import Group
from bening.web.frame import hatch
from bening.web.registry.models import Locus, Role, Round, Unit
from bening.web.registry.steps.tables import UNIT_KINDS

GROUPS = {
    Group.INTERNAL: gettext_noop("Staff"),
    Group.EXTERNAL: gettext_noop("Users of services"),
    Group.EXPERT: gettext_noop("Experts"),
}
BY_LOCUS = (Group.INTERNAL, Group.EXTERNAL)  # experts speak about the whole institution
STATES = {
    "draft": gettext_noop("draft"),
    "submitted": gettext_noop("handed over"),
    "returned": gettext_noop("returned"),
    "accepted": gettext_noop("accepted"),
    "frozen": gettext_noop("frozen"),
}


def inspectorate(role: Role, round: Round) -> dict[str, Any]:
    """The lists and loci of one institution; loci with something to do stand first."""
    institution = role.institution
    assert institution is not None  # noqa: S101  a constraint of the table
    found = hatch.board(round=round, institution=institution)
    loci = Locus.objects.filter(round=round, unit__institution=institution).select_related("unit")
    rows = [line(locus.unit, found[institution.pk, locus.unit_id]) for locus in loci]
    lists = found[institution.pk, None]
    return {
        "lists": list_lines(lists, GROUPS),
        "rows": sorted(rows, key=lambda row: not row["todo"]),
        "complete": sum(not row["todo"] for row in rows),
        "homeless": homeless(lists, rows),
        "frozen": is_frozen(lists),
    }


def homeless(lists: Sequence[hatch.Counts], rows: Sequence[Mapping[str, Any]]) -> int:
    """Rows that were not accepted and name none of the loci."""
    return sum(c.stopped for c in lists if c.group in BY_LOCUS) - sum(row["stopped"] for row in rows)


def unit_contact(role: Role, round: Round) -> dict[str, Any]:
    """The rows of one unit; of the institution and its other units nothing."""
    assert role.institution is not None  # noqa: S101  constraints of the table
    assert role.unit is not None  # noqa: S101
    found = hatch.status(round=round, institution=role.institution, unit=role.unit)
    return {
        "lists": list_lines(found, BY_LOCUS),
        "row": line(role.unit, found),
        "frozen": is_frozen(found),
    }


def list_lines(lists: Sequence[hatch.Counts], groups: Iterable[Group]) -> list[dict[str, Any]]:
    """One line a group; `counts` is None where nothing was handed over."""
    by_group = {counts.group: counts for counts in lists}
    return [
        {
            "group": gettext(GROUPS[group]),
            "counts": by_group.get(group),
            "state": gettext(STATES[by_group[group].state]) if group in by_group else "",
        }
        for group in groups
    ]


def line(unit: Unit, lists: Sequence[hatch.Counts]) -> dict[str, Any]:
    """A unit on the board: its rows over the lists that name units, and what is left to do."""
    by_group = {counts.group: counts for counts in lists if counts.group in BY_LOCUS}
    amounts = {
        name: sum(getattr(counts, name) for counts in by_group.values())
        for name in ("accepted", "eligible", "undecided", "stopped")
    }
    return {
        "unit": unit,
        "kind": gettext(UNIT_KINDS.get(unit.kind, unit.kind)),
        "rows": amounts["accepted"] + amounts["stopped"],
        "todo": todo(by_group, stopped=amounts["stopped"], undecided=amounts["undecided"]),
        **amounts,
    }


def todo(lists: Mapping[Group, hatch.Counts], *, stopped: int, undecided: int) -> list[str]:
    """What keeps a unit from being complete, the gravest first."""
    found = [
        gettext("no rows for: %(group)s") % {"group": gettext(GROUPS[group]).lower()}
        for group in BY_LOCUS
        if group not in lists or not lists[group].accepted
    ]
    if stopped:
        found.append(ngettext("%(n)d row to correct", "%(n)d rows to correct", stopped) % {"n": stopped})
    if undecided:
        found.append(
            ngettext("%(n)d row to complete", "%(n)d rows to complete", undecided) % {"n": undecided}
        )
    return found


def is_frozen(lists: Sequence[hatch.Counts]) -> bool:
    """Whether nothing in these lists can change any more."""
    return bool(lists) and all(counts.state == "frozen" for counts in lists)
