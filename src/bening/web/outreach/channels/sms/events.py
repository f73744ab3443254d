"""Delivery reports of an SMS provider -> events, and the signature check. Pure."""

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from bening.core.kinds import Event
from bening.web.outreach.channels.sms.codes import kind_of

DEFAULT: Mapping[str, Any] = {
    "ref_path": "ref",
    "status_path": "status",
    "map": {"DELIVRD": "delivered", "UNDELIV": "failed", "EXPIRED": "failed"},
}


def events(body: bytes, callback: Mapping[str, Any] = DEFAULT) -> tuple[Event, ...]:
    """The events of a report, one or a list; a status that the table does not name gives none."""
    said = json.loads(body)
    rows = said if isinstance(said, list) else [said]
    found = []
    for row in rows:
        word = str(row[callback["status_path"]])
        status = callback["map"].get(word)
        if status is not None:
            code = word if status == "failed" else None
            kind = kind_of(word) if code else None
            at = datetime.fromtimestamp(int(row.get("timestamp", 0)), UTC)
            found.append(Event(str(row[callback["ref_path"]]), None, status, at, code, kind))
    return tuple(found)


def genuine(body: bytes, header: str, secret: bytes) -> bool:
    """Whether the signature over the raw bytes is the provider's, with or without its scheme in front."""
    expected = hmac.new(secret, body, sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), header.removeprefix("sha256=").encode())
