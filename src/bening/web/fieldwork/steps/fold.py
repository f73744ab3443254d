"""Pull our own reports out of the webhook inbox, and put right what a crash left behind."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from bening.core.kinds import Attempted, DeliveryState, Event
from bening.core.outreach import merge, shown
from bening.web.fieldwork.models import Attempt, Delivery
from bening.web.outreach.channels.whatsapp.events import events
from bening.web.outreach.models import WebhookRaw
from bening.web.outreach.steps import mark_failed, mark_folded, unfolded

LIMIT = 200
GRACE = timedelta(minutes=30)       # how long an unknown outcome waits for a report
HEARTBEAT = timedelta(minutes=5)    # and no shorter than this after the last report of anybody


@transaction.atomic
def fold(*, now: datetime) -> int:
    """Understand a batch of reports; how many were taken from the inbox."""
    rows = unfolded(LIMIT)
    found: list[Event] = []
    understood = []
    for row in rows:
        try:
            found += events(bytes(row.body))
            understood.append(row)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            mark_failed(row=row, error=type(error).__name__)
    apply([event for event in found if event.status != "reply"])
    mark_folded(rows=understood, now=now)
    return len(rows)


def split(key: str | None) -> tuple[str, int]:
    """Our key as the provider echoes it: delivery key and attempt."""
    parts = (key or "").split(":")
    return (parts[1], int(parts[2])) if len(parts) == 3 and parts[2].isdigit() else ("", 0)


def apply(found: Iterable[Event]) -> None:
    """Merge reports into their attempts and show the result on the deliveries."""
    named = [(*split(event.key), event) for event in found]
    keys = {key for key, _, _ in named if key}
    deliveries = {row.key: row for row in Delivery.objects.filter(key__in=keys).select_for_update()}
    attempts = {(a.delivery.key, a.n): a for a in Attempt.objects.filter(delivery__key__in=keys).select_related("delivery")}
    for key, n, event in named:
        if attempt := attempts.get((key, n)):
            take(attempt, event)
            if event.provider_id and not deliveries[key].provider_id:
                deliveries[key].provider_id = event.provider_id
    for key, row in deliveries.items():
        show(row, [attempts[k] for k in sorted(attempts) if k[0] == key])
    Attempt.objects.bulk_update(attempts.values(), ["status", "status_at", "code"])
    Delivery.objects.bulk_update(deliveries.values(), ["state", "provider_id", "code", "possible_duplicate", "lease_until"])


def take(attempt: Attempt, event: Event) -> None:
    """Merge one report into its attempt."""
    known = Attempted(attempt.status, attempt.status_at, attempt.code) if attempt.status_at else None
    merged = merge(known, Attempted(event.status, event.at, event.code or ""))
    attempt.status, attempt.status_at, attempt.code = merged.status, merged.at, merged.code


def show(row: Delivery, attempts: list[Attempt]) -> None:
    """The delivery shows its attempts; rows that are queued for another try stay queued unless one was delivered."""
    reports = [Attempted(a.status, a.status_at, a.code) for a in attempts if a.status_at]
    if not reports:
        return
    state, twice = shown(reports)
    row.possible_duplicate = row.possible_duplicate or twice
    if row.state in (DeliveryState.QUEUED, DeliveryState.LEASED) and state != DeliveryState.DELIVERED:
        return
    row.state, row.lease_until = state, None
    if state == DeliveryState.FAILED:
        row.code = attempts[-1].code


@transaction.atomic
def tidy(*, now: datetime) -> int:
    """Expired leases go back into the queue, expired sends become unknown, unknown ones are repeated once after grace."""
    late = Delivery.objects.filter(lease_until__lt=now)
    moved = late.filter(state=DeliveryState.LEASED).update(
        state=DeliveryState.QUEUED, lease_owner="", lease_until=None
    )
    moved += late.filter(state=DeliveryState.SENDING).update(
        state=DeliveryState.UNKNOWN, lease_owner="", lease_until=None
    )
    return moved + requeue_unknown(now)


def requeue_unknown(now: datetime) -> int:
    """Invitations whose outcome nobody reported: once more, marked, because none harms more than two."""
    if WebhookRaw.objects.filter(received_at__gt=now - HEARTBEAT).exists() or WebhookRaw.objects.filter(
        folded_at=None
    ).exists():
        return 0
    silent = Attempt.objects.filter(started_at__lt=now - GRACE, status_at=None).values("delivery")
    rows = Delivery.objects.filter(state=DeliveryState.UNKNOWN, step="invite", id__in=silent, possible_duplicate=False)
    return rows.update(state=DeliveryState.QUEUED, possible_duplicate=True)
