"""The verbs of the registry; every later step calls `record` inside its own transaction."""

import csv
import hashlib
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from bening.core.kinds import Place
from bening.core.problems import refuse
from bening.methods import load
from bening.web.registry.models import Audit, Institution, Locus, Participant, Role, Round, Unit

GENESIS = "0" * 64


@transaction.atomic
def record(*, by: str, verb: str, on: str, detail: dict[str, object] | None = None) -> Audit:
    """Append one row to the audit chain; call it inside the transaction of the step that it records."""
    Audit.objects.select_for_update().get_or_create(
        digest=GENESIS,
        defaults={"at": settings.NOW(), "by": "", "verb": "genesis", "on": "", "previous": ""},
    )  # one fixed row to lock: writers queue here, so the chain cannot fork
    last = Audit.objects.latest("id")
    row = Audit(at=settings.NOW(), by=by, verb=verb, on=on, detail=detail or {}, previous=last.digest)
    row.digest = audit_digest(row)
    row.save()
    return row


def audit_digest(row: Audit) -> str:
    """SHA-256 over the previous digest and this row's words."""
    words = [row.previous, row.at.isoformat(), row.by, row.verb, row.on, row.detail]
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()


def broken_audit() -> list[int]:
    """Ids of rows whose digest or link is wrong; empty when the chain holds."""
    wrong, previous = [], GENESIS
    for row in Audit.objects.exclude(digest=GENESIS).order_by("id"):
        if row.previous != previous or row.digest != audit_digest(row):
            wrong.append(row.id)
        previous = row.digest
    return wrong


@transaction.atomic
def open_round(
    *,
    by: str,
    code: str,
    edition: str,
    profile: str,
    opens: date,
    closes: date,
    reference: date,
    words: dict[str, str],
) -> Round:
    """Open a round; its method must load. Opening it again with the same code changes nothing."""
    load(f"spi-{edition}:{profile}")
    round_, new = Round.objects.get_or_create(
        code=code,
        defaults={
            "edition": edition,
            "profile": profile,
            "opens": opens,
            "closes": closes,
            "reference": reference,
            **words,
        },
    )
    if new:
        record(by=by, verb="open_round", on=code)
    return round_


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


@transaction.atomic
def grant(
    *,
    by: str,
    username: str,
    name: str,
    role: str,
    institution: Institution | None = None,
    unit: Unit | None = None,
) -> User:
    """Give an account a role (REGISTRY-102); a new account is made, without a usable password."""
    known = (*Role.AGENCY, *Role.LOCAL)
    if role not in known:
        raise refuse("REGISTRY-102", role=role, known=", ".join(known))
    user, new = User.objects.get_or_create(username=username, defaults={"first_name": name})
    if new:
        user.set_unusable_password()
        user.save()
    _, granted = Role.objects.get_or_create(user=user, name=role, institution=institution, unit=unit)
    if granted:
        record(by=by, verb="grant", on=username, detail={"role": role})
    return user
