"""Pages of the check process: no account, no cookie, no trace of who looked; and how often one may ask.

What is counted is a bucket that thousands share, under a salt of the day that lies in memory alone.
"""

import ipaddress
import os
from collections.abc import Callable
from datetime import date
from functools import wraps
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from bening.crypto.invites import network_bucket
from bening.web.fieldwork.claims import split
from bening.web.outreach.claims import claim
from bening.web.outreach.views.limit import Limit
from bening.web.registry.models import Round

Page = Callable[..., HttpResponse]
V4, V6 = 24, 48  # bits of an address that make a network


class Buckets:
    """So many calls a minute from one bucket of networks; the salt is forgotten with the day."""

    def __init__(self, most: int) -> None:
        self.limit = Limit(most)
        self.day: date | None = None
        self.salt = b""
        self.lock = Lock()

    def allows(self, request: HttpRequest) -> bool:
        """Whether one more call from there is within the limit."""
        now = settings.NOW()
        with self.lock:
            if now.date() != self.day:
                self.day, self.salt = now.date(), os.urandom(32)
            bucket = network_bucket(self.salt, network(visitor(request)))
        return self.limit.allows(bucket, now)


def visitor(request: HttpRequest) -> str:
    """The address a call came from, behind our own proxies."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if 0 < settings.PROXIES <= len(hops):
        return hops[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def network(address: str) -> bytes:
    """The network an address belongs to; one and the same for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return b""
    return ipaddress.ip_network(
        (found, V4 if found.version == 4 else V6), strict=False
    ).network_address.packed


def public(view: Page) -> Page:
    """The language by `?bahasa=`, Indonesian first; nothing kept and nothing handed on to another site."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("bahasa", "")
        with translation.override(asked if asked in dict(settings.LANGUAGES) else translation.get_language()):
            page = view(request, *args, **kwargs)
            page["Content-Language"] = translation.get_language()
        page["Cache-Control"] = "no-store"
        return page

    return shown


def language() -> str:
    """The language of the page, as the files of texts name it."""
    return "en" if (translation.get_language() or "id").startswith("en") else "id"


def frame() -> dict[str, Any]:
    """What stands around every public page."""
    return {
        "round": Round.current(),
        "client": settings.ORIGIN_CLIENT,
        "demo": settings.DEPLOYMENT == "demo",
        "split": split(claim(), language()),
        "deployment": settings.DEPLOYMENT,
    }
