"""People who registered themselves: on a list of their own, which no draw and no institution's page sees."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import transaction

from bening.core.kinds import ContactKind, Group, Verdict
from bening.crypto import fields
from bening.web.frame.models import Contact, ContactPoint, Roster
from bening.web.frame.steps.keep import NAME, POINT
from bening.web.registry.models import Round, Unit

SOURCE = "daftar_mandiri"
USER = "user"


def number_index(number: str) -> bytes:
    """The keyed hash by which a number in E.164 is found again."""
    return fields.blind_index(settings.SECRET("index"), number, field=POINT)


def listed(*, round: Round, index: bytes) -> bool:
    """Whether a number stands on any list of the round: then it may have been drawn, or may still be."""
    return ContactPoint.objects.filter(contact__roster__round=round, index=index).exists()


@transaction.atomic
def register(*, round: Round, unit: Unit, number: str, now: datetime) -> str:
    """One visitor of a unit, without a name; the reference. No audit row: it would tell when."""
    roster = visitors(round, unit, now)
    row = Contact.objects.create(
        roster=roster,
        ref=uuid.uuid4().hex,
        row=roster.rows + 1,
        unit=unit,
        category=USER,
        verdict=Verdict.ELIGIBLE,
        name=fields.encrypt(settings.SECRET("fields"), "", field=NAME),
    )
    ContactPoint.objects.create(
        contact=row,
        kind=ContactKind.PHONE,
        value=fields.encrypt(settings.SECRET("fields"), number, field=POINT),
        index=number_index(number),
    )
    roster.rows += 1
    roster.accepted += 1
    roster.save(update_fields=["rows", "accepted"])
    return row.ref


def visitors(round: Round, unit: Unit, now: datetime) -> Roster:
    """The one list of an institution's visitors, locked. A draft: what is frozen can be drawn from."""
    row, _ = Roster.everything.get_or_create(
        round=round,
        institution=unit.institution,
        group=Group.VISITOR,
        version=1,
        defaults={
            "digest": "",  # nobody handed over a file
            "source": SOURCE,
            "extracted": now.date(),
            "state": "draft",
            "received": now,
            "rules": "",
        },
    )
    return Roster.everything.select_for_update(no_key=True).get(pk=row.pk)
