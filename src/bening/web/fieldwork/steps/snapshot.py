"""Once a day the worker counts how far the field has come and leaves the counts as a file for the hall.

The hall does not reach the gate. A day apart, so that no difference of two files tells when somebody
answered; what institutions see of it is rounded before it is written, once a week.
"""

import json
import os
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncDate

from bening.core.fieldwork import Funnel, Way, band, disposition, funnels, gathered, protected
from bening.core.kinds import DeliveryState, VisitOutcome
from bening.core.outreach import REMINDERS, for_everybody, reminder_channel
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.models import Attempt, Batch, Delivery, Feedback, Manifest, VisitResult, Wave
from bening.web.fieldwork.steps.remind import BATCH, right_of
from bening.web.fieldwork.steps.visits import today
from bening.web.fieldwork.steps.waves import pasts, points, strata
from bening.web.outreach.channels import CHANNELS
from bening.web.registry.models import Audit, Round
from bening.web.sample.models import Stratum

TAKEN = (DeliveryState.ACCEPTED, DeliveryState.HELD, DeliveryState.SENT, DeliveryState.DELIVERED)
OVER = (DeliveryState.FAILED, DeliveryState.EXPIRED)
DEAD = (*OVER, DeliveryState.CANCELLED)
KNOCK = "visit"  # what is left when no reminder is


@dataclass(frozen=True, slots=True)
class Field:
    """Everybody invited, by reference; it does not leave this module."""

    labels: Mapping[str, str]
    messages: Mapping[str, list[tuple[str, str, str]]]  # step, channel, state; in order
    issued: Collection[str]


def take_picture(*, round: Round, now: datetime) -> bool:
    """Count and write, unless it was done today, nothing is frozen yet, or the round is purged."""
    day = today(round, now)
    if not Manifest.objects.filter(round=round).exists() or written(picture_file(round)) == str(day):
        return False
    if Audit.objects.filter(verb="purge_round", on=round.code).exists():
        return False  # the last picture stays; a new one would say zero
    field = seen(round)
    no = refused(round)
    ways = [way(ref, field, no) for ref in field.labels]
    labels = funnels(ways, lambda one: one.label)
    show_weekly(round, labels, day)
    write(
        picture_file(round),
        {
            "round": round.code,
            "day": str(day),
            "labels": {name: astuple(cell) for name, cell in labels.items()},
            "channels": {name: astuple(cell) for name, cell in channels(ways).items()},
            "codes": codes(round, field, ways),
            "waves": waves(field),
            "left": len(REMINDERS) - reminded(round),
            "next": next_channels(round, field),
            "spent": spent(round),
        },
    )
    return True


def seen(round: Round) -> Field:
    """Who was invited, what was sent to them, and who has answered by the word of the gate."""
    rights = right_of(round)
    labels = {ref: label for ref, label in strata(round).items() if ref in rights}
    messages: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    rows = Delivery.objects.filter(wave__round=round).order_by("id")
    for ref, step, channel, state in rows.values_list("contact_ref", "wave__step", "channel", "state"):
        messages[ref].append((step, channel, state))
    refs, used = sorted(labels), set()
    for start in range(0, len(refs), BATCH):
        used |= gate.issued([rights[ref] for ref in refs[start : start + BATCH]])
    return Field(labels, messages, {ref for ref in refs if rights[ref] in used})


def way(ref: str, field: Field, no: Collection[str]) -> Way:
    """One invitation without its reference."""
    rows = field.messages[ref]
    states = [state for _, _, state in rows]
    came = [channel for _, channel, state in rows if state == DeliveryState.DELIVERED]
    return Way(
        label=field.labels[ref],
        channel=(came or [channel for _, channel, _ in rows])[-1],
        sent=any(state in TAKEN for state in states),
        delivered=bool(came),
        undeliverable=all(state in DEAD for state in states) and any(state in OVER for state in states),
        refused=ref in no,
        issued=ref in field.issued,
    )


def refused(round: Round) -> set[str]:
    """Who said no, by whatever way."""
    return {ref for ref, kind in reports(round) if kind == "refuse"}


def reports(round: Round) -> list[tuple[str, str]]:
    """Reference and kind of every report that names somebody."""
    rows = Feedback.objects.filter(round=round).values_list("contact_ref", "kind")
    return [(ref, kind) for ref, kind in rows if ref]


def channels(ways: Iterable[Way]) -> dict[str, Funnel]:
    """The whole round by channel. Small cells leave without their number: rows of messages name people."""
    return protected(funnels(ways, lambda one: one.channel))


def codes(round: Round, field: Field, ways: Iterable[Way]) -> dict[str, dict[str, int]]:
    """Dispositions by label."""
    results = VisitResult.objects.filter(visit__round=round).order_by("n")
    met = {ref: VisitOutcome(code) for ref, code in results.values_list("visit__contact_ref", "outcome")}
    said: dict[str, set[str]] = defaultdict(set)
    for ref, kind in reports(round):
        said[ref].add(kind)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for ref, one in zip(field.labels, ways, strict=True):
        code = disposition(
            issued=one.issued,
            visit=met.get(ref),
            reports=said[ref],
            sent=one.sent,
            delivered=one.delivered,
            undeliverable=one.undeliverable,
        )
        found[one.label][code] += 1
    return {label: dict(sorted(counts.items())) for label, counts in sorted(found.items())}


def waves(field: Field) -> dict[str, list[tuple[int, int]]]:
    """By label, of each reminder that is over or runs: people reminded, and how many of them answered since
    without another. One that goes to all alike says nothing of its own, so it counts with the one before.
    """
    steps = [step for step in REMINDERS if not for_everybody(step, last_to_all=settings.LAST_REMINDER_TO_ALL)]
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    asked = {
        step: {ref for ref in field.labels if any(at == step for at, _, _ in field.messages[ref])}
        for step in steps
    }
    for place, step in enumerate(steps):
        later = asked[steps[place + 1]] if place + 1 < len(steps) else set()
        sent = Counter(field.labels[ref] for ref in asked[step])
        hits = Counter(field.labels[ref] for ref in (asked[step] & set(field.issued)) - later)
        for label in sent:
            found[label].append((sent[label], hits[label]))
    return dict(sorted(found.items()))


def reminded(round: Round) -> int:
    """How many reminders the round has had."""
    return Wave.objects.filter(round=round, step__in=REMINDERS).values("step").distinct().count()


def next_channels(round: Round, field: Field) -> dict[str, str]:
    """By label, the channel by which most of its open invitations would be reminded next."""
    open_ = [ref for ref in field.labels if ref not in field.issued]
    done = set(Wave.objects.filter(round=round).values_list("step", flat=True))
    step = next((step for step in REMINDERS if step not in done), None)
    past, reached = (pasts(round, open_), points(open_)) if step else ({}, {})
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for ref in open_:
        known = [name for name in reached if ref in reached[name] and not CHANNELS[name].by_hand]
        channel = reminder_channel(past[ref], step, known) if step else None
        found[field.labels[ref]][channel or KNOCK] += 1
    return {label: max(sorted(counts), key=counts.__getitem__) for label, counts in sorted(found.items())}


def spent(round: Round) -> list[tuple[str, str, int]]:
    """Messages that cost something: channel, day, number. Delivered where a channel says so, else taken."""
    tries = Attempt.objects.filter(delivery__wave__round=round).order_by()
    found: Counter[tuple[str, str]] = Counter()
    for name, row in CHANNELS.items():
        own = tries.filter(delivery__channel=name)
        own, at = (
            (own.filter(status="delivered"), "status_at")
            if row.reports
            else (own.filter(outcome="accepted"), "started_at")
        )
        for day, count in own.values_list(TruncDate(at)).annotate(Count("id")):
            found[name, str(day)] += count
    posted = Batch.objects.filter(wave__round=round, state="posted").order_by()
    for day, count in posted.values_list("day").annotate(Count("letters")):
        found["letter", str(day)] += count
    return [(channel, day, count) for (channel, day), count in sorted(found.items())]


def show_weekly(round: Round, labels: Mapping[str, Funnel], day: date) -> None:
    """Once a week, what institutions will see of it two days later: rounded here, no count is kept."""
    path = weekly_file(round)
    known = json.loads(path.read_text()) if path.exists() else []
    week = list(day.isocalendar()[:2])
    if known and known[-1]["week"] == week:
        return
    homes = Stratum.objects.filter(round=round).select_related("institution")
    into = {row.label: f"{row.institution.code} {row.group}" for row in homes if row.institution}
    groups = gathered(labels, into)
    shown = {name: band(cell.issued or 0, cell.planned) for name, cell in groups.items()}
    write(path, [*known[-1:], {"week": week, "day": str(day), "bands": shown}])


def picture_file(round: Round) -> Path:
    """Where the counts of a round lie."""
    return Path(settings.DATA_DIR) / "counts" / f"{round.code}.picture.json"


def weekly_file(round: Round) -> Path:
    """Where the rounded shares lie."""
    return Path(settings.DATA_DIR) / "counts" / f"{round.code}.weekly.json"


def written(path: Path) -> str:
    """The day of the picture that is there, or nothing."""
    return str(json.loads(path.read_text())["day"]) if path.exists() else ""


def write(path: Path, body: Any) -> None:
    """The whole file or none of it, also with another worker at it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps(body, sort_keys=True))
    part.replace(path)
