"""Message -> the words of one page. Pure."""

from typing import Any

from bening.web.outreach.channels.base import Message
from bening.web.outreach.channels.letter.settings import Paper
from bening.web.outreach.channels.texts import NEVER, by_post

LABELS = {
    "id": {
        "scan": "Pindai dengan kamera HP Anda",
        "type": "atau ketik alamat ini dan kode masuknya:",
        "entry": "Kode masuk",
        "check_code": "Kode cek",
        "phrase": "Frasa",
        "check": "Periksa surat ini di",
        "hotline": "Saluran bantuan",
    },
    "en": {
        "scan": "Scan it with your phone",
        "type": "or type this address and the entry code:",
        "entry": "Entry code",
        "check_code": "Check code",
        "phrase": "Phrase",
        "check": "Check this letter at",
        "hotline": "Help line",
    },
}


def render(message: Message, account: Paper) -> dict[str, Any]:
    """What stands on the page; `link` becomes its QR code when it is set.

    Check code and phrase are those of every electronic message to this person. No unit, no reason.
    """
    words, say = message.words, LABELS[message.language]
    return {
        "to": message.to.splitlines(),
        "agency": words["agency"],
        "survey": words["survey"],
        "body": [by_post("invite", message.language).format(**words).replace(NEVER[message.language], "")],
        "never": NEVER[message.language],
        "link": account.link + message.secret,
        "client": account.client,
        "entry_code": words["entry_code"],
        "say": say,
        "card": [
            [say["check_code"], words["check_code"]],
            [say["phrase"], words["phrase"]],
            [say["check"], words["check"]],
            [say["hotline"], words["hotline"]],
        ],
    }
