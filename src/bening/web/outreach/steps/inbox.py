"""The webhook inbox: stored as it came, understood later, blanked once it was."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.db.models import QuerySet

from bening.web.outreach.models import WebhookRaw

WEBHOOK_TRIES = 5


def store_webhook(*, channel: str, body: bytes, now: datetime) -> None:
    """Keep a report as it came; the same bytes twice are stored once."""
    WebhookRaw.objects.bulk_create(
        [WebhookRaw(sha256=sha256(body).hexdigest(), channel=channel, received_at=now, body=body)],
        ignore_conflicts=True,
    )


def waiting() -> QuerySet[WebhookRaw]:
    """Reports nobody has understood yet, oldest first; those that failed too often wait for a person."""
    return WebhookRaw.objects.filter(folded_at=None, tries__lt=WEBHOOK_TRIES).order_by("id")


def unfolded(limit: int) -> list[WebhookRaw]:
    """The next reports to understand, locked; call inside a transaction."""
    return list(waiting().select_for_update(skip_locked=True)[:limit])


def mark_folded(*, rows: Iterable[WebhookRaw], now: datetime) -> None:
    """Blank understood reports: they hold phone numbers, the digest is enough against duplicates."""
    WebhookRaw.objects.filter(pk__in=[row.pk for row in rows]).update(folded_at=now, body=b"")


def mark_failed(*, row: WebhookRaw, error: str) -> None:
    """Count a report that could not be understood."""
    WebhookRaw.objects.filter(pk=row.pk).update(tries=row.tries + 1, error=error[:200])


def spoiled() -> QuerySet[WebhookRaw]:
    """Reports that failed too often: dead letters for a person."""
    return WebhookRaw.objects.filter(folded_at=None, tries__gte=WEBHOOK_TRIES).order_by("id")
