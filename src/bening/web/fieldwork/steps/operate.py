"""What a person decides about a message that the engine leaves alone: taken, once more, or cancelled."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from bening.core.kinds import DeliveryState, Text
from bening.core.outreach import cascades, in_words
from bening.core.problems import refuse
from bening.web.fieldwork.models import Delivery
from bening.web.fieldwork.steps.waves import LIFE
from bening.web.outreach.channels import CHANNELS
from bening.web.outreach.steps import spoiled
from bening.web.registry.models import Round
from bening.web.registry.steps import record

UNDECIDED = (DeliveryState.UNKNOWN, DeliveryState.FAILED, DeliveryState.EXPIRED)
PATIENCE = timedelta(hours=2)  # the engine repeats an unknown invitation by itself within this time


@dataclass(frozen=True, slots=True)
class Dead:
    """Something that waits for a person: what it is, why in plain words, and what to do."""

    key: str
    channel: str
    step: str
    code: str
    why: Text
    what: Text


def dead_letters(*, round: Round, now: datetime) -> list[Dead]:
    """Messages and reports the engine will not touch again by itself, oldest first. Never whose they are."""
    return [*messages(round, now), *reports()]


def messages(round: Round, now: datetime) -> Iterator[Dead]:
    """Unknown beyond what is repeated, and failures that no other channel takes over."""
    stuck = Q(state=DeliveryState.UNKNOWN) & (Q(possible_duplicate=True) | ~Q(step="invite"))
    rows = Delivery.objects.filter(wave__round=round).filter(
        stuck | Q(state=DeliveryState.FAILED, followed=True)
    )
    recent = rows.filter(tries__started_at__gt=now - PATIENCE, state=DeliveryState.UNKNOWN).values("pk")
    for row in rows.exclude(pk__in=recent).order_by("id"):
        word = "unknown" if row.state == DeliveryState.UNKNOWN else row.kind or "our_fault"
        if word == "unknown" or (word != "opted_out" and (not cascades(word) or not handed_on(row))):
            why, what = in_words(word)
            yield Dead(row.key, row.channel, row.step, row.code, why, what)


def handed_on(row: Delivery) -> bool:
    """Whether another message of the same step went to this person later."""
    others = Delivery.objects.filter(wave__round=row.wave.round_id, contact_ref=row.contact_ref)
    return others.filter(wave__step=row.wave.step, id__gt=row.pk).exists()


def reports() -> Iterator[Dead]:
    """Reports that nobody could understand five times."""
    why = Text("Laporan penyedia tidak dapat dibaca.", "A provider's report cannot be read.")
    what = Text(
        "Bandingkan dengan bentuk yang dikenal; pesan lain berjalan terus.",
        "Compare it with the known shapes; other messages go on.",
    )
    for row in spoiled():
        yield Dead(row.sha256[:16], row.channel, "webhook", row.error, why, what)


@transaction.atomic
def adopt(*, by: str, key: str) -> None:
    """Somebody knows that it arrived at the provider: it counts as sent and is not repeated."""
    row = undecided(key)
    Delivery.objects.filter(pk=row.pk).update(state=DeliveryState.SENT, followed=True)
    said(by, "adopt_message", row)


@transaction.atomic
def requeue(*, by: str, key: str, now: datetime) -> None:
    """Once more; marked, if the first may have gone out."""
    row = undecided(key)
    twice = row.possible_duplicate or row.state == DeliveryState.UNKNOWN
    Delivery.objects.filter(pk=row.pk).update(
        state=DeliveryState.QUEUED, due_at=now, not_after=now + LIFE, possible_duplicate=twice, followed=False
    )
    said(by, "requeue_message", row)


@transaction.atomic
def cancel(*, by: str, key: str) -> None:
    """It is not sent, not now and not by another channel."""
    row = undecided(key, DeliveryState.QUEUED)
    Delivery.objects.filter(pk=row.pk).update(
        state=DeliveryState.CANCELLED, reason="operator", followed=True, lease_until=None
    )
    said(by, "cancel_message", row)


def undecided(key: str, *more: DeliveryState) -> Delivery:
    """The row of a key, locked; refused if nothing about it is open to decide (FIELD-164)."""
    row = (
        Delivery.objects.select_for_update(of=("self",)).select_related("wave__round").filter(key=key).first()
    )
    if row is None or row.state not in (*UNDECIDED, *more) or CHANNELS[row.channel].by_hand:
        raise refuse("FIELD-164", key=key, state=row.state if row else "–")
    return row


def said(by: str, verb: str, row: Delivery) -> None:
    """The audit row: which message, never whose."""
    record(by=by, verb=verb, on=row.wave.round.code, detail={"message": row.key, "was": row.state})
