"""What the adapter needs to know about the mail server."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Mail:
    """One sender."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    ssl: bool
    from_: str
    link: str  # the agency's own address; the secret is added behind `#`
    stop: str  # where somebody says that they want no more


def configured() -> Mail | None:
    """The mail server of this installation; None if there is none."""
    if not settings.EMAIL_URL:
        return None
    return Mail(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        user=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        tls=settings.EMAIL_USE_TLS,
        ssl=settings.EMAIL_USE_SSL,
        from_=settings.DEFAULT_FROM_EMAIL,
        link=f"{settings.ORIGIN_CLIENT}/i#",
        stop=f"{settings.ORIGIN_CHECK}/cek/lapor?alasan=refuse",
    )


def check(account: Mail) -> tuple[str, ...]:
    """What would keep this sender from working, as names of settings."""
    wrong = {
        "EMAIL_URL": not account.host or (bool(account.user) and not (account.tls or account.ssl)),
        "EMAIL_FROM": "@" not in account.from_,
    }
    return tuple(name for name, bad in wrong.items() if bad)
