"""What the register holds now, as the files of the register would say it."""

from collections.abc import Iterable

from bening.web.registry.models import Audit, ContactPerson, Institution, Locus, Participant, Round, Unit
from bening.web.registry.steps.plans import Key
from bening.web.registry.steps.sheets import Cells, sheet_of
from bening.web.registry.steps.tables import CONTACTS, INSTITUTIONS, UNITS

TAKES_PART = "takes_part"  # no column of a file: whoever stands in it takes part


def lists_frozen(round: Round) -> bool:
    """Whether the lists of the round are frozen: what its strata stand on must not move any more.

    The trail says so, because an earlier room does not look into a later one.
    """
    return Audit.objects.filter(verb="freeze_frame", on=round.code).exists()


def institutions_state(round: Round) -> dict[Key, Cells]:
    """Every institution, with its size class in the round and whether it takes part. Two queries."""
    sizes = dict(Participant.objects.filter(round=round).values_list("institution_id", "size"))
    return {
        (row.code,): {
            "code": row.code, "name": row.name, "kind": row.kind, "province": row.province,
            "size": sizes.get(row.pk, ""), TAKES_PART: "Y" if row.pk in sizes else "",
        }
        for row in Institution.objects.all()
    }  # fmt: skip


def units_state(round: Round, institutions: Iterable[str] | None = None) -> dict[Key, Cells]:
    """The units of these institutions (of all), and whether each is a locus of the round. Two queries."""
    loci = set(Locus.objects.filter(round=round).values_list("unit_id", flat=True))
    units = Unit.objects.filter(**only(institutions)).order_by("institution__code", "code")
    rows = units.values_list("id", "institution__code", "code", "name", "kind", "echelon", "parent__code")
    return {
        (place, code): {
            "institution": place, "code": code, "name": name, "kind": kind, "echelon": str(echelon),
            "parent": parent or "", "locus": "Y" if pk in loci else "",
        }
        for pk, place, code, name, kind, echelon, parent in rows
    }  # fmt: skip


def contacts_state(institutions: Iterable[str] | None = None) -> dict[Key, Cells]:
    """The contact persons of these institutions (of all). One query."""
    people = ContactPerson.objects.filter(**only(institutions)).select_related("institution", "unit")
    return {
        (row.institution.code, row.unit.code if row.unit else "", row.name): contact_cells(row)
        for row in people
    }


def contact_cells(row: ContactPerson) -> Cells:
    """A contact person as a file says it."""
    return {
        "institution": row.institution.code, "unit": row.unit.code if row.unit else "", "name": row.name,
        "post": row.post, "phone": row.phone, "email": row.email,
        "since": row.since.isoformat() if row.since else "",
    }  # fmt: skip


def only(codes: Iterable[str] | None) -> dict[str, list[str]]:
    """The condition that rows are of these institutions; none for all of them."""
    return {} if codes is None else {"institution__code__in": list(codes)}


def export(*, table: str, round: Round, institution: Institution | None = None) -> bytes:
    """A file of the register that changes nothing when it is imported again."""
    codes = [institution.code] if institution else None
    if table == UNITS.name:
        return sheet_of(UNITS, units_state(round, codes).values())
    if table == CONTACTS.name:
        return sheet_of(CONTACTS, contacts_state(codes).values())
    every = institutions_state(round).values()
    taking_part = [cells for cells in every if cells[TAKES_PART]]
    return sheet_of(INSTITUTIONS, [c for c in taking_part if codes is None or c["code"] in codes])
