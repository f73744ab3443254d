"""Webhook bytes -> events, and the signature check. Pure."""

import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from bening.core.kinds import Event
from bening.web.outreach.channels.whatsapp.codes import classify

LONGEST = 160  # characters of an id
STATUSES = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "played": "delivered",
    "failed": "failed",
}


def genuine(body: bytes, header: str, secret: bytes) -> bool:
    """Whether the signature over the raw bytes is the provider's."""
    return same("sha256=" + hmac.new(secret, body, sha256).hexdigest(), header)


def same(expected: str, offered: str) -> bool:
    """Whether two texts are equal, in a time that does not tell how far they are."""
    return hmac.compare_digest(expected.encode(), offered.encode())


def events(body: bytes) -> tuple[Event, ...]:
    """Every event of every array; providers batch over entries, changes and statuses."""
    values = [
        change.get("value", {})
        for entry in json.loads(body).get("entry", [])
        for change in entry.get("changes", [])
        if change.get("field") == "messages"
    ]
    return tuple(event for value in values for event in [*statuses(value), *replies(value)])


def statuses(value: dict[str, Any]) -> Iterator[Event]:
    """Delivery reports; "read" is evidence of delivery and otherwise forgotten."""
    for row in value.get("statuses", []):
        if row.get("status") not in STATUSES:
            continue
        errors = row.get("errors") or [{}]
        code = errors[0].get("code")
        yield Event(
            key=word(row.get("biz_opaque_callback_data")),
            provider_id=word(row.get("id")),
            status=STATUSES[row["status"]],
            at=datetime.fromtimestamp(int(row["timestamp"]), UTC),
            code=None if code is None else str(code),
            kind=None if code is None else classify(int(code)),
        )


def word(text: object) -> str | None:
    """A key or id as it was echoed; what no table could hold is a report that cannot be understood."""
    if text is not None and not (isinstance(text, str) and len(text) <= LONGEST and text.isprintable()):
        raise ValueError("not an id")
    return text


def replies(value: dict[str, Any]) -> Iterator[Event]:
    """Taps on our own buttons; free text is never kept."""
    for row in value.get("messages", []):
        payload = row.get("button", {}).get("payload", "")
        if payload.startswith("fb:"):
            _, answer, key = payload.split(":", 2)
            at = datetime.fromtimestamp(int(row["timestamp"]), UTC)
            yield Event(key=f"d:{key}:0", provider_id=None, status="reply", at=at, answer=answer)
