"""A file of the register: looked at row by row, agreed to, taken in as a whole or not at all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from bening.core.kinds import Problem
from bening.core.problems import Refused, refuse
from bening.web.registry.models import Institution, Round
from bening.web.registry.steps.audit import record
from bening.web.registry.steps.intake import Writer, contacts_in, institutions_in, units_in
from bening.web.registry.steps.plans import Key, Plan, State, circles, doubled, key_of, planned
from bening.web.registry.steps.sheets import Lines, Row, rows_in
from bening.web.registry.steps.states import (
    TAKES_PART,
    contacts_state,
    institutions_state,
    lists_frozen,
    units_state,
)
from bening.web.registry.steps.tables import CONTACTS, INSTITUTIONS, TABLES, UNITS, Table

OF_THE_ROUND = ("kind", "province", "size", TAKES_PART)  # what comparison sets and strata stand on


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that passed the gate: which table, its name, its rows; whose places it may speak about."""

    table: str
    name: str
    lines: Lines
    institution: Institution | None = None  # None: of the whole round


def check_upload(*, round: Round, upload: Upload) -> Plan:
    """What the file would change; refuses it with everything that is wrong (REGISTRY-101 to 120)."""
    table = TABLES[upload.table]
    rows, found = rows_in(upload.lines, table=table, name=upload.name)
    found += doubled(rows, table=table, name=upload.name)
    look, _ = READ[upload.table]
    plan, wrong = look(round, rows, upload)
    if found or wrong:
        raise Refused(*sorted([*found, *wrong], key=lambda one: (one.place.row or 0, one.place.column)))
    return plan


@transaction.atomic
def take_in(*, by: str, round: Round, upload: Upload, agreed: str) -> Plan:
    """Do what the file says, if that still is what was agreed to (its digest; else REGISTRY-118)."""
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)  # the freeze of the lists queues here too
    plan = check_upload(round=round, upload=upload)
    if plan.digest != agreed:
        raise refuse("REGISTRY-118")
    if plan.new or plan.changed:
        _, write = READ[upload.table]
        write(by, round, plan)
        record(by=by, verb=f"import_{upload.table}", on=round.code, detail=told(plan, upload))
    return plan


def told(plan: Plan, upload: Upload) -> dict[str, object]:
    """What the trail keeps: each changed cell with old and new, but of people only which cells."""
    changes = [
        [*entry.key, *change] if upload.table != CONTACTS.name else [*entry.key[:-1], change.column]
        for entry in plan.changed
        for change in entry.changes or ()
    ]
    return {"file": upload.name, "new": len(plan.new), "changed": changes, "digest": plan.digest}


def institutions_of(round: Round, rows: Sequence[Row], upload: Upload) -> tuple[Plan, list[Problem]]:
    """The institutions of the file beside those known."""
    known = institutions_state(round)
    for row in rows:
        row.cells[TAKES_PART] = "Y"
    there = [key for key, cells in known.items() if cells[TAKES_PART]]
    plan = planned(rows, table=INSTITUTIONS, known=known, there=there)
    return plan, list(late_institutions(plan, round, upload.name)) if lists_frozen(round) else []


def late_institutions(plan: Plan, round: Round, name: str) -> Iterator[Problem]:
    """What can no more change in a round whose lists are frozen (REGISTRY-113)."""
    for entry in plan.new:
        yield frozen(round, entry.row, name, "code", ("peserta", "who takes part"))
    for entry in plan.changed:
        for column, _, _ in entry.changes or ():
            if column in OF_THE_ROUND:
                here = "code" if column == TAKES_PART else column
                yield frozen(round, entry.row, name, here, ("kolom ini", "this column"))


def frozen(round: Round, row: Row, name: str, column: str, what: tuple[str, str]) -> Problem:
    """REGISTRY-113 at a cell."""
    words = {"round": round.code, "what": what[0], "what_en": what[1]}
    return Problem("REGISTRY-113", row.place(name, column), words)


def units_of(round: Round, rows: Sequence[Row], upload: Upload) -> tuple[Plan, list[Problem]]:
    """The units of the file beside those of the same institutions."""
    known = units_state(round, {row.cells["institution"] for row in rows})
    plan = planned(rows, table=UNITS, known=known, there=known)
    parents = {key: cells["parent"] for key, cells in known.items()}
    found = [
        *unknown_places(rows, UNITS, "parent", {*known, *(key_of(row.cells, UNITS) for row in rows)}, upload),
        *circles(rows, parents=parents, table=UNITS, name=upload.name),
        *homeless_loci(round, rows, upload.name),
        *(late_loci(plan, round, upload.name) if lists_frozen(round) else ()),
    ]
    return plan, found


def unknown_places(
    rows: Sequence[Row], table: Table, column: str, units: set[Key], upload: Upload
) -> Iterator[Problem]:
    """Institutions and units that do not exist, or not for whoever brings the file (REGISTRY-101)."""
    reached = {upload.institution.code} if upload.institution else None
    codes = reached or set(Institution.objects.values_list("code", flat=True))
    for row in rows:
        place, unit = row.cells["institution"], row.cells[column]
        if place and place not in codes:
            yield Problem("REGISTRY-101", row.place(upload.name, "institution"), {"unknown": place})
        elif unit and (place, unit) not in units:
            yield Problem("REGISTRY-101", row.place(upload.name, column), {"unknown": unit})


def homeless_loci(round: Round, rows: Sequence[Row], name: str) -> Iterator[Problem]:
    """Loci of institutions that exist but do not take part in the round (REGISTRY-120)."""
    every = {code: cells[TAKES_PART] for (code,), cells in institutions_state(round).items()}
    for row in rows:
        place = row.cells["institution"]
        if row.cells["locus"] and place in every and not every[place]:
            words = {"institution": place, "round": round.code}
            yield Problem("REGISTRY-120", row.place(name, "institution"), words)


def late_loci(plan: Plan, round: Round, name: str) -> Iterator[Problem]:
    """Loci that come or go after the lists were frozen (REGISTRY-113)."""
    for entry in plan.entries:
        came = entry.changes is None and entry.cells["locus"]
        if came or any(change.column == "locus" for change in entry.changes or ()):
            yield frozen(round, entry.row, name, "locus", ("lokus", "the loci"))


def contacts_of_file(round: Round, rows: Sequence[Row], upload: Upload) -> tuple[Plan, list[Problem]]:
    """The contact persons of the file beside those of the same institutions."""
    codes = {row.cells["institution"] for row in rows}
    units = set(units_state(round, codes))
    own = codes if upload.institution is None else codes & {upload.institution.code}
    known: State = contacts_state(own)
    found = list(unknown_places(rows, CONTACTS, "unit", units, upload))
    found += [
        Problem("REGISTRY-114", row.place(upload.name, "phone"), {"name": row.cells["name"]})
        for row in rows
        if not row.cells["phone"] and not row.cells["email"]
    ]
    return planned(rows, table=CONTACTS, known=known, there=known), found


Look = Callable[[Round, Sequence[Row], Upload], tuple[Plan, list[Problem]]]
READ: dict[str, tuple[Look, Writer]] = {
    INSTITUTIONS.name: (institutions_of, institutions_in),
    UNITS.name: (units_of, units_in),
    CONTACTS.name: (contacts_of_file, contacts_in),
}
