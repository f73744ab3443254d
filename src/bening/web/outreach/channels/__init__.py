"""Means of transport: one folder a channel, the same files in each; one row here is all a new one needs."""

from dataclasses import dataclass
from types import ModuleType

from bening.core.kinds import ContactKind
from bening.web.outreach.channels import whatsapp


@dataclass(frozen=True, slots=True)
class Channel:
    """One row: its name, where it lives, and which contact points it can reach."""

    name: str
    module: ModuleType
    reaches: tuple[ContactKind, ...]


CHANNELS = {
    "whatsapp": Channel("whatsapp", whatsapp, (ContactKind.PHONE, ContactKind.WHATSAPP)),
}
