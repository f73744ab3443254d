"""The help desk's half: find whose message it is, and ask the worker for what the hall cannot do itself.

The desk learns that somebody was drawn, which the person has just said, and never whether a right was used:
what it asks for is answered alike in both cases.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from bening.core.kinds import ContactKind
from bening.core.problems import refuse
from bening.crypto import fields, invites
from bening.files.phones import parse
from bening.web.fieldwork.models import Delivery, Plea
from bening.web.fieldwork.steps.feedback import person_of
from bening.web.frame import steps as frame
from bening.web.frame.models import ContactPoint
from bening.web.frame.steps.keep import POINT
from bening.web.registry.models import Round
from bening.web.registry.steps import record

SECRET = "fieldwork.typed"  # noqa: S105  what a ciphertext is for
MOST = 3  # pleas for one person: each opens another way in
SHOWN = 2  # last digits by which a person knows their own number


@dataclass(frozen=True, slots=True)
class Found:
    """A person with an invitation, as the desk sees them."""

    ref: str
    ending: str  # of the number that messages go to
    left: int  # pleas that may still be made


@transaction.atomic
def find(*, by: str, round: Round, typed: str) -> Found | None:
    """The person behind a check code or a phone number, if they have an invitation in this round."""
    ref = person_of(round, typed) or by_number(round, typed)
    record(by=by, verb="desk_look", on=round.code, detail={"found": bool(ref)}, to_the_day=True)
    return found(round, ref) if ref else None


def found(round: Round, ref: str) -> Found:
    """What the desk sees of somebody."""
    point = frame.points(refs=[ref], kind=ContactKind.PHONE).get(ref)
    number = frame.reach(points=[point])[point] if point else ""
    return Found(
        ref, number[-SHOWN:], max(0, MOST - Plea.objects.filter(round=round, contact_ref=ref).count())
    )


def by_number(round: Round, typed: str) -> str | None:
    """The invited person with this number; a number that several were listed with names nobody."""
    number = parse(typed)
    if number is None:
        return None
    index = fields.blind_index(settings.SECRET("index"), number.e164, field=POINT)
    refs = ContactPoint.objects.filter(index=index).values_list("contact__ref", flat=True)
    invited = Delivery.objects.filter(wave__round=round, contact_ref__in=list(refs))
    known = set(invited.values_list("contact_ref", flat=True))
    return known.pop() if len(known) == 1 else None


@transaction.atomic
def plead(*, by: str, round: Round, ref: str, kind: str, means: str, now: date) -> tuple[Plea, str]:
    """Ask for a new link, the right once more, or its end; the plea and the code to hand over, if any.

    Refused when the right was asked for once already (FIELD-150), or too often at all (FIELD-151).
    """
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)  # two desks at once
    mine = Plea.objects.filter(round=round, contact_ref=ref)
    if kind == "again" and mine.filter(kind="again").exclude(state="refused").exists():
        raise refuse("FIELD-150")
    if kind != "void" and mine.exclude(kind="void").count() >= MOST:
        raise refuse("FIELD-151", most=MOST)
    secret = invites.typed_secret() if means == "code" else None
    plea = Plea.objects.create(
        round=round,
        key=uuid.uuid4().hex[:8].upper(),
        contact_ref=ref,
        kind=kind,
        means="" if kind == "void" else means,
        secret=fields.encrypt_bytes(settings.SECRET("fields"), secret, field=SECRET) if secret else None,
        day=now,
        by=by,
    )
    record(by=by, verb="desk_ask", on=round.code, detail={"kind": kind, "means": means}, to_the_day=True)
    return plea, invites.typed_code(secret) if secret else ""


def recent(*, round: Round, by: str) -> list[Plea]:
    """What this person asked for, the newest first."""
    return list(Plea.objects.filter(round=round, by=by).order_by("-day", "-id")[:20])
