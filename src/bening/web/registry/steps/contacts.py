"""Contact persons: whom to call about an institution or unit. The trail names cells, not what is in them."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet

from bening.core.kinds import Place, Problem
from bening.core.problems import Refused
from bening.web.registry.models import ContactPerson, Institution, Unit
from bening.web.registry.steps.audit import record
from bening.web.registry.steps.loci import place_of
from bening.web.registry.steps.states import contact_cells
from bening.web.registry.steps.tables import CONTACTS, moment
from bening.web.registry.steps.units import read_cells

ASKED = ("name", "post", "phone", "email", "since")


def contacts_of(institution: Institution) -> QuerySet[ContactPerson]:
    """The contact persons of an institution, those of the whole of it first; units come with them."""
    return ContactPerson.objects.filter(institution=institution).select_related("institution", "unit")


@transaction.atomic
def keep_contact(
    *,
    by: str,
    institution: Institution,
    unit: Unit | None,
    cells: Mapping[str, str],
    person: ContactPerson | None = None,
) -> ContactPerson:
    """Enter a contact person, or correct one (REGISTRY-107, 112, 114 to 117, 123)."""
    new = read_cells(CONTACTS, {column: cells[column] for column in ASKED})
    refuse_wrong(institution, unit, new, person)
    row = person or ContactPerson(institution=institution, unit=unit)
    old = contact_cells(row)
    changed = [column for column in ASKED if old[column] != new[column]]
    if changed:
        row.name, row.post, row.phone, row.email = (new[column] for column in ASKED[:-1])
        row.since = moment(new["since"])
        row.save()
        on = place_of(unit) if unit else institution.code
        record(by=by, verb="keep_contact", on=on, detail={"contact": row.pk, "changed": changed})
    return row


def refuse_wrong(
    institution: Institution, unit: Unit | None, cells: Mapping[str, str], person: ContactPerson | None
) -> None:
    """Somebody who cannot be reached, or who is listed for this place already."""
    if not cells["phone"] and not cells["email"]:
        raise Refused(Problem("REGISTRY-114", Place(column="phone"), {"name": cells["name"]}))
    others = ContactPerson.objects.filter(institution=institution, unit=unit, name=cells["name"])
    if others.exclude(pk=person.pk if person else 0).exists():
        raise Refused(Problem("REGISTRY-123", Place(column="name"), {"name": cells["name"]}))


@transaction.atomic
def drop_contact(*, by: str, person: ContactPerson) -> None:
    """Somebody who is the contact person no more; nothing of them is kept."""
    on = place_of(person.unit) if person.unit else person.institution.code
    record(by=by, verb="drop_contact", on=on, detail={"contact": person.pk})
    person.delete()
