"""Institutions that take part in a round, their units, and those listed as loci."""

import csv
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from bening.core.kinds import Place
from bening.core.problems import refuse
from bening.web.registry.models import Institution, Locus, Participant, Round, Unit
from bening.web.registry.steps.audit import record


@transaction.atomic
def list_institutions(*, by: str, round: Round, rows: Iterable[dict[str, str]]) -> int:
    """Enter institutions and let them take part in the round; known codes are kept as they are."""
    count, entered = 0, 0
    for row in rows:
        institution, _ = Institution.objects.get_or_create(
            code=row["code"], defaults={key: row[key] for key in ("name", "kind", "province")}
        )
        _, new = Participant.objects.get_or_create(
            round=round, institution=institution, defaults={"size": row["size"]}
        )
        count, entered = count + 1, entered + new
    if entered:
        record(by=by, verb="list_institutions", on=round.code, detail={"institutions": entered})
    return count


@transaction.atomic
def list_units(*, by: str, round: Round, rows: Iterable[dict[str, str]]) -> int:
    """Enter units, parents before parts, and list as loci those marked `locus` = Y."""
    count, entered = 0, 0
    for number, row in enumerate(rows, 2):
        institution = find_institution(
            row["institution"], Place("units.csv", row=number, column="institution")
        )
        parent = find_unit(institution, row["parent"], Place("units.csv", row=number, column="parent"))
        unit, new = Unit.objects.get_or_create(
            institution=institution,
            code=row["code"],
            defaults={
                "name": row["name"],
                "kind": row["kind"],
                "echelon": int(row["echelon"] or 0),
                "parent": parent,
            },
        )
        if row["locus"] == "Y":
            _, listed = Locus.objects.get_or_create(round=round, unit=unit)
            new = new or listed
        count, entered = count + 1, entered + new
    if entered:
        record(by=by, verb="list_units", on=round.code, detail={"units": entered})
    return count


def find_institution(code: str, place: Place) -> Institution:
    """The institution of a code (REGISTRY-101)."""
    row = Institution.objects.filter(code=code).first()
    if row is None:
        raise refuse("REGISTRY-101", place, unknown=code)
    return row


def find_unit(institution: Institution | None, code: str, place: Place) -> Unit | None:
    """The unit of a code inside its institution, None for an empty code (REGISTRY-101)."""
    if not code:
        return None
    row = Unit.objects.filter(institution=institution, code=code).first()
    if row is None:
        raise refuse("REGISTRY-101", place, unknown=code)
    return row


def rows_of(path: Path) -> list[dict[str, str]]:
    """A CSV file as rows by header."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
