"""Messages on their way."""

from dataclasses import dataclass
from datetime import date, datetime
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
    who: str | None = None  # the address of somebody who says stop; nothing else is matched by it


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days on which nobody is written to, and those of the fasting month with its shorter hours."""

    off: frozenset[date]
    fasting: frozenset[date] = frozenset()

    @property
    def years(self) -> frozenset[int]:
        """The years it knows; a day of any other may be a holiday."""
        return frozenset(day.year for day in self.off)


@dataclass(frozen=True, slots=True)
class RampPlan:
    """How a wave goes through the daily limits: its end (None = not inside its windows), people by day."""

    finish: datetime | None
    days: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of a sender while a wave runs; counts of the windows that the rules name."""

    our_faults: int = 0
    delivered: int = 0  # in 24 hours
    unhappy: int = 0  # doubts and blocks in 24 hours
    started: int = 0  # attempts in 15 minutes
    unknown: int = 0  # of them without an answer
    silence: float = 0.0  # seconds without any report while messages go out
    quality: str = ""
    template: str = "APPROVED"
    category: str = "UTILITY"
