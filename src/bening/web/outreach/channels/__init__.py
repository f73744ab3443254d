"""Means of transport: one folder a channel, the same files in each; one row here is all a new one needs."""

from dataclasses import dataclass
from datetime import timedelta
from types import ModuleType

from bening.core.kinds import ContactKind, Event
from bening.web.outreach.channels import email, letter, sms, visit, whatsapp


@dataclass(frozen=True, slots=True)
class Channel:
    """One row: its name, where it lives, which contact points it reaches, in the order of the cascade."""

    name: str
    module: ModuleType
    reaches: tuple[ContactKind, ...]
    by_hand: bool = False  # people carry it, the worker does not
    reports: timedelta | None = None  # without a report of delivery for so long it did not arrive


CHANNELS = {
    row.name: row
    for row in (
        Channel("whatsapp", whatsapp, (ContactKind.PHONE, ContactKind.WHATSAPP), reports=timedelta(hours=13)),
        Channel("sms", sms, (ContactKind.PHONE,)),
        Channel("email", email, (ContactKind.EMAIL,)),
        Channel("letter", letter, (ContactKind.POSTAL,), by_hand=True),
        Channel("visit", visit, (ContactKind.PHONE, ContactKind.POSTAL), by_hand=True),
    )
}


def read(channel: str, body: bytes) -> tuple[Event, ...]:
    """The events of a report that came in for a channel; SMS providers have words of their own."""
    if channel == "sms":
        account = sms.settings.configured()
        return sms.events.events(body, {**sms.events.DEFAULT, **(account.callback if account else {})})
    found: tuple[Event, ...] = CHANNELS[channel].module.events.events(body)
    return found
