"""Plan the invitation wave: one row a person, all in the transaction that approves it."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from bening.core.kinds import ContactKind
from bening.crypto import invites
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.models import CheckCode, Delivery, Manifest, Wave
from bening.web.frame import steps as frame
from bening.web.outreach.channels.whatsapp import health, send
from bening.web.outreach.channels.whatsapp.settings import configured
from bening.web.outreach.steps import open_sender
from bening.web.registry.models import Round
from bening.web.registry.steps import record
from bening.web.sample.models import Selection

BATCH = 2000
NOT_AFTER = timedelta(days=3)  # an invitation older than that is no longer worth its surprise


class NotSendable(Exception):
    """The provider has not approved the template, or in another category than planned."""


def authored(round: Round) -> dict[str, str]:
    """The words fixed in a template when it is submitted."""
    return {
        "agency": round.agency,
        "agency_short": round.agency_short,
        "survey": f"{round.survey} {round.opens.year}",
        "check": settings.ORIGIN_CHECK.split("//")[-1] + "/cek",
    }


def ready(round: Round, *, language: str = "id") -> None:
    """Submit the template if the provider lacks it and refuse to go on until it is sendable."""
    http, sender = send.pool(), configured()
    health.submit(http, sender, "invite", language, authored(round))
    if not health.sendable(http, sender, "invite", language):
        raise NotSendable("The invitation template is not approved yet; run this command again when it is.")


def invite(*, by: str, round: Round, now: datetime) -> int:
    """Queue an invitation for everybody drawn; the number of rows planned. Twice changes nothing.

    The gate learns the rights when the plan stands, never before: one that was rolled back leaves none there.
    """
    wave = planned(by, round, now)
    admit(wave, Manifest.objects.get(round=round).keys)
    return wave.deliveries.count()


@transaction.atomic
def planned(by: str, round: Round, now: datetime) -> Wave:
    """The wave with its rows, made if it is new."""
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    wave, new = Wave.objects.get_or_create(
        round=round,
        step="invite",
        channel="whatsapp",
        defaults={"starts": now, "ends": now + NOT_AFTER, "approved_by": by},
    )
    open_sender(round=round, channel="whatsapp", rate=settings.SENDER_RATE, now=now)
    if new:
        plan(wave, round, now)
        record(by=by, verb="invite", on=round.code, detail={"planned": wave.deliveries.count()})
    return wave


def plan(wave: Wave, round: Round, now: datetime) -> None:
    """The rows of the wave: a right, a phone and a check code each."""
    drawn = Selection.objects.filter(stratum__round=round, drawn=True).order_by("contact_ref")
    refs = list(drawn.values_list("contact_ref", flat=True))
    for start in range(0, len(refs), BATCH):
        block = refs[start : start + BATCH]
        points = frame.points(refs=block, kind=ContactKind.PHONE)
        Delivery.objects.bulk_create(
            Delivery(
                wave=wave,
                key=uuid.uuid4().hex,
                channel=wave.channel,
                step=wave.step,
                due_at=now,
                not_after=wave.ends,
                contact_ref=ref,
                right=uuid.uuid4().hex,
                point_id=points[ref],
            )
            for ref in block
            if ref in points
        )
        check_codes(round, block)


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


def admit(wave: Wave, keys: dict[str, str]) -> None:
    """Tell the gate every right of the wave; idempotent, so a crash between two databases heals itself."""
    labels = dict(
        Selection.objects.filter(stratum__round=wave.round, drawn=True).values_list(
            "contact_ref", "stratum__label"
        )
    )
    rows = wave.deliveries.order_by("right").values_list("right", "contact_ref")
    gate.admit(rights=[(right, keys[labels[ref]]) for right, ref in rows])
