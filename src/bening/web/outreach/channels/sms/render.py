"""Message -> one text of at most 160 plain characters, and the request that carries it. Pure."""

import json
from urllib.parse import urlencode

from bening.web.outreach.channels.base import Message
from bening.web.outreach.channels.sms.settings import Sms
from bening.web.outreach.channels.texts import opens

LONGEST = 160  # characters of one segment
TEXTS = {
    "id": (
        "{agency_short} {survey}, resmi. Kode cek {check_code}, frasa {phrase}. Cek: ketik {check}.",
        " Isi: {link}",
        "{agency_short} {survey} sudah ditutup. Tautan lama tidak berlaku. Lapor pesan palsu: {check}.",
    ),
    "en": (
        "{agency_short} {survey}, official. Check code {check_code}, phrase {phrase}. Type {check}.",
        " Open: {link}",
        "{agency_short} {survey} is closed. Old links do not work. Report false messages: {check}.",
    ),
}


def text(message: Message, account: Sms) -> str:
    """The text; the survey's name gives way first where it would need a second segment."""
    call, way_in, closed = TEXTS[message.language]
    pattern = call + way_in if opens(message.step) else closed
    words = {**message.words, "link": account.link + message.secret}
    for survey in (message.words["survey"], ""):
        said = " ".join(pattern.format(**words | {"survey": survey}).replace(" ,", ",").split())
        if len(said) <= LONGEST:
            return said
    raise ValueError(f"{len(said)} characters in one text")


def render(message: Message, account: Sms) -> bytes:
    """The body of the request, as the provider's table describes it."""
    words = {"to": message.to, "text": text(message, account), "key": f"d:{message.key}:{message.attempt}"}
    filled = {name: value.format(**words) for name, value in account.body.items()}
    if account.content_type == "application/json":
        return json.dumps(filled, ensure_ascii=False).encode()
    return urlencode(filled).encode()
