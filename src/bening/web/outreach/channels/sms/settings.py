"""What the adapter needs to know about the provider: the table `[channels.sms]` of FIELDWORK_FILE."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

SECRET = re.compile(r"\$\{secret:([\w-]+)\}")
TYPES = ("application/json", "application/x-www-form-urlencoded")


@dataclass(frozen=True, slots=True)
class Sms:
    """One provider."""

    url: str
    body: Mapping[str, str]
    link: str  # the agency's own address; the secret is added behind `#`
    method: str = "POST"
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    ok_status: tuple[int, ...] = (200, 201, 202)
    id_path: str = "id"
    error_path: str = "error.code"
    callback: Mapping[str, Any] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)


def configured() -> Sms | None:
    """The provider of this installation; None if there is none."""
    try:
        table = tomllib.loads(settings.FIELDWORK_FILE.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    said = table.get("channels", {}).get("sms")
    return None if said is None else made(said)


def made(said: dict[str, Any]) -> Sms:
    """The account of a table; secrets are read from their files, never from the table."""
    words = dict(said)
    words["headers"] = {name: opened(value) for name, value in words.get("headers", {}).items()}
    words["ok_status"] = tuple(words.get("ok_status", (200, 201, 202)))
    return Sms(link=f"{settings.ORIGIN_CLIENT}/i#", **words)


def opened(text: str) -> str:
    """A header with its secrets filled in."""
    return SECRET.sub(lambda found: settings.SECRET(found[1]).decode().strip(), text)


def check(account: Sms) -> tuple[str, ...]:
    """What would keep this provider from working, as words of the table."""
    wrong = {
        "url": not account.url.startswith(("https://", "http://127.", "http://localhost")),
        "content_type": account.content_type not in TYPES,
        "body": "{to}" not in account.body.values() or "{text}" not in account.body.values(),
    }
    return tuple(name for name, bad in wrong.items() if bad)
