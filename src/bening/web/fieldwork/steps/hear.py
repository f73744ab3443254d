"""What people and providers say beside delivery: taps on our buttons, "stop", and news of a sender."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from bening.core.kinds import DeliveryState, Event
from bening.crypto import fields
from bening.web.fieldwork.models import Delivery, Feedback
from bening.web.frame.models import ContactPoint
from bening.web.outreach.models import Sender
from bening.web.outreach.steps import lift, pause_sender, set_tier, suppress

BUTTONS = ("not_me", "doubt")  # what our own buttons may say
POINT = "frame.point"  # what the blind index of a contact point is for
CHANNEL = "whatsapp"


def heed_people(found: Iterable[Event], now: datetime) -> None:
    """A tap becomes a report of that person, once a day; who says stop gets nothing more from now on."""
    found = list(found)
    rows = Delivery.objects.filter(key__in={key_of(event) for event in found}).select_related("wave")
    known = {row.key: row for row in rows}
    day = timezone.localtime(now).date()
    for event in found:
        row = known.get(key_of(event))
        if event.status == "reply" and row is not None and event.answer in BUTTONS:
            Feedback.objects.get_or_create(
                round_id=row.wave.round_id, kind=event.answer, source="button",
                contact_ref=row.contact_ref, day=day,
            )  # fmt: skip
        elif event.status == "stop":
            stop(event, row, now)


def key_of(event: Event) -> str:
    """The delivery a report is about; empty if it names none."""
    parts = (event.key or "").split(":")
    return parts[1] if len(parts) == 3 else ""


def stop(event: Event, row: Delivery | None, now: datetime) -> None:
    """Nothing more to this person: by the message that was answered, and the address it came from."""
    source = "provider" if event.kind == "provider" else "text"
    indexes = []
    if event.who:
        number = "+" + event.who.lstrip("+")
        indexes.append(fields.blind_index(settings.SECRET("index"), number, field=POINT))
    if row is not None:
        indexes += map(
            bytes, ContactPoint.objects.filter(contact__ref=row.contact_ref).values_list("index", flat=True)
        )
    if event.answer == "resume":
        lift(indexes=indexes, source="provider")
        return
    suppress(indexes=indexes, reason="stop", source=source, day=now.date())
    points = ContactPoint.objects.filter(index__in=indexes).values("pk")
    waiting = Delivery.objects.filter(point__in=points, state=DeliveryState.QUEUED)
    waiting.update(state=DeliveryState.CANCELLED, reason="opted_out")


def heed_notices(found: Iterable[Event]) -> None:
    """What the provider says of number and templates stops the sender at once, or changes its daily limit."""
    for event in found:
        if event.kind == "tier":
            set_tier(channel=CHANNEL, tier=int(event.answer or 0))
            continue
        for sender in Sender.objects.filter(channel=CHANNEL, paused=""):
            pause_sender(sender=sender, reason=f"{event.kind} {event.answer}")
