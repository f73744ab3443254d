"""Whether the number can send, and its templates."""

import json
from typing import Any

import urllib3

from bening.web.outreach.channels.whatsapp.render import NAMES, template
from bening.web.outreach.channels.whatsapp.send import call
from bening.web.outreach.channels.whatsapp.settings import Whatsapp


def templates(http: urllib3.PoolManager, sender: Whatsapp) -> dict[tuple[str, str], dict[str, Any]]:
    """Every template the provider knows, by name and language."""
    rows = call(http, sender, "GET", f"{sender.waba}/message_templates?limit=250").get("data", [])
    return {(row["name"], row["language"]): row for row in rows}


def submit(
    http: urllib3.PoolManager, sender: Whatsapp, step: str, language: str, words: dict[str, str]
) -> None:
    """Submit a template for approval if the provider does not have it."""
    if (NAMES[step], language) not in templates(http, sender):
        body = json.dumps(template(step, language, sender, words))
        call(http, sender, "POST", f"{sender.waba}/message_templates", body=body)


def sendable(http: urllib3.PoolManager, sender: Whatsapp, step: str, language: str) -> bool:
    """Whether the template is approved, and still in the category it was planned with."""
    row = templates(http, sender).get((NAMES[step], language), {})
    return row.get("status") == "APPROVED" and row.get("category") == "UTILITY"
