"""Users of a service register themselves: at a doorway, and with the next wave a link comes to their number.

They are no sample. Their stratum has a key of its own, their list is none of an institution's, and a number
on any list of the round gets no second right.
"""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from bening.core.kinds import Group
from bening.core.outreach import ANY, REMINDERS, SERVICE, window
from bening.core.problems import refuse
from bening.crypto import fields, invites
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.models import Delivery, Doorway, Manifest, Registration, Wave
from bening.web.fieldwork.steps.invite import check_codes
from bening.web.fieldwork.steps.waves import Person, fill, make_wave, points
from bening.web.frame import steps as frame
from bening.web.outreach.channels import CHANNELS
from bening.web.outreach.steps import suppressed
from bening.web.questionnaire.models import Instrument
from bening.web.registry.models import Round, Unit
from bening.web.registry.steps import record
from bening.web.sample import steps as sample

NUMBER, SERVICE_WORDS = "fieldwork.number", "fieldwork.service"  # what a ciphertext is for
LEAST = 30
TOKEN = 10  # characters on a poster
LONGEST = 80  # characters of a service
BATCH = 500
PLANNED = ("invite", *REMINDERS)  # the waves of the plan; each takes along who registered before it
Counted = list[tuple[Doorway, int, int]]


@transaction.atomic
def declare(*, by: str, round: Round, unit: Unit, quota: int, expected: int) -> Doorway:
    """Let users of a unit register, up to `quota` of them; again changes nothing.

    Refused once the round is frozen (FIELD-170), for fewer than 30 or no fewer than are expected (FIELD-171),
    and without a questionnaire for visitors (FIELD-172).
    """
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    known = Doorway.objects.filter(round=round, unit=unit).first()
    if known:
        return known
    if Manifest.objects.filter(round=round).exists():
        raise refuse("FIELD-170", round=round.code)
    if not LEAST <= quota < expected:
        raise refuse("FIELD-171", quota=quota, expected=expected)
    if not Instrument.objects.filter(round=round, group=Group.VISITOR).exists():
        raise refuse("FIELD-172", round=round.code)
    stratum = sample.add_visitors(round=round, unit=unit, quota=quota, expected=expected)
    row = Doorway.objects.create(
        round=round,
        unit=unit,
        token=invites.receipt_code(invites.typed_secret())[:TOKEN],
        label=stratum.label,
        quota=quota,
    )
    record(by=by, verb="declare_doorway", on=stratum.label, detail={"quota": quota, "expected": expected})
    return row


def is_open(doorway: Doorway, today: date) -> bool:
    """Whether a wave is still to come that would take a registration along."""
    last = Wave.objects.filter(round=doorway.round, step=companion(PLANNED[-1])).exists()
    frozen = Manifest.objects.filter(round=doorway.round).exists()
    return frozen and not last and today <= doorway.round.closes


@transaction.atomic
def take_in(*, doorway: Doorway, number: str, service: str, month: str, day: date) -> None:
    """Keep one registration (`number` in E.164). One already there is not changed, and nobody is told.

    No audit row: it would tell when somebody came.
    """
    secret = settings.SECRET("fields")
    words = json.dumps([service[:LONGEST], month])
    row = Registration(
        doorway=doorway,
        round=doorway.round,
        index=frame.number_index(number),
        number=fields.encrypt(secret, number, field=NUMBER),
        service=fields.encrypt(secret, words, field=SERVICE_WORDS),
        day=day,
    )
    Registration.objects.bulk_create([row], ignore_conflicts=True)


def take_turn(*, now: datetime) -> int:
    """The worker's turn: look at who registered, plan links with a new wave, tell the gate."""
    return sift(now=now) + hand_out(now=now) + let_in()


@transaction.atomic
def sift(*, now: datetime) -> int:
    """Make contacts of those who waited. On a list, stopped, beyond the quota: nothing is kept."""
    waiting = Registration.objects.filter(state="waiting").select_related("doorway__unit", "doorway__round")
    rows = list(waiting.select_for_update(skip_locked=True, of=("self",)).order_by("index")[:BATCH])
    stopped = suppressed(bytes(row.index) for row in rows)
    for row in rows:
        doorway, index = Doorway.objects.select_for_update().get(pk=row.doorway_id), bytes(row.index)
        taken = doorway.registrations.exclude(state="waiting").count()
        listed = frame.listed(round=row.round, index=index)
        if listed or index in stopped or taken >= doorway.quota:
            row.delete()
            continue
        number = fields.decrypt(settings.SECRET("fields"), bytes(row.number or b""), field=NUMBER)
        row.contact_ref = frame.register(round=row.round, unit=doorway.unit, number=number, now=now)
        row.state, row.number = "taken", None
        row.save(update_fields=["contact_ref", "state", "number"])
    return len(rows)


def hand_out(*, now: datetime) -> int:
    """Links for who was taken, beside each wave of the plan that is new; how many."""
    here = Doorway.objects.values("round")
    rounds = Round.objects.filter(pk__in=here, closes__gte=now.date())
    return sum(plan(round, step, now) for round in rounds for step in PLANNED if is_new(round, step))


def companion(step: str) -> str:
    """The wave beside one of the plan. Like those of the desk its rows are invitations."""
    return f"desk-qr-{PLANNED.index(step)}"


def is_new(round: Round, step: str) -> bool:
    """Whether a wave of the plan stands and nobody who registered was taken along yet."""
    steps = set(Wave.objects.filter(round=round, step__in=(step, companion(step))).values_list("step"))
    return steps == {(step,)}


@transaction.atomic
def plan(round: Round, step: str, now: datetime) -> int:
    """The rows beside one wave; an empty one is made too, or the next would not be awaited."""
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    if not is_new(round, step):
        return 0
    rows = Registration.objects.filter(round=round, state="taken").select_related("doorway")
    labels = {row.contact_ref: row.doorway.label for row in rows}
    people = sendable(labels)
    for channel in sorted({*people, "whatsapp"}):
        wave, _ = make_wave(by="plan", round=round, step=companion(step), channel=channel, now=now)
        fill(wave, people[channel], now)
    refs = [one.ref for some in people.values() for one in some]
    check_codes(round, refs)
    Registration.objects.filter(round=round, contact_ref__in=refs).update(state="planned")
    record(by="plan", verb="invite_visitors", on=round.code, detail={"wave": step, "planned": len(refs)})
    return len(refs)


def sendable(labels: dict[str, str]) -> dict[str, list[Person]]:
    """By channel, those whom it reaches, in the hours of people who use services."""
    reached, found = points(labels), defaultdict[str, list[Person]](list)
    hours = {ref: hours_in(province) for ref, (province, _) in frame.homes(refs=labels).items()}
    for ref, label in sorted(labels.items()):
        for name in (name for name in reached if ref in reached[name] and not CHANNELS[name].by_hand):
            found[name].append(Person(ref, uuid.uuid4().hex, reached[name][ref], hours[ref], label))
            break
    return found


def hours_in(province: str) -> str:
    """The hours in which users of services of a province are written to; a demo knows no night."""
    return ANY if settings.DEPLOYMENT == "demo" else window(province, SERVICE)


def let_in() -> int:
    """Tell the gate the rights that are planned; run again after a crash between two databases it heals."""
    rows = list(
        Registration.objects.filter(state="planned").select_related("doorway").order_by("contact_ref")
    )
    for round_, some in by_round(rows).items():
        keys = Manifest.objects.get(round_id=round_).keys
        labels = {row.contact_ref: row.doorway.label for row in some}
        sent = Delivery.objects.filter(wave__round_id=round_, contact_ref__in=labels).order_by("right")
        rights = dict(sent.values_list("right", "contact_ref"))
        gate.admit(rights=[(right, keys[labels[ref]]) for right, ref in rights.items()])
        done([row.pk for row in some])
    return len(rows)


def by_round(rows: Iterable[Registration]) -> dict[int, list[Registration]]:
    """Registrations of each round."""
    found: dict[int, list[Registration]] = defaultdict(list)
    for row in rows:
        found[row.round_id].append(row)
    return found


@transaction.atomic
def done(keys: Sequence[int]) -> None:
    """These have their right; no audit row, the plan had one."""
    Registration.objects.filter(pk__in=keys).update(state="done")


def counted(*, round: Round) -> Counted:
    """Every doorway with how many registered there, and how many of them were taken."""
    found = {
        state: dict(rows.values_list("doorway").annotate(Count("id")))
        for state, rows in (
            ("all", Registration.objects.filter(round=round)),
            ("taken", Registration.objects.filter(round=round).exclude(state="waiting")),
        )
    }
    doorways = Doorway.objects.filter(round=round).select_related("unit__institution", "round")
    return [(one, found["all"].get(one.pk, 0), found["taken"].get(one.pk, 0)) for one in doorways]


def services(*, round: Round) -> list[str]:
    """The services people named, each once and in the order of letters; never who, where or when."""
    secret = settings.SECRET("fields")
    rows = Registration.objects.filter(round=round).values_list("service", flat=True)
    return sorted({json.loads(fields.decrypt(secret, bytes(row), field=SERVICE_WORDS))[0] for row in rows})
