"""What the adapter needs to know about the sender."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Whatsapp:
    """One sender row."""

    base_url: str
    version: str
    waba: str
    pnid: str
    token: str
    link: str  # the agency's own address; the secret is added behind `#`


def configured() -> Whatsapp | None:
    """The sender of this installation; None if there is none."""
    if not settings.WHATSAPP_PNID:
        return None
    return Whatsapp(
        base_url=settings.WHATSAPP_BASE_URL,
        version=settings.WHATSAPP_VERSION,
        waba=settings.WHATSAPP_WABA,
        pnid=settings.WHATSAPP_PNID,
        token=settings.SECRET("whatsapp-token").decode(),
        link=f"{settings.ORIGIN_CLIENT}/i#",
    )


def check(account: Whatsapp) -> tuple[str, ...]:
    """What would keep this sender from working, as names of settings."""
    wrong = {
        "WHATSAPP_WABA": not account.waba,
        "whatsapp-token": not account.token,
        "WHATSAPP_BASE_URL": not account.base_url.startswith(("https://", "http://127.", "http://localhost")),
    }
    return tuple(name for name, bad in wrong.items() if bad)
