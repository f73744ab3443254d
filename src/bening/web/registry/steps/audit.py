"""The audit trail: every step of the house appends one row to a chain of digests."""

import hashlib
import json

from django.conf import settings
from django.db import transaction

from bening.web.registry.models import Audit

GENESIS = "0" * 64


@transaction.atomic
def record(
    *, by: str, verb: str, on: str, detail: dict[str, object] | None = None, to_the_day: bool = False
) -> Audit:
    """Append one row to the audit chain; call it inside the transaction of the step that it records.

    `to_the_day` leaves the time out, where it would tell who of the few that asked then it was about.
    """
    at = settings.NOW()
    if to_the_day:
        at = at.replace(hour=0, minute=0, second=0, microsecond=0)
    Audit.objects.select_for_update().get_or_create(
        digest=GENESIS,
        defaults={"at": settings.NOW(), "by": "", "verb": "genesis", "on": "", "previous": ""},
    )  # one fixed row to lock: writers queue here, so the chain cannot fork
    last = Audit.objects.latest("id")
    row = Audit(at=at, by=by, verb=verb, on=on, detail=detail or {}, previous=last.digest)
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
