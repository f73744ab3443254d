"""A unit corrected by hand, and the services it gives."""

from collections.abc import Mapping

from django.db import transaction

from bening.core.kinds import Place, Problem
from bening.core.problems import Refused, refuse
from bening.web.registry.models import Service, Unit
from bening.web.registry.steps.audit import record
from bening.web.registry.steps.loci import place_of
from bening.web.registry.steps.plans import Key, circle_of
from bening.web.registry.steps.sheets import Cells, clean, read_cell
from bening.web.registry.steps.tables import NAME, UNITS, Table

EDITED = ("name", "kind", "echelon", "parent")


@transaction.atomic
def change_unit(*, by: str, unit: Unit, cells: Mapping[str, str]) -> bool:
    """Correct name, kind, echelon or parent, which may happen at any time; the trail keeps old and new.

    Wrong cells are refused with their column as the place (REGISTRY-101, 107, 109, 111, 112).
    """
    unit = (
        Unit.objects.select_for_update(of=("self",)).select_related("institution", "parent").get(pk=unit.pk)
    )
    new = read_cells(UNITS, {column: cells[column] for column in EDITED})
    parent = parent_of(unit, new["parent"])
    old = {
        "name": unit.name, "kind": unit.kind, "echelon": str(unit.echelon),
        "parent": unit.parent.code if unit.parent else "",
    }  # fmt: skip
    changed = [[column, old[column], new[column]] for column in EDITED if old[column] != new[column]]
    if changed:
        unit.name, unit.kind, unit.echelon = new["name"], new["kind"], int(new["echelon"])
        unit.parent = parent
        unit.save(update_fields=[*EDITED])
        record(by=by, verb="change_unit", on=place_of(unit), detail={"changed": changed})
    return bool(changed)


def read_cells(table: Table, cells: Mapping[str, str]) -> Cells:
    """What somebody typed, by the rules of the file; refuses with each column as the place."""
    found: dict[str, str | Problem] = {
        heading.header: read_cell(heading, clean(cells[heading.header]), Place(column=heading.header))
        for heading in table.headings
        if heading.header in cells
    }
    wrong = [value for value in found.values() if isinstance(value, Problem)]
    if wrong:
        raise Refused(*wrong)
    return {header: str(value) for header, value in found.items()}


def parent_of(unit: Unit, code: str) -> Unit | None:
    """The unit above, refused if there is none of that code or if it would stand below itself."""
    if not code:
        return None
    here = Place(column="parent")
    parent = Unit.objects.filter(institution=unit.institution, code=code).first()
    if parent is None:
        raise refuse("REGISTRY-101", here, unknown=code)
    known = Unit.objects.filter(institution=unit.institution).values_list("code", "parent__code")
    upward: dict[Key, str] = {(unit.institution.code, one): above or "" for one, above in known}
    upward[unit.institution.code, unit.code] = code
    if circle := circle_of((unit.institution.code, unit.code), upward):
        raise refuse("REGISTRY-111", here, circle=" → ".join(circle))
    return parent


@transaction.atomic
def keep_service(*, by: str, unit: Unit, name: str, is_online: bool) -> Service:
    """Enter a service, or say anew whether it can be had online."""
    kept = read_cells(Table("services", (NAME,), ("name",)), {"name": name})["name"]
    row, new = Service.objects.get_or_create(unit=unit, name=kept, defaults={"is_online": is_online})
    if new or row.is_online != is_online:
        row.is_online = is_online
        row.save(update_fields=["is_online"])
        detail: dict[str, object] = {"service": kept, "is_online": is_online}
        record(by=by, verb="keep_service", on=place_of(unit), detail=detail)
    return row


@transaction.atomic
def drop_service(*, by: str, service: Service) -> None:
    """A service that is given no more."""
    record(by=by, verb="drop_service", on=place_of(service.unit), detail={"service": service.name})
    service.delete()
