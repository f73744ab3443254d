"""What a letter needs to know: where its code leads."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Paper:
    """One printer of letters."""

    link: str  # the agency's own address; the secret is added behind `#`
    client: str  # what somebody types who does not scan


def configured() -> Paper | None:
    """The printer of this installation: paper is always there."""
    return Paper(f"{settings.ORIGIN_CLIENT}/i#", settings.ORIGIN_CLIENT.split("//")[-1])


def check(account: Paper) -> tuple[str, ...]:
    """What would keep letters from working, as names of settings."""
    return () if account.link.endswith("/i#") else ("ORIGIN_CLIENT",)
