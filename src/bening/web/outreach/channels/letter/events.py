"""What an officer enters about a letter -> event. Pure."""

import json
from datetime import datetime

from bening.core.kinds import Event
from bening.web.outreach.channels.letter.codes import kind_of


def events(body: bytes) -> tuple[Event, ...]:
    """A returned letter; post has no other news."""
    row = json.loads(body)
    code = str(row["code"])
    return (Event(str(row["d"]), None, "failed", datetime.fromisoformat(row["at"]), code, kind_of(code)),)


def genuine(body: bytes, header: str, secret: bytes) -> bool:
    """Nothing about letters comes in over the network."""
    return False
