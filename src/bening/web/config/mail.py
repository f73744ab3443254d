"""Django's words for the address of a mail server."""

from typing import Any
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465}


def mail(url: str) -> dict[str, Any]:
    """Settings of `smtp://user@host:port` (STARTTLS) or `smtps://…` (TLS from the start); none for no URL.

    Without a user, as with a relay on the same machine, `smtp` goes out unencrypted.
    """
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or parts.password:
        raise ValueError("EMAIL_URL is smtp://user@host:port or smtps://user@host:port, without a password")
    user = unquote(parts.username or "")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": user,
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(user),
        "EMAIL_TIMEOUT": 10,
    }
