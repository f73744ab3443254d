"""Whether the number can send, and its templates."""

import json
from collections.abc import Iterable
from typing import Any

import urllib3

from bening.web.outreach.channels.base import Health
from bening.web.outreach.channels.whatsapp.codes import TIER_WORDS
from bening.web.outreach.channels.whatsapp.render import NAMES, template
from bening.web.outreach.channels.whatsapp.send import call, pool
from bening.web.outreach.channels.whatsapp.settings import Whatsapp

FIELDS = (
    "display_phone_number,verified_name,quality_rating,throughput,whatsapp_business_manager_messaging_limit"
)


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


def health(account: Whatsapp, steps: Iterable[str] = NAMES) -> Health:
    """What the provider says of the number and of its templates."""
    http = pool()
    said = call(http, account, "GET", f"{account.pnid}?fields={FIELDS}")
    known = templates(http, account)
    bad = [
        f"{name}/{language}: {row.get('status')}, {row.get('category')}"
        for (name, language), row in sorted(known.items())
        if name in {NAMES[step] for step in steps}
        and (row.get("status") != "APPROVED" or row.get("category") != "UTILITY")
    ]
    quality = str(said.get("quality_rating", "UNKNOWN"))
    tier = TIER_WORDS.get(str(said.get("whatsapp_business_manager_messaging_limit", "")))
    return Health(ok=not bad and quality != "RED", quality=quality, tier=tier, notes=tuple(bad))
