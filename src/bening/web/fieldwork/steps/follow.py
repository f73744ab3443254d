"""What follows on a message that did not arrive: later, the next channel, nothing; and senders that stop."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from bening.core.kinds import DeliveryState, Signals
from bening.core.outreach import again_after, cascades, next_channel, stop_reason
from bening.web.fieldwork.models import Attempt, Delivery, Feedback
from bening.web.fieldwork.steps.send import jitter
from bening.web.fieldwork.steps.waves import LIFE, Person, fill, make_wave, pasts, points, strata, windows
from bening.web.outreach.channels import CHANNELS
from bening.web.outreach.models import Sender, WebhookRaw
from bening.web.outreach.steps import pause_sender, suppress
from bening.web.registry.models import Round

MANY = 500
QUARTER, DAY = timedelta(minutes=15), timedelta(hours=24)
ENDED = (DeliveryState.FAILED, DeliveryState.EXPIRED)
UNHAPPY = ("doubt", "refuse", "fraud")


@transaction.atomic
def follow(*, now: datetime) -> int:
    """Look at failures nobody has looked at; how many. Run again it plans nothing twice."""
    waiting = Delivery.objects.filter(state__in=ENDED, followed=False).order_by("id")
    rows = list(
        waiting.select_related("wave__round", "point").select_for_update(skip_locked=True, of=("self",))[
            :MANY
        ]
    )
    rounds: dict[int, list[Delivery]] = defaultdict(list)
    done = []
    for row in rows:
        wait = again_after("person_wait", row.attempts, jitter(row)) if row.kind == "person_wait" else None
        if wait is not None:
            later = {"state": DeliveryState.QUEUED, "due_at": now + wait, "not_after": now + wait + LIFE}
            Delivery.objects.filter(pk=row.pk).update(**later)
            continue
        done.append(row.pk)
        if row.kind == "opted_out" and row.point:
            suppress(indexes=[bytes(row.point.index)], reason="opted_out", source="provider", day=now.date())
        elif row.step == "invite" and cascades(row.kind) and now.date() <= row.wave.round.closes:
            rounds[row.wave.round_id].append(row)
    for some in rounds.values():
        hand_on(some[0].wave.round, some, now)
    Delivery.objects.filter(pk__in=done).update(followed=True)
    return len(rows)


def hand_on(round: Round, rows: Sequence[Delivery], now: datetime) -> None:
    """Rows in the next channel's wave for people whom this one did not reach."""
    refs = {row.contact_ref: row for row in rows}
    past, reached, hours, labels = pasts(round, refs), points(refs), windows(refs), strata(round)
    found: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for ref, row in refs.items():
        known = [name for name in reached if ref in reached[name]]
        channel = next_channel(past[ref], row.step, known)
        if channel is not None and ref in hours:
            one = Person(ref, row.right, reached[channel][ref], hours[ref], labels.get(ref, ""))
            found[row.wave.step, channel].append(one)
    for (step, channel), people in sorted(found.items()):
        wave, _ = make_wave(by=rows[0].wave.approved_by, round=round, step=step, channel=channel, now=now)
        fill(wave, people, now)


def watch(*, now: datetime) -> int:
    """Stop every sender that a rule of `core.outreach` stops, with the rule as its reason; how many."""
    stopped = 0
    for sender in Sender.objects.filter(paused="").order_by("id"):
        if reason := stop_reason(seen(sender, now)):
            pause_sender(sender=sender, reason=reason)
            stopped += 1
    return stopped


def seen(sender: Sender, now: datetime) -> Signals:
    """What the last quarter of an hour and the last day say, since a person last released the sender."""
    since = sender.released_at or now - DAY
    tries = Attempt.objects.filter(
        delivery__wave__round_id=sender.round_id, delivery__channel=sender.channel, started_at__gt=since
    )
    recent = tries.filter(started_at__gt=now - QUARTER)
    arrived = tries.filter(status="delivered", status_at__gt=now - DAY)
    reports = Feedback.objects.filter(
        round_id=sender.round_id,
        kind__in=UNHAPPY,
        source__in=("button", "text"),
        day__gte=max(since, now - DAY).date(),
    )
    return Signals(
        our_faults=sender.faults,
        delivered=arrived.count(),
        unhappy=reports.count() if sender.channel == "whatsapp" else 0,
        started=recent.count(),
        unknown=recent.filter(outcome="unknown", status_at=None).count(),
        silence=silence(sender, since, now),
    )


def silence(sender: Sender, since: datetime, now: datetime) -> float:
    """Seconds since anything was heard of a channel that reports; 0 where nothing is to be expected yet."""
    if CHANNELS[sender.channel].reports is None:
        return 0.0
    heard = WebhookRaw.objects.filter(channel=sender.channel).aggregate(at=Max("received_at"))["at"]
    first = Attempt.objects.filter(
        delivery__channel=sender.channel, started_at__gt=max(since, now - 2 * QUARTER), outcome="accepted"
    )
    began = first.order_by("started_at").values_list("started_at", flat=True).first()
    if began is None:
        return 0.0
    return (now - max([began, *([heard] if heard else [])])).total_seconds()
