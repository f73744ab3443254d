"""The worker's half of the help desk: what it asked for is done at the gate, and a new message is queued."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from bening.core.problems import refuse
from bening.crypto import fields, invites
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.models import Delivery, Plea, Wave
from bening.web.fieldwork.steps.desk import SECRET, plead
from bening.web.fieldwork.steps.feedback import person_of, points_of
from bening.web.outreach.channels import CHANNELS
from bening.web.outreach.steps import suppress
from bening.web.registry.models import Round
from bening.web.registry.steps import record

NOT_AFTER = timedelta(days=3)
BY_ITSELF = tuple(name for name, channel in CHANNELS.items() if not channel.by_hand)
REFUSED = {"unknown": "FIELD-152", "once": "FIELD-150", "full": "FIELD-153"}


def serve_pleas(*, now: datetime) -> int:
    """Do what desks asked for, one at a time; how many were done or refused."""
    done = 0
    while serve_one(now):
        done += 1
    return done


@transaction.atomic
def serve_one(now: datetime) -> bool:
    """The plea that waits longest. Killed on the way it is done again, which changes nothing at the gate."""
    plea = Plea.objects.filter(state="asked").select_for_update(skip_locked=True).order_by("id").first()
    if plea is None:
        return False
    right = right_of(plea.round, plea.contact_ref)
    reason = answer(plea, right, now) if right else "unknown"
    plea.state, plea.reason, plea.secret = ("refused" if reason else "done"), REFUSED.get(reason, ""), None
    plea.save(update_fields=["state", "reason", "secret"])
    record(
        by=plea.by,
        verb="desk_answer",
        on=plea.round.code,
        detail={"kind": plea.kind, "state": plea.state},
        to_the_day=True,
    )
    return True


def answer(plea: Plea, right: str, now: datetime) -> str:
    """Do one plea; why not, or nothing."""
    if plea.kind == "void":
        gate.void(right_id=right)
        suppress(indexes=points_of(plea.contact_ref), reason="void", source="desk", day=plea.day)
        return ""
    door = typed_door(plea)
    if plea.kind == "again":
        reason = gate.reissue(right_id=right, door=door)
        # The desk asks once a person, so "once" is a run that was killed before it could queue the message.
        if reason != "done" and not (reason == "once" and plea.means == "message"):
            return reason
    elif door:
        gate.open_doors(invites=[(door, right)])
    if plea.means == "message":
        queue(plea, right, now)
    return ""


def typed_door(plea: Plea) -> bytes | None:
    """The HMAC of the code that was handed over; the code itself is forgotten with this."""
    if plea.secret is None:
        return None
    secret = fields.decrypt_bytes(settings.SECRET("fields"), bytes(plea.secret), field=SECRET)
    return invites.invite_hmac(settings.SECRET("pepper"), secret)


def right_of(round: Round, ref: str) -> str | None:
    """The right of somebody who was invited."""
    rows = Delivery.objects.filter(wave__round=round, contact_ref=ref).order_by("id")
    return rows.values_list("right", flat=True).first()


def queue(plea: Plea, right: str, now: datetime) -> None:
    """One more invitation where the newest went by itself; up to three, each in a wave of its own."""
    rows = Delivery.objects.filter(wave__round=plea.round, contact_ref=plea.contact_ref)
    sent = rows.filter(channel__in=BY_ITSELF, point__isnull=False).order_by("-id")
    channel, point = sent.values_list("channel", "point").first() or ("whatsapp", None)
    before = rows.filter(wave__step__startswith="desk").count()
    wave, _ = Wave.objects.get_or_create(
        round=plea.round,
        step=f"desk-{before + 1}",
        channel=channel,
        defaults={"starts": now, "ends": now + NOT_AFTER, "approved_by": plea.by},
    )
    Delivery.objects.create(
        wave=wave,
        key=uuid.uuid4().hex,
        channel=channel,
        step="invite",
        due_at=now,
        not_after=now + NOT_AFTER,
        contact_ref=plea.contact_ref,
        right=right,
        point_id=point,
    )


def reissue(*, by: str, round: Round, code: str, kind: str, means: str, now: datetime) -> tuple[Plea, str]:
    """The whole way at once, for the command: the person behind a check code, asked for and answered.

    Refuses a code that nobody has (FIELD-152), and all that `plead` and the gate refuse.
    """
    ref = person_of(round, code)
    if ref is None:
        raise refuse("FIELD-152")
    plea, typed = plead(by=by, round=round, ref=ref, kind=kind, means=means, now=now.date())
    serve_pleas(now=now)
    plea.refresh_from_db()
    if plea.state == "refused":
        raise refuse(plea.reason)
    return plea, typed
