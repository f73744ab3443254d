"""Claim, commit, post, record: at most one effective message a person, wave and channel."""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from bening.core.kinds import Attempted, DeliveryState
from bening.core.outreach import again_after, back_off, for_everybody, merge, open_windows
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.models import Attempt, Delivery
from bening.web.fieldwork.steps.words import codes_of, fixed_words, message, ways
from bening.web.frame import steps as frame
from bening.web.outreach.channels import CHANNELS
from bening.web.outreach.channels.base import (
    Accepted,
    Message,
    NotSent,
    Outcome,
    Rejected,
    Throttled,
    Unknown,
)
from bening.web.outreach.models import Sender
from bening.web.outreach.steps import (
    admit,
    calendar,
    count_fault,
    pause_sender,
    slow_down,
    store,
    suppressed,
)
from bening.web.registry.models import Round

OWNER = str(uuid.uuid4())  # fresh for every process: a late answer of a former life fails its fence
LEASE = timedelta(seconds=120)
BLOCK = 40
FAULTS = 5  # requests of our own making that the provider refused, before the sender stops
PAUSING = ("stop_channel", "stop_template")
Line = Callable[[Message], Outcome]


def lines() -> dict[str, Line]:
    """An open line for every channel of this installation that the worker serves."""
    found = {}
    for name, row in CHANNELS.items():
        account = None if row.by_hand else row.module.settings.configured()
        if account is not None:
            found[name] = row.module.send.line(account)
    return found


def turn(*, lines: Mapping[str, Line], pool: ThreadPoolExecutor) -> int:
    """Send one block of every sender that has one; how many messages went out. 0 = nothing to do."""
    senders = Sender.objects.filter(paused="", channel__in=list(lines)).select_related("round")
    return sum(block(sender, lines[sender.channel], pool) for sender in senders.order_by("id"))


def block(sender: Sender, line: Line, pool: ThreadPoolExecutor) -> int:
    """One block of one sender, from the claim to its outcomes on record."""
    claimed = claim(sender, settings.NOW())
    if not claimed:
        return 0
    messages = prepare(sender.round, claimed, settings.NOW())
    outcomes = list(pool.map(lambda pair: line(pair[1]), messages))
    results = [(row, outcome) for (row, _), outcome in zip(messages, outcomes, strict=True)]
    write_down(sender, results, settings.NOW())
    return len(messages)


@transaction.atomic
def claim(sender: Sender, now: datetime) -> list[Delivery]:
    """Lease a block of due rows, as many as bucket, daily budget and hours allow; who said stop leaves."""
    rows = Delivery.objects.filter(
        wave__round=sender.round,
        channel=sender.channel,
        state=DeliveryState.QUEUED,
        due_at__lte=now,
        not_after__gt=now,
        window__in=open_windows(now, calendar()),
    )
    due = list(
        rows.select_related("point")
        .order_by("due_at", "id")
        .select_for_update(skip_locked=True, of=("self",))[:BLOCK]
    )
    recipients = [bytes(row.point.index) if row.point else b"" for row in due]
    granted = admit(sender=sender, recipients=recipients, now=now)  # only what is due leaves the bucket
    ids = [row.id for row in due[:granted]]
    Delivery.objects.filter(id__in=ids).update(
        state=DeliveryState.LEASED, lease_owner=OWNER, lease_until=now + LEASE
    )
    shut_out(ids)
    return list(ours(ids).order_by("id"))


def ours(ids: Collection[int]) -> QuerySet[Delivery]:
    """Those of these rows that this process still holds a lease on."""
    return Delivery.objects.filter(id__in=ids, state=DeliveryState.LEASED, lease_owner=OWNER)


def shut_out(ids: Collection[int]) -> None:
    """Take leased rows out of the queue whose contact point was stopped, or is no longer there."""
    points = dict(ours(ids).filter(point__isnull=False).values_list("id", "point__index"))
    stopped = suppressed(map(bytes, points.values()))
    cancel([key for key, index in points.items() if bytes(index) in stopped], "opted_out")
    cancel([key for key in ids if key not in points], "not_eligible")


def prepare(round: Round, rows: Sequence[Delivery], now: datetime) -> list[tuple[Delivery, Message]]:
    """Secrets to the gate first, then the attempt on record, then the message in hand."""
    rows = unused(rows)
    opened = {row.id: ways(row) for row in rows}
    pepper = settings.SECRET("pepper")
    gate.open_doors(invites=[(hmac, row.right) for row in rows for hmac in opened[row.id].hmacs(pepper)])
    # Whatever can fail comes before `start`: a row that is only leased goes back into the queue by itself.
    numbers = frame.reach(points=[row.point_id for row in rows if row.point_id])
    codes = codes_of(round, [row.contact_ref for row in rows])
    words = {row.id: (numbers[row.point_id], codes[row.contact_ref]) for row in rows if row.point_id}
    fixed = fixed_words(round)
    return [
        (row, message(row, number, code=code, ways=opened[row.id], fixed=fixed))
        for row in start(rows, now)
        for number, code in [words[row.id]]
    ]


def unused(rows: Sequence[Delivery]) -> list[Delivery]:
    """Those whose rights nobody has used yet, and those whose message goes to everybody alike."""
    everybody = {row.id for row in rows if for_everybody(row.step, last_to_all=settings.LAST_REMINDER_TO_ALL)}
    used = gate.issued([row.right for row in rows if row.id not in everybody])
    cancel([row.id for row in rows if row.right in used], "issued")
    return [row for row in rows if row.right not in used]


def cancel(ids: Collection[int], reason: str) -> None:
    """Take leased rows out of the queue; nothing says when."""
    ours(ids).update(state=DeliveryState.CANCELLED, reason=reason, lease_until=None)


@transaction.atomic
def start(rows: Sequence[Delivery], now: datetime) -> list[Delivery]:
    """Commit that these are about to go out, before the network is touched."""
    ids = [row.id for row in rows]
    shut_out(ids)  # whoever said stop since the claim
    ours(ids).update(state=DeliveryState.SENDING, attempts=F("attempts") + 1, lease_until=now + LEASE)
    started = list(Delivery.objects.filter(id__in=ids, state=DeliveryState.SENDING, lease_owner=OWNER))
    Attempt.objects.bulk_create([Attempt(delivery=row, n=row.attempts, started_at=now) for row in started])
    return started


@transaction.atomic
def write_down(sender: Sender, results: Sequence[tuple[Delivery, Outcome]], now: datetime) -> None:
    """Record outcomes behind the fence: only rows still ours, in the state and attempt we left them."""
    ids = [row.id for row, _ in results]
    # All are locked, ours or not, in the order in which reports are folded: attempts change under this lock.
    rows = list(Delivery.objects.filter(id__in=ids).order_by("id").select_for_update())
    held = {
        (row.id, row.attempts): row
        for row in rows
        if row.state == DeliveryState.SENDING and row.lease_owner == OWNER
    }
    tries = {(a.delivery_id, a.n): a for a in Attempt.objects.filter(delivery_id__in=ids)}
    moved: list[Delivery] = []
    kept: list[Attempt] = []
    undone: list[Attempt] = []
    for row, outcome in results:
        attempt, mine = tries[row.id, row.attempts], held.get((row.id, row.attempts))
        note(attempt, outcome, now)
        if mine is not None:
            move(mine, outcome, now)
            moved.append(mine)
        (undone if mine is not None and uncounted(outcome) else kept).append(attempt)
        warn(sender, outcome, now)
    store(
        rows=moved,
        fields=["state", "provider_id", "code", "kind", "attempts", "due_at", "lease_until", "lease_owner"],
    )
    store(rows=kept, fields=["outcome", "code", "http_status", "status", "status_at"])
    Attempt.objects.filter(id__in=[attempt.id for attempt in undone]).delete()


def warn(sender: Sender, outcome: Outcome, now: datetime) -> None:
    """What an outcome says about the sender itself."""
    if isinstance(outcome, Throttled):
        slow_down(sender=sender, now=now)
    if isinstance(outcome, Rejected) and outcome.kind in PAUSING:
        pause_sender(sender=sender, reason=f"{outcome.kind} {outcome.code}")
    if isinstance(outcome, Rejected) and outcome.kind == "our_fault":
        count_fault(sender=sender, most=FAULTS, code=outcome.code)


def uncounted(outcome: Outcome) -> bool:
    """Whether nobody is charged: it never left, came too fast, or the sender itself was refused."""
    return isinstance(outcome, Throttled | NotSent) or (
        isinstance(outcome, Rejected) and outcome.kind in ("stop_channel", "stop_template")
    )


def note(attempt: Attempt, outcome: Outcome, now: datetime) -> None:
    """What an outcome says about its attempt; a webhook that came first is not overwritten."""
    match outcome:
        case Accepted(held=held):
            attempt.outcome = "accepted"
            report = Attempted("held" if held else "accepted", now)
            known = Attempted(attempt.status, attempt.status_at, attempt.code) if attempt.status_at else None
            merged = merge(known, report)
            attempt.status, attempt.status_at = merged.status, merged.at
        case Unknown(reason=reason):
            attempt.outcome, attempt.code = "unknown", reason[:40]
        case Rejected(code=code, http_status=status):
            attempt.outcome, attempt.code, attempt.http_status = "rejected", code, status


def move(row: Delivery, outcome: Outcome, now: datetime) -> None:
    """The next state of a row that is still ours."""
    row.lease_until, row.lease_owner = None, ""
    if uncounted(outcome):
        row.state, row.attempts = DeliveryState.QUEUED, row.attempts - 1
        if isinstance(outcome, Throttled | NotSent):
            row.due_at = now + back_off(row.attempts, jitter(row))
        return
    match outcome:
        case Accepted(provider_id=provider_id, held=held):
            row.state, row.provider_id = DeliveryState.HELD if held else DeliveryState.ACCEPTED, provider_id
        case Unknown():
            row.state = DeliveryState.UNKNOWN
        case Rejected(code=code, kind=kind):
            row.state, row.code, row.kind = DeliveryState.FAILED, code, kind
            wait = again_after(kind, row.attempts, jitter(row))
            if wait is not None:
                row.state, row.due_at = DeliveryState.QUEUED, now + wait


def jitter(row: Delivery) -> float:
    """Between 0.5 and 1.5 and different for every row, from its random key: rows never come back in step."""
    return 0.5 + int(row.key[:4], 16) / 0xFFFF
