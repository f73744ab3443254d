"""The words every channel speaks."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be said to whom; `words` fill the template, `secret` opens the survey and is forgotten."""

    key: str
    attempt: int
    step: str
    language: str
    to: str
    words: Mapping[str, str]
    secret: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider took it."""

    provider_id: str
    held: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """The provider refused it; `kind` is the class of the code and decides what happens next."""

    code: str
    kind: str
    http_status: int


@dataclass(frozen=True, slots=True)
class Throttled:
    """Too fast or too many: not an attempt, the row goes back into the queue."""

    code: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """The request never left this house."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been sent: never repeated blindly."""

    reason: str


Outcome = Accepted | Rejected | Throttled | NotSent | Unknown


@dataclass(frozen=True, slots=True)
class Health:
    """Whether a sender can send, and what its provider says of it."""

    ok: bool
    quality: str = ""
    tier: int | None = None  # different recipients a day; None = unknown
    notes: tuple[str, ...] = ()
