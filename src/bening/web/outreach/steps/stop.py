"""Whoever says stop gets nothing more: not by this channel, not in the next round."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from bening.web.outreach.models import Suppression


@transaction.atomic
def suppress(*, indexes: Iterable[bytes], reason: str, source: str, day: date) -> int:
    """Stop every message to these contact points (blind indexes); how many were not stopped before.

    No audit row: it would tell when somebody said stop. The day stands in the row itself.
    """
    wanted = {bytes(index) for index in indexes}
    known = {bytes(row.index) for row in Suppression.objects.filter(index__in=wanted)}
    rows = [
        Suppression(index=index, reason=reason, source=source, day=day) for index in sorted(wanted - known)
    ]
    Suppression.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
