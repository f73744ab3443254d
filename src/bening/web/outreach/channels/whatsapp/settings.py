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


def configured() -> Whatsapp:
    """The sender of this installation."""
    return Whatsapp(
        base_url=settings.WHATSAPP_BASE_URL,
        version=settings.WHATSAPP_VERSION,
        waba=settings.WHATSAPP_WABA,
        pnid=settings.WHATSAPP_PNID,
        token=settings.SECRET("whatsapp-token").decode(),
        link=f"{settings.ORIGIN_CLIENT}/i#",
    )
