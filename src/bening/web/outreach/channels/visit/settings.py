"""What a list of visits needs to know: nothing of its own."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Visits:
    """One field organisation."""

    client: str  # what the tablet opens


def configured() -> Visits | None:
    """The field organisation of this installation."""
    return Visits(settings.ORIGIN_CLIENT.split("//")[-1])


def check(account: Visits) -> tuple[str, ...]:
    """What would keep visits from working, as names of settings."""
    return () if account.client else ("ORIGIN_CLIENT",)
