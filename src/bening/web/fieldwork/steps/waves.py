"""Waves as rows: who gets a step by which channel, and at which moment inside the hours of their place."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from bening.core.kinds import ContactKind, Group
from bening.core.outreach import ANY, OFFICE, SERVICE, moments, ramp, spans, unknown_years, window
from bening.core.problems import refuse
from bening.web.fieldwork.models import Delivery, Wave
from bening.web.frame import steps as frame
from bening.web.outreach.channels import CHANNELS
from bening.web.outreach.steps import calendar, open_sender
from bening.web.registry.models import Round
from bening.web.sample.models import Selection

BATCH = 2000
PAPER = timedelta(days=14)  # letters wait for a printer
LIFE = timedelta(days=3)  # a message that could not go out for so long is no longer worth its surprise
SPREAD = timedelta(days=1)  # a wave takes at least this long: all places stand at the same share meanwhile
LONGEST = timedelta(days=14)
LAG = timedelta(hours=24)  # until a provider raises the daily limit, cautiously
Past = list[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to write to: their right, the contact point and the hours of their place."""

    ref: str
    right: str
    point: int | None
    window: str
    stratum: str


def usable() -> tuple[str, ...]:
    """The channels a plan may use, in the order of the cascade; WhatsApp is always one of them."""
    return tuple(
        name
        for name, row in CHANNELS.items()
        if name == "whatsapp" or (name != "visit" and row.module.settings.configured() is not None)
    )


def points(refs: Collection[str]) -> dict[str, dict[str, int]]:
    """By channel, the contact point of each of these people whom it reaches."""
    known: dict[ContactKind, dict[str, int]] = {}
    found: dict[str, dict[str, int]] = {}
    for name in usable():
        kind = CHANNELS[name].reaches[0]
        if kind not in known:
            known[kind] = frame.points(refs=refs, kind=kind)
        found[name] = known[kind]
    return found


def windows(refs: Collection[str]) -> dict[str, str]:
    """The hours in which each of these people may be written to; a demo knows no night."""
    if settings.DEPLOYMENT == "demo":
        return dict.fromkeys(refs, ANY)
    return {
        ref: window(province, SERVICE if group == Group.EXTERNAL else OFFICE)
        for ref, (province, group) in frame.homes(refs=refs).items()
    }


def strata(round: Round) -> dict[str, str]:
    """The label of everybody drawn, by reference."""
    rows = Selection.objects.filter(stratum__round=round, drawn=True).order_by("contact_ref")
    return dict(rows.values_list("contact_ref", "stratum__label"))


def make_wave(*, by: str, round: Round, step: str, channel: str, now: datetime) -> tuple[Wave, bool]:
    """The wave of a step and channel, and whether it is new; its sender is opened with it."""
    wave, new = Wave.objects.get_or_create(
        round=round,
        step=step,
        channel=channel,
        defaults={"starts": now, "ends": now + LIFE, "approved_by": by},
    )
    if not CHANNELS[channel].by_hand:
        tier = settings.SENDER_TIER if channel == "whatsapp" else 0
        open_sender(round=round, channel=channel, rate=settings.SENDER_RATE, tier=tier, now=now)
    return wave, new


def fill(wave: Wave, people: Sequence[Person], now: datetime) -> None:
    """Rows for these people, each at its moment. Once a person and wave, by constraint."""
    due = planned(wave, people, now)
    wave.ends = max([wave.ends, *(moment + life(wave.channel) for moment in due.values())])
    wave.save(update_fields=["ends"])
    for start in range(0, len(people), BATCH):
        Delivery.objects.bulk_create(
            [row(wave, one, due[one.ref]) for one in people[start : start + BATCH]], ignore_conflicts=True
        )


def life(channel: str) -> timedelta:
    """How long a row may wait before it is worth nothing any more."""
    return PAPER if CHANNELS[channel].by_hand else LIFE


def row(wave: Wave, one: Person, due: datetime) -> Delivery:
    """One row of the queue."""
    return Delivery(
        wave=wave,
        key=uuid.uuid4().hex,
        channel=wave.channel,
        step="invite" if wave.step.startswith("desk") else wave.step,
        window=one.window,
        due_at=due,
        not_after=due + life(wave.channel),
        contact_ref=one.ref,
        right=one.right,
        point_id=one.point,
    )


def planned(wave: Wave, people: Iterable[Person], now: datetime) -> dict[str, datetime]:
    """The moment of each person: by rank inside their stratum, so that all strata go forward alike.

    Refuses a year whose days off are unknown (FIELD-160), a wave that meets no open hour (FIELD-161), and
    one that the daily limit would not let end within two weeks (FIELD-162).
    """
    groups: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for one in people:
        groups[one.window, one.stratum].append(one)
    days = calendar()
    if settings.DEPLOYMENT != "demo" and (missing := unknown_years(now, now + LONGEST, days)):
        raise refuse("FIELD-160", years=", ".join(map(str, missing)))
    ends = last_moment(wave, sum(map(len, groups.values())), now)
    found: dict[str, datetime] = {}
    for (name, _), ones in groups.items():
        ones.sort(
            key=lambda one: hashlib.sha256(f"{wave.round.code}\0{wave.step}\0{one.ref}".encode()).digest()
        )
        if name == ANY:
            found |= dict.fromkeys((one.ref for one in ones), now)
            continue
        open_ = spans(name, now, ends, days) or spans(name, now, now + LONGEST, days)[:2]
        if not open_:
            raise refuse("FIELD-161", round=wave.round.code)
        shares = [rank / len(ones) for rank in range(len(ones))]
        found |= dict(zip((one.ref for one in ones), moments(open_, shares), strict=True))
    return found


def last_moment(wave: Wave, people: int, now: datetime) -> datetime:
    """When the last row of a wave is due: after a day, or as late as the daily limit makes it."""
    if wave.channel != "whatsapp" or settings.DEPLOYMENT == "demo" or not people:
        return now + SPREAD
    open_ = spans(f"wib/{OFFICE}", now, now + LONGEST, calendar())
    if not open_:
        return now + SPREAD
    plan = ramp(people, tier=settings.SENDER_TIER, lag=LAG, rate=settings.SENDER_RATE, open_spans=open_)
    if plan.finish is None:
        raise refuse("FIELD-162", people=people, tier=settings.SENDER_TIER)
    return max(now + SPREAD, plan.finish)


def pasts(round: Round, refs: Collection[str]) -> Mapping[str, Past]:
    """What each of these people was sent: step, channel, whether it arrived; in order."""
    rows = Delivery.objects.filter(wave__round=round, contact_ref__in=refs).order_by("id")
    found: dict[str, Past] = defaultdict(list)
    for ref, step, channel, state in rows.values_list("contact_ref", "step", "channel", "state"):
        found[ref].append((step, channel, state == "delivered"))
    return found
