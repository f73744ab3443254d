"""Messages on their way."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeliveryState(StrEnum):
    """Where a delivery stands; the table of moves is in docs/methods/delivery.md."""

    QUEUED = "queued"
    LEASED = "leased"
    SENDING = "sending"
    ACCEPTED = "accepted"
    HELD = "held"
    SENT = "sent"
    DELIVERED = "delivered"
    UNKNOWN = "unknown"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Attempted:
    """The merged status of one attempt: rank decides, a tie keeps the smallest (at, code)."""

    status: str
    at: datetime
    code: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing a provider reported, already stripped of content."""

    key: str | None  # our delivery key and attempt, as the provider echoed it
    provider_id: str | None
    status: str
    at: datetime
    code: str | None = None
    kind: str | None = None
    answer: str | None = None
