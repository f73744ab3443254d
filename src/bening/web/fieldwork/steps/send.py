"""Claim, commit, post, record: at most one effective message a person, wave and channel."""

import uuid
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import urllib3
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import translation
from django.utils.formats import date_format

from bening.core.kinds import Attempted, DeliveryState
from bening.core.outreach import merge
from bening.core.questionnaire import load
from bening.crypto import invites
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.models import Attempt, CheckCode, Delivery
from bening.web.frame import steps as frame
from bening.web.outreach.channels.base import (
    Accepted,
    Message,
    NotSent,
    Outcome,
    Rejected,
    Throttled,
    Unknown,
)
from bening.web.outreach.channels.whatsapp import send as whatsapp
from bening.web.outreach.channels.whatsapp.settings import Whatsapp
from bening.web.outreach.models import Sender
from bening.web.outreach.steps import pause_sender, store, suppressed, take_tokens
from bening.web.questionnaire.models import Instrument
from bening.web.registry.models import Round

OWNER = str(uuid.uuid4())  # fresh for every process: a late answer of a former life fails its fence
LEASE = timedelta(seconds=120)
BLOCK = 40
RETRIES = 3
PAUSING = ("stop_channel", "stop_template", "our_fault")


def turn(*, http: urllib3.PoolManager, account: Whatsapp, pool: ThreadPoolExecutor) -> int:
    """Send one block; how many messages went out. 0 when there is nothing to do or no token left."""
    for sender in Sender.objects.filter(paused="", channel="whatsapp").select_related("round").order_by("id"):
        if claimed := claim(sender, settings.NOW()):
            break
    else:
        return 0
    messages = prepare(sender.round, claimed, settings.NOW())
    outcomes = list(pool.map(lambda pair: whatsapp.send(http, account, pair[1]), messages))
    results = [(row, outcome) for (row, _), outcome in zip(messages, outcomes, strict=True)]
    write_down(sender, results, settings.NOW())
    return len(messages)


@transaction.atomic
def claim(sender: Sender, now: datetime) -> list[Delivery]:
    """Lease a block of due rows, as many as the bucket allows; whoever said stop leaves the queue."""
    due = list(
        Delivery.objects.filter(
            wave__round=sender.round, state=DeliveryState.QUEUED, due_at__lte=now, not_after__gt=now
        )
        .order_by("due_at", "id")
        .select_for_update(skip_locked=True, of=("self",))[:BLOCK]
    )
    granted = take_tokens(
        sender=sender, wanted=len(due), now=now
    )  # only what is due is taken from the bucket
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
    used = gate.issued([row.right for row in rows])
    cancel([row.id for row in rows if row.right in used], "issued")
    rows = [row for row in rows if row.right not in used]
    secrets = {row.id: invites.new_secret() for row in rows}
    pepper = settings.SECRET("pepper")
    gate.open_doors(invites=[(invites.invite_hmac(pepper, secrets[row.id]), row.right) for row in rows])
    # Whatever can fail comes before `start`: a row that is only leased goes back into the queue by itself.
    numbers = frame.reach(points=[row.point_id for row in rows if row.point_id])
    codes = check_codes(round, [row.contact_ref for row in rows])
    words = {row.id: (numbers[row.point_id], codes[row.contact_ref]) for row in rows if row.point_id}
    fixed = fixed_words(round)
    return [
        (row, message(row, number, code=code, secret=secrets[row.id], fixed=fixed))
        for row in start(rows, now)
        for number, code in [words[row.id]]
    ]


def check_codes(round: Round, refs: Sequence[str]) -> dict[str, str]:
    """The check codes of these people, derived again from the key."""
    key = settings.SECRET("check")
    rows = CheckCode.objects.filter(round=round, contact_ref__in=refs).values_list("contact_ref", "counter")
    return {ref: invites.check_code(key, ref, round.code, counter) for ref, counter in rows}


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


def fixed_words(round: Round) -> dict[str, str]:
    """What every message of the round says alike: one text for all, whatever they will be asked."""
    forms = Instrument.objects.filter(round=round)
    with translation.override("id"):
        closes = date_format(round.closes, "j F Y")
    return {"minutes": str(max(load(bytes(form.body)).minutes for form in forms)), "closes": closes}


def message(row: Delivery, number: str, *, code: str, secret: bytes, fixed: dict[str, str]) -> Message:
    """The message of one row, in the round's first language."""
    phrase = invites.phrase(settings.SECRET("phrase"), code)
    return Message(
        key=row.key,
        attempt=row.attempts,
        step=row.step,
        language="id",
        to=number,
        words={"check_code": code, "phrase": phrase, **fixed},
        secret=invites.link_text(secret),
    )


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
            move(mine, outcome)
            moved.append(mine)
        (undone if mine is not None and uncounted(outcome) else kept).append(attempt)
        if isinstance(outcome, Rejected) and outcome.kind in PAUSING:
            pause_sender(sender=sender, reason=f"{outcome.kind} {outcome.code}")
    store(rows=moved, fields=["state", "provider_id", "code", "attempts", "lease_until", "lease_owner"])
    store(rows=kept, fields=["outcome", "code", "http_status", "status", "status_at"])
    Attempt.objects.filter(id__in=[attempt.id for attempt in undone]).delete()


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


def move(row: Delivery, outcome: Outcome) -> None:
    """The next state of a row that is still ours."""
    row.lease_until, row.lease_owner = None, ""
    if uncounted(outcome):
        row.state, row.attempts = DeliveryState.QUEUED, row.attempts - 1
        return
    match outcome:
        case Accepted(provider_id=provider_id, held=held):
            row.state, row.provider_id = DeliveryState.HELD if held else DeliveryState.ACCEPTED, provider_id
        case Unknown():
            row.state = DeliveryState.UNKNOWN
        case Rejected(code=code, kind=kind):
            again = kind == "retry" and row.attempts < RETRIES
            row.state, row.code = DeliveryState.QUEUED if again else DeliveryState.FAILED, code
