"""Senders: one bucket of tokens a channel, shared by all workers; and who must not be written to."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from bening.core.outreach import admitted, pace, refill, slowed
from bening.crypto import fields
from bening.web.outreach.models import RecipientWindow, Sender, Suppression
from bening.web.registry.models import Round
from bening.web.registry.steps import record

AHEAD = timedelta(minutes=5)  # no worker waits for a lock that long
DAY = timedelta(hours=24)
RECIPIENT = "outreach.recipient"  # what the hash of a recipient is for


@transaction.atomic
def open_sender(*, round: Round, channel: str, rate: float, now: datetime, tier: int = 0) -> Sender:
    """The sender of a channel with its bucket; opening it again adjusts the rate, never the daily limit.

    `tier`: different recipients in a moving day to begin with, 0 = no limit; the provider's news change it.
    """
    sender, _ = Sender.objects.update_or_create(
        round=round,
        channel=channel,
        defaults={"rate": rate, "burst": max(rate, 20.0)},
        create_defaults={"rate": rate, "burst": max(rate, 20.0), "refilled_at": now, "tier": tier},
    )
    return sender


def pause_sender(*, sender: Sender, reason: str) -> None:
    """Stop a sender until a person releases it. The first reason stays: it is what has to be looked at."""
    Sender.objects.filter(pk=sender.pk, paused="").update(paused=reason[:200])


@transaction.atomic
def stop_sender(*, by: str, sender: Sender) -> None:
    """A person stops a sender."""
    pause_sender(sender=sender, reason="operator")
    record(by=by, verb="stop_sender", on=f"{sender.round.code}/{sender.channel}")


@transaction.atomic
def release_sender(*, by: str, sender: Sender, now: datetime) -> None:
    """A person who has looked at the reason lets a sender go on; released twice is released once."""
    row = Sender.objects.select_for_update().get(pk=sender.pk)
    if row.paused:
        Sender.objects.filter(pk=row.pk).update(paused="", faults=0, released_at=now)
        detail: dict[str, object] = {"reason": row.paused}
        record(by=by, verb="release_sender", on=f"{row.round.code}/{row.channel}", detail=detail)


def set_tier(*, channel: str, tier: int) -> None:
    """The provider said how many different people a day may be written to from now on."""
    Sender.objects.filter(channel=channel).update(tier=tier)


def count_fault(*, sender: Sender, most: int, code: str) -> None:
    """One more request of ours that was wrong; too many of them stop the sender."""
    row = Sender.objects.select_for_update().get(pk=sender.pk)
    Sender.objects.filter(pk=row.pk).update(faults=row.faults + 1)
    if row.faults + 1 >= most:
        pause_sender(sender=row, reason=f"our_fault {code}")


def slow_down(*, sender: Sender, now: datetime) -> None:
    """The provider says that it is too fast: half the pace, once for each burst. Call it in a transaction."""
    row = Sender.objects.select_for_update().get(pk=sender.pk)
    slower = slowed(row.rate, row.slow, since(row, now))
    if slower is not None:
        Sender.objects.filter(pk=row.pk).update(slow=slower, slowed_at=now, tokens=0)


def since(row: Sender, now: datetime) -> float:
    """Seconds since the provider slowed this sender down."""
    return max(0.0, (now - row.slowed_at).total_seconds()) if row.slowed_at else 0.0


def take_tokens(*, sender: Sender, wanted: int, now: datetime) -> int:
    """How many messages may go now; call inside a transaction, the row is the lock shared by all workers."""
    row = Sender.objects.select_for_update().get(pk=sender.pk)
    if row.paused:
        return 0
    if row.refilled_at - AHEAD > now:  # the clock was set back, in a demo
        row.refilled_at = now
    rate = pace(row.rate, row.slow, since(row, now))
    # A bucket that was slowed down is smaller too, or its first burst would be too much again.
    burst = row.burst if rate == row.rate else max(1.0, row.burst * rate / row.rate)
    tokens = refill(row.tokens, rate, burst, (now - row.refilled_at).total_seconds())
    granted = min(wanted, int(tokens))
    # A worker that waited for the lock looked at the clock before: no second may fill the bucket twice.
    filled = max(row.refilled_at, now)
    Sender.objects.filter(pk=row.pk).update(tokens=tokens - granted, refilled_at=filled)
    return granted


def admit(*, sender: Sender, recipients: Sequence[bytes], now: datetime) -> int:
    """How many of these, from the first on, may be written to now: by bucket and by daily budget.

    `recipients` are blind indexes of contact points; call inside a transaction. Whoever is admitted counts
    for a day, whatever becomes of the message.
    """
    row = Sender.objects.select_for_update().get(pk=sender.pk)
    if not row.tier:
        return take_tokens(sender=sender, wanted=len(recipients), now=now)
    key = settings.SECRET("index")
    hashes = [fields.blind_index(key, index.hex(), field=RECIPIENT) for index in recipients]
    fits = within_budget(row, hashes, now)
    granted = take_tokens(sender=sender, wanted=fits, now=now)
    rows = [
        RecipientWindow(portfolio=row.channel, recipient=one, opened_at=now)
        for one in sorted(fresh(row, hashes[:granted], now))
    ]
    RecipientWindow.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["portfolio", "recipient"], update_fields=["opened_at"]
    )
    return granted


def within_budget(row: Sender, hashes: Sequence[bytes], now: datetime) -> int:
    """How many from the first on fit into what the moving day has left."""
    running = RecipientWindow.objects.filter(portfolio=row.channel, opened_at__gt=now - DAY)
    left, new = admitted(row.tier, running.count()), fresh(row, hashes, now)
    seen: set[bytes] = set()
    for place, one in enumerate(hashes):
        if one in new and one not in seen:
            if left < 1:
                return place
            left -= 1
            seen.add(one)
    return len(hashes)


def fresh(row: Sender, hashes: Sequence[bytes], now: datetime) -> set[bytes]:
    """Those whom nobody has written to within a day."""
    running = RecipientWindow.objects.filter(
        portfolio=row.channel, opened_at__gt=now - DAY, recipient__in=list(hashes)
    )
    return set(hashes) - {bytes(one) for one in running.values_list("recipient", flat=True)}


def close_windows(*, now: datetime) -> int:
    """Delete who was written to more than a day ago; the janitor's."""
    return RecipientWindow.objects.filter(opened_at__lte=now - DAY).delete()[0]


def suppressed(indexes: Iterable[bytes]) -> set[bytes]:
    """Which of these contact points must not be written to."""
    return {bytes(row.index) for row in Suppression.objects.filter(index__in=list(indexes))}


@transaction.atomic
def lift(*, indexes: Iterable[bytes], source: str) -> int:
    """Take back stops, but only those that came from the same source; how many there were."""
    return Suppression.objects.filter(index__in=list(indexes), source=source).delete()[0]
