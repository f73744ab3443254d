"""Plan the invitations: one row a person, all in the transaction that approves them."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import transaction

from bening.crypto import invites
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.models import CheckCode, Delivery, Manifest, Wave
from bening.web.fieldwork.steps.waves import Person, fill, make_wave, points, strata, windows
from bening.web.fieldwork.steps.words import authored as authored
from bening.web.outreach.channels.whatsapp import health, send
from bening.web.outreach.channels.whatsapp.settings import configured
from bening.web.registry.models import Round
from bening.web.registry.steps import record

BATCH = 2000
STEP = "invite"


class NotSendable(Exception):
    """The provider has not approved the template, or in another category than planned."""


def ready(round: Round, *, step: str = STEP, language: str = "id") -> None:
    """Submit the template if the provider lacks it and refuse to go on until it is sendable."""
    account = configured()
    if account is None:
        raise NotSendable("WHATSAPP_PNID is empty: there is no sender.")
    http = send.pool()
    health.submit(http, account, step, language, authored(round))
    if not health.sendable(http, account, step, language):
        raise NotSendable("The template is not approved yet; run this command again when it is.")


def invite(*, by: str, round: Round, now: datetime) -> int:
    """Queue an invitation for everybody drawn; the number of rows planned. Twice changes nothing.

    The gate learns the rights when the plan stands, never before: one that was rolled back leaves none there.
    """
    planned(by, round, now)
    admit(round, Manifest.objects.get(round=round).keys)
    return Delivery.objects.filter(wave__round=round, wave__step=STEP).count()


@transaction.atomic
def planned(by: str, round: Round, now: datetime) -> None:
    """The waves with their rows, made if new: WhatsApp, then whoever only another channel reaches."""
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    first, new = make_wave(by=by, round=round, step=STEP, channel="whatsapp", now=now)
    if not new:
        return
    labels = strata(round)
    reached, hours = points(labels), windows(labels)
    left = dict(labels)
    for channel, known in reached.items():
        people = [
            Person(ref, uuid.uuid4().hex, known[ref], hours[ref], label)
            for ref, label in left.items()
            if ref in known
        ]
        if people:
            wave = first
            if channel != first.channel:
                wave, _ = make_wave(by=by, round=round, step=STEP, channel=channel, now=now)
            fill(wave, people, now)
            left = {ref: label for ref, label in left.items() if ref not in known}
    refs = list(labels)
    for start in range(0, len(refs), BATCH):
        check_codes(round, refs[start : start + BATCH])
    record(by=by, verb="invite", on=round.code, detail={"planned": len(labels) - len(left)})


def check_codes(round: Round, refs: list[str]) -> None:
    """Every person's check code for this round, as a keyed hash; where one is taken the next is used."""
    key = settings.SECRET("check")
    made = {ref: invites.check_hmac(key, invites.check_code(key, ref, round.code, 0)) for ref in refs}
    taken = {bytes(row.hmac) for row in CheckCode.objects.filter(hmac__in=made.values())}
    rows = []
    for ref, hmac in made.items():
        counter = 0
        while hmac in taken or (counter and CheckCode.objects.filter(hmac=hmac).exists()):
            counter += 1
            hmac = invites.check_hmac(key, invites.check_code(key, ref, round.code, counter))
        taken.add(hmac)
        rows.append(CheckCode(round=round, contact_ref=ref, hmac=hmac, counter=counter))
    CheckCode.objects.bulk_create(rows)


def admit(round: Round, keys: dict[str, str]) -> None:
    """Tell the gate every right of a round; idempotent, so a crash between two databases heals itself."""
    labels = strata(round)
    waves = Wave.objects.filter(round=round, step=STEP)
    rows = Delivery.objects.filter(wave__in=waves).order_by("right").values_list("right", "contact_ref")
    gate.admit(rights=[(right, keys[labels[ref]]) for right, ref in rows])
