"""What an interviewer enters about a visit -> event. Pure."""

import json
from datetime import datetime

from bening.core.kinds import Event
from bening.web.outreach.channels.visit.codes import kind_of


def events(body: bytes) -> tuple[Event, ...]:
    """A visit that came to nothing, or a person who was met."""
    row = json.loads(body)
    at, code = datetime.fromisoformat(row["at"]), str(row["code"])
    if code == "met":
        return (Event(str(row["d"]), None, "delivered", at),)
    return (Event(str(row["d"]), None, "failed", at, code, kind_of(code)),)


def genuine(body: bytes, header: str, secret: bytes) -> bool:
    """Nothing about visits comes in over the network."""
    return False
