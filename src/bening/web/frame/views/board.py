"""Who owes what by when: an inspectorate's board of loci, a unit's own rows, the agency's board of lists."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from bening.core.kinds import Group, Quality
from bening.web.frame import hatch
from bening.web.frame.models import Reference, Upload
from bening.web.frame.steps import deadlines
from bening.web.frame.views import words
from bening.web.frame.views.place import GROUPS, READERS, current, is_frozen
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import ContactPerson, Institution, Locus, Participant, Role, Round, Unit
from bening.web.registry.steps import contacts_of

BY_LOCUS = (Group.INTERNAL, Group.EXTERNAL)  # experts speak about the whole institution
OWED = ("", "draft", "returned")  # states in which a list stands with the institution
EACH = 60
Line = dict[str, Any]


@guard(*READERS)
@require_GET
def board(request: Staff) -> HttpResponse:
    """The board of whoever asks."""
    round_, today = current(), settings.NOW().date()
    if request.role.unit:
        return render(request, "frame/unit.html", unit(request.role, round_, today))
    if request.role.institution:
        return render(request, "frame/board.html", inspectorate(request.role.institution, round_, today))
    return render(request, "frame/lists.html", agency(request, round_, today))


def inspectorate(institution: Institution, round_: Round, today: date) -> Line:
    """All lists and all loci of an institution; what is late stands first."""
    found, due = hatch.board(round=round_, institution=institution), deadlines(round=round_)
    lists = list_lines(institution, found[institution.pk, None], due, today)
    uploads = Upload.objects.filter(round=round_, institution=institution)
    busy = dict(uploads.filter(state__in=("waiting", "queued", "checking")).values_list("group", "key"))
    loci = Locus.objects.filter(round=round_, unit__institution=institution).select_related("unit")
    persons = contact_by_unit(institution)
    rows = [
        locus_line(locus.unit, found[institution.pk, locus.unit_id], due, today, persons) for locus in loci
    ]
    rows.sort(key=lambda row: (-row["late"], not row["todo"], row["unit"].name))
    references = Reference.objects.filter(round=round_, institution=institution)
    return {
        "round": round_, "institution": institution, "frozen": is_frozen(round_),
        "lists": [{**line, "busy": busy.get(line["group"].value)} for line in lists], "rows": rows,
        "answer": answer(rows), "urgent": urgent(lists, rows),
        "references": dict(references.values_list("kind", "received")),
    }  # fmt: skip


def answer(rows: Sequence[Line]) -> str:
    """The page's sentence."""
    complete = sum(not row["todo"] for row in rows)
    return gettext("%(n)d of %(total)d loci are complete") % {"n": complete, "total": len(rows)}


def urgent(lists: Sequence[Line], rows: Sequence[Line]) -> str:
    """What is late, waits for an answer, or nothing of both."""
    late = sum(row["late"] > 0 for row in rows)
    asked = sum(line["open"] for line in lists)
    found = []
    if late:
        found.append(ngettext("%(n)d locus is late", "%(n)d loci are late", late) % {"n": late})
    if asked:
        found.append(
            ngettext("%(n)d question waits for an answer", "%(n)d questions wait for an answer", asked)
            % {"n": asked}
        )
    return "; ".join(found)


def list_lines(
    institution: Institution, lists: Iterable[hatch.Counts], due: Mapping[Group, date], today: date,
    groups: Iterable[Group] = GROUPS,
) -> list[Line]:  # fmt: skip
    """One line a group, whether or not a list was handed over."""
    by_group = {counts.group: counts for counts in lists}
    found = []
    for group in groups:
        counts = by_group.get(group)
        state = counts.state if counts else ""
        found.append(
            {
                "institution": institution, "group": group, "name": words.GROUPS[group], "counts": counts,
                "state": state, "state_word": words.state_word(state), "due": due.get(group),
                "late": days_late(due.get(group), today) if state in OWED else 0,
                "open": counts.open if counts else 0,
            }
        )  # fmt: skip
    return found


def days_late(due: date | None, today: date) -> int:
    """Full days since the due date; 0 before it and where there is none."""
    return max((today - due).days, 0) if due else 0


def contact_by_unit(institution: Institution) -> dict[int | None, ContactPerson]:
    """The first contact person of every unit; of the whole institution under None."""
    found: dict[int | None, ContactPerson] = {}
    for person in contacts_of(institution):
        found.setdefault(person.unit_id, person)
    return found


def locus_line(
    unit: Unit, lists: Sequence[hatch.Counts], due: Mapping[Group, date], today: date,
    persons: Mapping[int | None, ContactPerson],
) -> Line:  # fmt: skip
    """A locus over the two lists that name units."""
    by_group = {counts.group: counts for counts in lists if counts.group in BY_LOCUS}
    owes = [group for group in BY_LOCUS if group not in by_group or not by_group[group].accepted]
    parts = [(words.GROUPS[group], by_group.get(group)) for group in BY_LOCUS]
    total = {
        name: sum(getattr(counts, name) for counts in by_group.values())
        for name in ("stopped", "undecided", "open")
    }
    todo = left(owes, total)
    days = [due[group] for group in BY_LOCUS if group in due]
    closed = all(counts.state in ("accepted", "frozen") for counts in by_group.values()) and not owes
    return {
        "unit": unit, "parts": parts, "todo": todo, **total, "person": persons.get(unit.pk),
        "staff": rows_of(by_group.get(Group.INTERNAL)), "users": rows_of(by_group.get(Group.EXTERNAL)),
        "due": min(days) if days else None,
        "late": days_late(min(days), today) if days and todo and not closed else 0,
        "quality": quality([counts.quality for counts in by_group.values()]),
    }  # fmt: skip


def left(owes: Iterable[Group], total: Mapping[str, int]) -> list[str]:
    """What keeps a locus from being complete, the gravest first."""
    names = ", ".join(str(words.GROUPS[group]).lower() for group in owes)
    found = [gettext("no rows for: %(group)s") % {"group": names}] if names else []
    if n := total["stopped"]:
        found.append(ngettext("%(n)d row to correct", "%(n)d rows to correct", n) % {"n": n})
    if n := total["undecided"]:
        found.append(ngettext("%(n)d row to complete", "%(n)d rows to complete", n) % {"n": n})
    if n := total["open"]:
        found.append(ngettext("%(n)d question to answer", "%(n)d questions to answer", n) % {"n": n})
    return found


def rows_of(counts: hatch.Counts | None) -> int:
    """Rows that were handed over, accepted or not."""
    return counts.accepted + counts.stopped if counts else 0


def quality(parts: Sequence[Quality]) -> Quality:
    """Several lists as one."""
    names = ("rows", "accepted", "reachable", "decided", "usable")
    return Quality(*(sum(getattr(part, name) for part in parts) for name in names))


def unit(role: Role, round_: Round, today: date) -> Line:
    """The rows of one unit; of the institution and its other units nothing."""
    assert role.institution is not None  # noqa: S101  constraints of the table
    assert role.unit is not None  # noqa: S101
    found, due = (
        hatch.status(round=round_, institution=role.institution, unit=role.unit),
        deadlines(round=round_),
    )
    row = locus_line(role.unit, found, due, today, {})
    lines = list_lines(role.institution, found, due, today, BY_LOCUS)
    return {
        "round": round_, "institution": role.institution, "unit": role.unit, "row": row, "lists": lines,
        "frozen": is_frozen(round_), "answer": "; ".join(row["todo"]),
    }  # fmt: skip


def agency(request: Staff, round_: Round, today: date) -> Line:
    """Every institution's lists: what waits for the agency first, then what is late."""
    found, due = hatch.board(round=round_), deadlines(round=round_)
    places = Participant.objects.filter(round=round_).select_related("institution")
    lines = [
        line
        for place in places
        for line in list_lines(place.institution, found[place.institution_id, None], due, today)
    ]
    shown = request.GET.get("tampil", "")
    chosen = [line for line in lines if CHOICES[shown](line)] if shown in CHOICES else lines
    chosen.sort(key=lambda line: (line["state"] != "submitted", -line["late"], line["institution"].name))
    waiting = sum(line["state"] == "submitted" for line in lines)
    return {
        "round": round_, "frozen": is_frozen(round_), "shown": shown, "due": [
            (words.GROUPS[group], due.get(group)) for group in GROUPS
        ],
        "part": Paginator(chosen, EACH).get_page(request.GET.get("halaman")), "total": len(lines),
        "accepted": sum(line["state"] in ("accepted", "frozen") for line in lines), "waiting": waiting,
        "late": sum(line["late"] > 0 for line in lines),
        "choices": [("", gettext("all")), ("menunggu", gettext("wait for the agency")),
                    ("terlambat", gettext("late")), ("belum", gettext("not handed over"))],
    }  # fmt: skip


CHOICES = {
    "menunggu": lambda line: line["state"] == "submitted",
    "terlambat": lambda line: line["late"] > 0,
    "belum": lambda line: line["state"] in OWED,
}
