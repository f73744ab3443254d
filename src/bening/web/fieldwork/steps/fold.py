"""Pull our own reports out of the webhook inbox, and put right what a crash left behind."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from bening.core.kinds import Attempted, DeliveryState, Event
from bening.core.outreach import merge, shown
from bening.web.fieldwork.models import Attempt, Delivery
from bening.web.fieldwork.steps.hear import heed_notices, heed_people
from bening.web.outreach.channels import CHANNELS, read
from bening.web.outreach.models import WebhookRaw
from bening.web.outreach.steps import close_windows, mark_failed, mark_folded, store, unfolded, waiting

LIMIT = 200
GRACE = timedelta(minutes=30)  # how long an unknown outcome waits for a report
HEARTBEAT = timedelta(minutes=5)  # without a report of any message for so long the inbox may be deaf
DEAF = timedelta(hours=1)  # and an unknown outcome waits for so long
BEHIND = timedelta(minutes=1)  # reports that wait for longer may hold the answer
REPORTED = ("sent", "delivered", "failed")
LIFE = timedelta(hours=13)  # the provider gives up after 12 hours; one more for its report
UNREADABLE = (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)


@transaction.atomic
def fold(*, now: datetime) -> int:
    """Understand a batch of reports; how many were taken from the inbox."""
    rows = unfolded(LIMIT)
    found: list[Event] = []
    understood = []
    for row in rows:
        try:
            events = read(row.channel, bytes(row.body))
            # A report without a time of its own happened when it came in.
            found += [replace(e, at=row.received_at) if not e.at.timestamp() else e for e in events]
            understood.append(row)
        except UNREADABLE as error:
            mark_failed(row=row, error=type(error).__name__)
    apply([event for event in found if event.status in REPORTED])
    heed_people(with_keys([event for event in found if event.status in ("reply", "stop")]), now)
    heed_notices([event for event in found if event.status == "notice"])
    mark_folded(rows=understood, now=now)
    return len(rows)


def split(key: str | None) -> tuple[str, int]:
    """Our key as the provider echoes it: delivery key and attempt."""
    parts = (key or "").split(":")
    return (parts[1], int(parts[2])) if len(parts) == 3 and parts[2].isdigit() else ("", 0)


def apply(found: Iterable[Event]) -> None:
    """Merge reports into their attempts and show the result on the deliveries."""
    named = [(*split(event.key), event) for event in with_keys(found)]
    keys = {key for key, _, _ in named if key}
    locked = Delivery.objects.filter(key__in=keys).order_by("id").select_for_update()
    deliveries = {row.key: row for row in locked}
    tries = Attempt.objects.filter(delivery__key__in=keys).select_related("delivery")
    attempts = {(a.delivery.key, a.n): a for a in tries}
    for key, n, event in named:
        if attempt := attempts.get((key, n)):
            take(attempt, event)
            if event.provider_id and not deliveries[key].provider_id:
                deliveries[key].provider_id = event.provider_id
    of: dict[str, list[Attempt]] = defaultdict(list)
    for key, n in sorted(attempts):
        of[key].append(attempts[key, n])
    for key, row in deliveries.items():
        show(row, of[key])
    store(rows=list(attempts.values()), fields=["status", "status_at", "code"])
    store(
        rows=list(deliveries.values()),
        fields=["state", "provider_id", "code", "kind", "possible_duplicate", "lease_until"],
    )


def with_keys(found: Iterable[Event]) -> list[Event]:
    """Reports that came without our key get it by the provider's id, never by phone."""
    found = list(found)
    ids = {event.provider_id for event in found if event.key is None and event.provider_id}
    rows = Delivery.objects.filter(provider_id__in=ids).values_list("provider_id", "key", "attempts")
    keys = {provider_id: f"d:{key}:{n}" for provider_id, key, n in rows}
    return [replace(e, key=keys.get(e.provider_id)) if e.key is None else e for e in found]


def take(attempt: Attempt, event: Event) -> None:
    """Merge one report into its attempt."""
    known = Attempted(attempt.status, attempt.status_at, attempt.code) if attempt.status_at else None
    merged = merge(known, Attempted(event.status, event.at, event.code or ""))
    attempt.status, attempt.status_at, attempt.code = merged.status, merged.at, merged.code


def show(row: Delivery, attempts: list[Attempt]) -> None:
    """The delivery shows its attempts: a report about the latest settles it, also while it is queued again.

    Nothing but delivery is settled by an earlier attempt while a later one is on its way.
    """
    went = [a for a in attempts if a.status_at or a.outcome != "rejected"]
    reports = [Attempted(a.status, a.status_at, a.code) for a in went if a.status_at]
    if not reports:
        return
    state, twice = shown(reports)
    row.possible_duplicate = row.possible_duplicate or twice
    if went[-1].status_at is None and state != DeliveryState.DELIVERED:
        return
    row.state, row.lease_until = state, None
    if state == DeliveryState.FAILED:
        row.code = went[-1].code
        row.kind = CHANNELS[row.channel].module.codes.kind_of(row.code)


@transaction.atomic
def tidy(*, now: datetime) -> int:
    """Expired leases return to the queue, expired sends become unknown, what came too late is let go."""
    late = Delivery.objects.filter(lease_until__lt=now)
    moved = late.filter(state=DeliveryState.LEASED).update(
        state=DeliveryState.QUEUED, lease_owner="", lease_until=None
    )
    moved += late.filter(state=DeliveryState.SENDING).update(
        state=DeliveryState.UNKNOWN, lease_owner="", lease_until=None
    )
    moved += Delivery.objects.filter(state=DeliveryState.QUEUED, not_after__lte=now).update(
        state=DeliveryState.EXPIRED
    )
    reporting = [name for name, row in CHANNELS.items() if row.reports]
    taken = Delivery.objects.filter(
        state__in=(DeliveryState.ACCEPTED, DeliveryState.HELD, DeliveryState.SENT), channel__in=reporting
    )
    recent = Attempt.objects.filter(started_at__gt=now - LIFE, status_at__isnull=False).values("delivery")
    moved += taken.exclude(id__in=recent).update(state=DeliveryState.EXPIRED)
    close_windows(now=now)
    return moved + requeue_unknown(now)


def requeue_unknown(now: datetime) -> int:
    """Invitations whose outcome nobody reported: once more, marked, because none harms more than two.

    Silence proves little while reports wait to be understood, or while the inbox hears nothing at all.
    """
    if waiting().filter(received_at__lt=now - BEHIND).exists():
        return 0
    heard = WebhookRaw.objects.filter(received_at__gt=now - HEARTBEAT).exists()
    spoken = Attempt.objects.filter(started_at__gt=now - (GRACE if heard else DEAF)).values("delivery")
    rows = Delivery.objects.filter(
        state=DeliveryState.UNKNOWN, step="invite", possible_duplicate=False, not_after__gt=now
    )
    return rows.exclude(id__in=spoken).update(state=DeliveryState.QUEUED, possible_duplicate=True)
