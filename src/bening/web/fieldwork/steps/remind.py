"""Plan a reminder or the closing notice: rows in the transaction that approves it, never more than three."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from bening.core.outreach import REMINDERS, far_enough, for_everybody, reminder_channel
from bening.core.problems import refuse
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.models import Delivery, Wave
from bening.web.fieldwork.steps.waves import (
    Past,
    Person,
    fill,
    make_wave,
    pasts,
    points,
    strata,
    windows,
)
from bening.web.outreach.channels import CHANNELS
from bening.web.registry.models import Round
from bening.web.registry.steps import record

CLOSING = "closing"
STEPS = (*REMINDERS, CLOSING)
BATCH = 5000


def remind(*, by: str, round: Round, step: str, now: datetime) -> int:
    """Queue a step for those whom it is for; the number of rows planned. Twice changes nothing.

    The first reminders go to whoever has not answered, the last one and the closing notice to all alike, as
    LAST_REMINDER_TO_ALL says. Refuses a step before its time (FIELD-163).
    """
    rows = Delivery.objects.filter(wave__round=round, wave__step=step)
    if not Wave.objects.filter(round=round, step=step).exists():
        stop_if_early(round, step, now)
        plan(by, round, step, now)
    return rows.count()


def stop_if_early(round: Round, step: str, now: datetime) -> None:
    """Refuse a reminder before its day, and a closing notice before the round is over."""
    invited = Wave.objects.filter(round=round, step="invite").order_by("starts").first()
    if step == CLOSING:
        early = now.date() <= round.closes
    else:
        early = invited is None or now < invited.starts + timedelta(days=REMINDERS[step])
        early = early or now.date() > round.closes
    if early:
        raise refuse("FIELD-163", step=step, round=round.code)


@transaction.atomic
def plan(by: str, round: Round, step: str, now: datetime) -> None:
    """The waves of a step with their rows; who has answered is asked of the gate and written nowhere."""
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    if Wave.objects.filter(round=round, step=step).exists():
        return
    rights = right_of(round)
    labels = strata(round)
    refs = asked(round, step, [ref for ref in rights if ref in labels], rights, now)
    past, reached, hours = pasts(round, refs), points(refs), windows(refs)
    by_channel: dict[str, list[Person]] = defaultdict(list)
    for ref in refs:
        known = [name for name in reached if ref in reached[name] and not CHANNELS[name].by_hand]
        channel = last_channel(past[ref]) if step == CLOSING else reminder_channel(past[ref], step, known)
        if channel in known:
            one = Person(ref, rights[ref], reached[channel][ref], hours[ref], labels[ref])
            by_channel[channel].append(one)
    for channel in sorted({*by_channel, "whatsapp"}):
        wave, _ = make_wave(by=by, round=round, step=step, channel=channel, now=now)
        fill(wave, by_channel[channel], now)
    many = sum(map(len, by_channel.values()))
    record(by=by, verb="remind", on=round.code, detail={"step": step, "planned": many})


def asked(round: Round, step: str, refs: list[str], rights: dict[str, str], now: datetime) -> list[str]:
    """Those a step is for: nobody who heard of us within two days; only the not answered, or all alike."""
    if step == CLOSING:
        return refs
    rows = Delivery.objects.filter(wave__round=round, tries__status="delivered")
    heard = dict(rows.values_list("contact_ref").annotate(Max("tries__status_at")))
    refs = [ref for ref in refs if far_enough(heard.get(ref), now)]
    if for_everybody(step, last_to_all=settings.LAST_REMINDER_TO_ALL):
        return refs
    used: set[str] = set()
    for start in range(0, len(refs), BATCH):
        used |= gate.issued([rights[ref] for ref in refs[start : start + BATCH]])
    return [ref for ref in refs if rights[ref] not in used]


def right_of(round: Round) -> dict[str, str]:
    """The right of everybody invited, by reference."""
    rows = Delivery.objects.filter(wave__round=round, wave__step="invite").order_by("-id")
    return dict(rows.values_list("contact_ref", "right"))


def last_channel(past: Past) -> str | None:
    """The channel by which somebody was last written to: a closing notice comes the way the rest came."""
    came = [channel for _, channel, delivered in past if delivered]
    return came[-1] if came else (past[-1][1] if past else None)
