"""The writes of an import: what a plan says, in a handful of queries however long the file is."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bening.web.registry.models import ContactPerson, Institution, Locus, Participant, Round, Unit
from bening.web.registry.steps.loci import settle
from bening.web.registry.steps.plans import Entry, Key, Plan
from bening.web.registry.steps.tables import moment

Writer = Callable[[str, Round, Plan], None]
BATCH = 2000


def institutions_in(by: str, round: Round, plan: Plan) -> None:
    """New and corrected institutions, and their part in the round."""
    facts = ("name", "kind", "province")
    Institution.objects.bulk_create(
        (Institution(code=e.cells["code"], **{fact: e.cells[fact] for fact in facts}) for e in plan.new),
        batch_size=BATCH,
    )
    touched = {entry.cells["code"]: entry for entry in (*plan.new, *plan.changed)}
    rows = {row.code: row for row in Institution.objects.filter(code__in=touched)}
    for entry in plan.changed:
        for fact in facts:
            setattr(rows[entry.cells["code"]], fact, entry.cells[fact])
    Institution.objects.bulk_update([rows[e.cells["code"]] for e in plan.changed], facts, batch_size=BATCH)
    Participant.objects.bulk_create(
        (
            Participant(round=round, institution=rows[code], size=entry.cells["size"])
            for code, entry in touched.items()
        ),
        update_conflicts=True, unique_fields=["round", "institution"], update_fields=["size"],
        batch_size=BATCH,
    )  # fmt: skip


def units_in(by: str, round: Round, plan: Plan) -> None:
    """New and corrected units, parents before their parts, and the loci of the round."""
    codes = {entry.key[0] for entry in plan.entries}
    places = {row.code: row for row in Institution.objects.filter(code__in=codes)}
    rows = units_by_key(codes)
    for level in levels(plan.new, rows):
        made = [Unit(institution=places[e.key[0]], code=e.key[1], **facts(e, rows)) for e in level]
        Unit.objects.bulk_create(made, batch_size=BATCH)
        rows |= {entry.key: unit for entry, unit in zip(level, made, strict=True)}
    for entry in plan.changed:
        for fact, value in facts(entry, rows).items():
            setattr(rows[entry.key], fact, value)
    changed = [rows[entry.key] for entry in plan.changed]
    Unit.objects.bulk_update(changed, ["name", "kind", "echelon", "parent"], batch_size=BATCH)
    listed(by, round, plan, rows)


def units_by_key(codes: Iterable[str]) -> dict[Key, Unit]:
    """The units of these institutions by institution and code."""
    units = Unit.objects.filter(institution__code__in=list(codes)).select_related("institution")
    return {(unit.institution.code, unit.code): unit for unit in units}


def facts(entry: Entry, rows: Mapping[Key, Unit]) -> dict[str, object]:
    """What a row says of its unit."""
    cells = entry.cells
    parent = rows[entry.key[0], cells["parent"]] if cells["parent"] else None
    return {
        "name": cells["name"], "kind": cells["kind"], "echelon": int(cells["echelon"]), "parent": parent,
    }  # fmt: skip


def levels(entries: Sequence[Entry], rows: Mapping[Key, Unit]) -> list[list[Entry]]:
    """New units in an order in which every parent is there before its parts."""
    there, waiting, made = set(rows), list(entries), []
    while waiting:
        ready = [e for e in waiting if not e.cells["parent"] or (e.key[0], e.cells["parent"]) in there]
        there |= {entry.key for entry in ready}
        waiting = [entry for entry in waiting if entry.key not in there]
        made.append(ready)
    return made


def listed(by: str, round: Round, plan: Plan, rows: Mapping[Key, Unit]) -> None:
    """The loci that come and go, and with them the answers to proposals about them."""
    turned = [e for e in plan.changed if any(change.column == "locus" for change in e.changes or ())]
    come = [rows[e.key] for e in (*plan.new, *turned) if e.cells["locus"]]
    gone = [rows[e.key] for e in turned if not e.cells["locus"]]
    Locus.objects.bulk_create((Locus(round=round, unit=unit) for unit in come), batch_size=BATCH)
    Locus.objects.filter(round=round, unit__in=gone).delete()
    settle(round=round, units=come, listed=True)
    settle(round=round, units=gone, listed=False)


def contacts_in(by: str, round: Round, plan: Plan) -> None:
    """New and corrected contact persons."""
    codes = {entry.key[0] for entry in plan.entries}
    places = {row.code: row for row in Institution.objects.filter(code__in=codes)}
    units = units_by_key(codes)
    people = ContactPerson.objects.filter(institution__code__in=codes).select_related("institution", "unit")
    known: dict[Key, ContactPerson] = {
        (row.institution.code, row.unit.code if row.unit else "", row.name): row for row in people
    }
    for entry in (*plan.new, *plan.changed):
        institution, unit, name = entry.key
        person = known.setdefault(
            entry.key,
            ContactPerson(institution=places[institution], unit=units.get((institution, unit)), name=name),
        )
        person.post, person.phone, person.email = (entry.cells[c] for c in ("post", "phone", "email"))
        person.since = moment(entry.cells["since"])
    ContactPerson.objects.bulk_create((known[entry.key] for entry in plan.new), batch_size=BATCH)
    changed = [known[entry.key] for entry in plan.changed]
    ContactPerson.objects.bulk_update(changed, ["post", "phone", "email", "since"], batch_size=BATCH)
