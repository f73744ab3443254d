"""The verbs of outreach: senders, the webhook inbox, suppressions."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction  # noqa: TID251  raw SQL in `store` alone
from django.db.models import Model, QuerySet

from bening.web.outreach.models import Sender, Suppression, WebhookRaw
from bening.web.registry.models import Round

WEBHOOK_TRIES = 5
AHEAD = timedelta(minutes=5)  # no worker waits for a lock that long


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


@transaction.atomic
def open_sender(*, round: Round, channel: str, rate: float, now: datetime) -> Sender:
    """The sender of a channel with its bucket; opening it again adjusts the rate."""
    sender, _ = Sender.objects.update_or_create(
        round=round,
        channel=channel,
        defaults={"rate": rate, "burst": max(rate, 20.0)},
        create_defaults={"rate": rate, "burst": max(rate, 20.0), "refilled_at": now},
    )
    return sender


def pause_sender(*, sender: Sender, reason: str) -> None:
    """Stop a sender until a person releases it."""
    Sender.objects.filter(pk=sender.pk).update(paused=reason[:200])


def take_tokens(*, sender: Sender, wanted: int, now: datetime) -> int:
    """How many messages may go now; call inside a transaction, the row is the lock shared by all workers."""
    row = Sender.objects.select_for_update().get(pk=sender.pk)
    if row.paused:
        return 0
    if row.refilled_at - AHEAD > now:  # the clock was set back, in a demo
        row.refilled_at = now
    passed = max(0.0, (now - row.refilled_at).total_seconds())
    tokens = min(row.burst, row.tokens + row.rate * passed)
    granted = min(wanted, int(tokens))
    # A worker that waited for the lock looked at the clock before: no second may fill the bucket twice.
    filled = max(row.refilled_at, now)
    Sender.objects.filter(pk=row.pk).update(tokens=tokens - granted, refilled_at=filled)
    return granted


def suppressed(indexes: Iterable[bytes]) -> set[bytes]:
    """Which of these contact points must not be written to."""
    return {bytes(row.index) for row in Suppression.objects.filter(index__in=list(indexes))}


def store(*, rows: Sequence[Model], fields: Sequence[str]) -> None:
    """Write these fields of rows that the caller has locked: one statement a row, all in one round trip.

    Django's `bulk_update` builds a CASE over all rows for every field, which took most of a worker's time.
    """
    if not rows:
        return
    meta = rows[0]._meta
    columns = [column for column in meta.concrete_fields if column.name in fields]
    changes = ", ".join(f'"{column.column}" = %s' for column in columns)
    statement = f'UPDATE "{meta.db_table}" SET {changes} WHERE "id" = %s'  # noqa: S608  names of our own models
    values = [
        [*(column.get_db_prep_save(getattr(row, column.attname), connection) for column in columns), row.pk]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
