"""Message -> request body, and the templates as they are submitted for approval. Pure."""

import json
from typing import Any

from bening.web.outreach.channels.base import Message
from bening.web.outreach.channels.whatsapp.settings import Whatsapp

NAMES = {"invite": "bening_undangan_a_v1"}
ORDER = {"invite": ("check_code", "phrase", "minutes", "closes")}

BODIES = {
    ("invite", "id"): (
        "Pemberitahuan resmi {agency}. Nomor ini terpilih secara acak untuk {survey}. Kode cek pesan "
        "ini: {{{{1}}}}, frasa: {{{{2}}}}. Pengisian sekitar {{{{3}}}} menit, dibuka sampai "
        "{{{{4}}}}, dan sukarela. Anda tidak perlu memberi tahu siapa pun bahwa Anda menerima pesan "
        "ini. Belum yakin pesan ini asli? Jangan tekan apa pun: ketik sendiri {check}, masukkan kode "
        "cek, lalu cocokkan frasanya. Kami tidak pernah meminta NIK, OTP, PIN, nomor rekening, atau "
        "uang."
    ),
    ("invite", "en"): (
        "Official notice from {agency}. This number was drawn at random for {survey}. Check code of "
        "this message: {{{{1}}}}, phrase: {{{{2}}}}. It takes about {{{{3}}}} minutes, is open until "
        "{{{{4}}}}, and is voluntary. You need not tell anyone that you received this. Not sure that "
        "it is genuine? Tap nothing: type {check} yourself, enter the check code and compare the "
        "phrase. We never ask for an ID number, OTP, PIN, bank account or money."
    ),
}
BUTTONS = {
    "id": ("Buka survei", "Bukan untuk saya", "Saya ragu"),
    "en": ("Open survey", "Not for me", "I have doubts"),
}


def request_body(message: Message) -> bytes:
    """The JSON of one send."""
    texts = [message.words[name] for name in ORDER[message.step]]
    payload = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": message.to.lstrip("+"),
        "type": "template",
        "biz_opaque_callback_data": f"d:{message.key}:{message.attempt}",
        "template": {
            "name": NAMES[message.step],
            "language": {"code": message.language},
            "components": [
                {"type": "body", "parameters": [{"type": "text", "text": text} for text in texts]},
                button("url", 0, {"type": "text", "text": message.secret}),
                button("quick_reply", 1, {"type": "payload", "payload": f"fb:not_me:{message.key}"}),
                button("quick_reply", 2, {"type": "payload", "payload": f"fb:doubt:{message.key}"}),
            ],
        },
    }
    return json.dumps(payload, separators=(",", ":")).encode()


def button(kind: str, index: int, parameter: dict[str, str]) -> dict[str, Any]:
    """One button component."""
    return {"type": "button", "sub_type": kind, "index": str(index), "parameters": [parameter]}


def template(step: str, language: str, sender: Whatsapp, words: dict[str, str]) -> dict[str, Any]:
    """A template as it is submitted; `words` are fixed at authoring (agency, survey, check address)."""
    open_, not_me, doubt = BUTTONS[language]
    example = {
        "check_code": "K7Q2-9XMA",
        "phrase": "teduh rimba",
        "minutes": "10",
        "closes": "31 Oktober 2026",
    }
    return {
        "name": NAMES[step],
        "language": language,
        "category": "UTILITY",
        "message_send_ttl_seconds": 43200,  # the default of 30 days would deliver after the replacement
        "components": [
            {"type": "HEADER", "format": "TEXT", "text": f"{words['agency_short']}: {words['survey']}"[:60]},
            {
                "type": "BODY",
                "text": BODIES[step, language].format(**words),
                "example": {"body_text": [[example[name] for name in ORDER[step]]]},
            },
            {"type": "FOOTER", "text": f"{words['agency_short']}, {words['check']}"[:60]},
            {
                "type": "BUTTONS",
                "buttons": [
                    {
                        "type": "URL",
                        "text": open_,
                        "url": sender.link + "{{1}}",
                        "example": [sender.link + "x"],
                    },
                    {"type": "QUICK_REPLY", "text": not_me},
                    {"type": "QUICK_REPLY", "text": doubt},
                ],
            },
        ],
    }
