"""The business account the emulator plays: its numbers, its token, its webhook destination."""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bening.emulator.chaos import Chance, Knobs
from bening.emulator.faults import GraphError


@dataclass(frozen=True, slots=True)
class Identity:
    pnid: str
    waba: str
    portfolio: str
    number: str
    name: str
    official: bool

    def user_id(self, number: str) -> str:
        """The business-scoped user id: one a person and portfolio, whatever the seed."""
        return "ID." + str(int.from_bytes(Chance(0, self.portfolio, number).digest("user"), "big"))


class Account:
    """`token_file` missing: any non-empty token is good, until it is made to expire."""

    def __init__(self, identity: Identity, *, token_file: Path | None, expired: bool) -> None:
        self.identity = identity
        self._token_file = token_file
        self._token = self._read_token()
        self.expired = expired

    def _read_token(self) -> str:
        return "" if self._token_file is None else self._token_file.read_text(encoding="utf-8").strip()

    def renew(self, token: str | None) -> None:
        self._token = self._read_token() if token is None else token
        self.expired = False

    def check_token(self, offered: str, now: float, knobs: Knobs) -> None:
        over = knobs.token_expires_at is not None and now >= knobs.token_expires_at
        good = hmac.compare_digest(offered.encode(), self._token.encode()) if self._token else bool(offered)
        if self.expired or over or not good:
            raise GraphError(190, "The access token could not be decrypted, is wrong or has expired.")

    def check_permission(self, purpose: str, knobs: Knobs) -> None:
        if purpose in knobs.permissions:
            return
        code = 10 if purpose == "messaging" else 200
        raise GraphError(code, f"The token lacks whatsapp_business_{purpose}.")

    def check_object(self, found: str, *known: str) -> None:
        if found not in known:
            raise GraphError(33, f"Object with ID '{found}' does not exist.")


def on_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def checked_destination(url: str) -> str:
    """Simulated news leaves this machine under no circumstances."""
    parts = urlsplit(url)
    if parts.scheme != "http" or not on_loopback(parts.hostname or ""):
        raise ValueError("the webhook destination must be http:// on loopback")
    return url
