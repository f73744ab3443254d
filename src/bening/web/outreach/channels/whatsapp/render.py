"""Message -> request body, and the templates as they are submitted for approval. Pure."""

import json
from typing import Any

from bening.web.outreach.channels.base import Message
from bening.web.outreach.channels.texts import BODIES, opens, variables
from bening.web.outreach.channels.whatsapp.settings import Whatsapp

NAMES = {
    "invite": "bening_undangan_a_v1",
    "reminder_1": "bening_pengingat_1_a_v1",
    "reminder_2": "bening_pengingat_2_a_v1",
    "reminder_3": "bening_pengingat_3_a_v1",
    "closing": "bening_penutup_a_v1",
}
LONGEST = 1024  # characters of a body
EXAMPLES = {
    "check_code": "K7Q2-9XMA",
    "phrase": "teduh rimba",
    "entry_code": "K7Q2-9XMA-4RT8-0ZNE-5Y",
    "minutes": "10",
    "closes": "31 Oktober 2026",
}
BUTTONS = {
    "id": ("Buka survei", "Bukan untuk saya", "Saya ragu"),
    "en": ("Open survey", "Not for me", "I have doubts"),
}


def render(message: Message, account: Whatsapp) -> bytes:
    """The JSON of one send."""
    names = variables(message.step, message.language)
    body = [{"type": "text", "text": message.words[name]} for name in names]
    components: list[dict[str, Any]] = [{"type": "body", "parameters": body}]
    if opens(message.step):
        components += [
            button("url", 0, {"type": "text", "text": message.secret}),
            button("quick_reply", 1, {"type": "payload", "payload": f"fb:not_me:{message.key}"}),
            button("quick_reply", 2, {"type": "payload", "payload": f"fb:doubt:{message.key}"}),
        ]
    payload = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": message.to.lstrip("+"),
        "type": "template",
        "biz_opaque_callback_data": f"d:{message.key}:{message.attempt}",
        "template": {
            "name": NAMES[message.step],
            "language": {"code": message.language},
            "components": components,
        },
    }
    return json.dumps(payload, separators=(",", ":")).encode()


def button(kind: str, index: int, parameter: dict[str, str]) -> dict[str, Any]:
    """One button component."""
    return {"type": "button", "sub_type": kind, "index": str(index), "parameters": [parameter]}


def template(step: str, language: str, account: Whatsapp, words: dict[str, str]) -> dict[str, Any]:
    """A template as it is submitted; `words` are fixed at authoring (agency, survey, check address)."""
    names = variables(step, language)
    numbered = {name: f"{{{{{place}}}}}" for place, name in enumerate(names, 1)}
    header = f"{words['agency_short']}: {words['survey']}"[:60]
    components: list[dict[str, Any]] = [
        {"type": "HEADER", "format": "TEXT", "text": header},
        {
            "type": "BODY",
            "text": BODIES[step, language].format(**words, **numbered),
            "example": {"body_text": [[EXAMPLES[name] for name in names]]},
        },
        {"type": "FOOTER", "text": f"{words['agency_short']}, {words['check']}"[:60]},
    ]
    if opens(step):
        components.append({"type": "BUTTONS", "buttons": buttons(language, account)})
    return {
        "name": NAMES[step],
        "language": language,
        "category": "UTILITY",
        "message_send_ttl_seconds": 43200,  # the default of 30 days would deliver after the replacement
        "components": components,
    }


def buttons(language: str, account: Whatsapp) -> list[dict[str, Any]]:
    """The way in, and two answers that need no typing."""
    open_, not_me, doubt = BUTTONS[language]
    return [
        {"type": "URL", "text": open_, "url": account.link + "{{1}}", "example": [account.link + "x"]},
        {"type": "QUICK_REPLY", "text": not_me},
        {"type": "QUICK_REPLY", "text": doubt},
    ]
