"""Senders: one bucket of tokens a channel, shared by all workers; and who must not be written to."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from bening.web.outreach.models import Sender, Suppression
from bening.web.registry.models import Round

AHEAD = timedelta(minutes=5)  # no worker waits for a lock that long


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
