"""Rows -> one list: the only file of this channel with output. It keeps nothing."""

import csv
import io
from collections.abc import Sequence

from bening.web.outreach.channels.base import Message
from bening.web.outreach.channels.visit.render import COLUMNS, render
from bening.web.outreach.channels.visit.settings import Visits

RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would calculate what begins like this


def made(messages: Sequence[Message], account: Visits) -> bytes:
    """The list as CSV for one interviewer; whoever holds it knows who was drawn."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in render(message, account)] for message in messages)
    return out.getvalue().encode()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(RISKY) else cell
