"""Pages -> one PDF: the only file of this channel with input and output. It keeps nothing."""

from collections.abc import Sequence
from typing import Literal

from bening.web.outreach.channels.base import Message
from bening.web.outreach.channels.letter.render import render
from bening.web.outreach.channels.letter.settings import Paper
from bening.web.outreach.channels.paper import printed, qr

MOST = 200  # letters in one file


def made(
    messages: Sequence[Message], account: Paper, form: Literal["pdf", "png"] = "pdf", page: int = 1
) -> bytes:
    """The letters in their order, a page each; whoever holds the bytes holds the secrets."""
    if not 0 < len(messages) <= MOST:
        raise ValueError(f"{len(messages)} letters in one file")
    sheets = [render(message, account) for message in messages]
    for sheet in sheets:
        sheet["qr"] = qr(sheet.pop("link"), border=4)
    data = {
        "title": sheets[0]["survey"],
        "agency": sheets[0]["agency"],
        "language": messages[0].language,
        "foot": "",
        "sheets": sheets,
    }
    return printed("invitation", data, form, page)
