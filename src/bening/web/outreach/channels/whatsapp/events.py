"""Webhook bytes -> events, and the signature check. Pure."""

import hmac
import json
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from bening.core.kinds import Event
from bening.web.outreach.channels.whatsapp.codes import TIER_WORDS, classify
from bening.web.outreach.channels.whatsapp.render import NAMES

LONGEST = 160  # characters of an id
EPOCH = datetime.fromtimestamp(0, UTC)  # of news that carry no time of their own
STOPS = ("STOP", "BERHENTI", "UNSUBSCRIBE", "JANGAN")
NOES = ("TIDAK", "TIDAK MAU")
STATUSES = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "played": "delivered",
    "failed": "failed",
}


def genuine(body: bytes, header: str, secret: bytes) -> bool:
    """Whether the signature over the raw bytes is the provider's."""
    return same("sha256=" + hmac.new(secret, body, sha256).hexdigest(), header)


def same(expected: str, offered: str) -> bool:
    """Whether two texts are equal, in a time that does not tell how far they are."""
    return hmac.compare_digest(expected.encode(), offered.encode())


def events(body: bytes) -> tuple[Event, ...]:
    """Every event of every array; providers batch over entries, changes and statuses."""
    changes = [change for entry in json.loads(body).get("entry", []) for change in entry.get("changes", [])]
    return tuple(event for change in changes for event in read(change))


def read(change: dict[str, Any]) -> Iterator[Event]:
    """The events of one change; a field that is not known here is passed over."""
    field, value = change.get("field"), change.get("value", {})
    if field == "messages":
        yield from statuses(value)
        yield from replies(value)
    elif field == "user_preferences":
        yield from preferences(value)
    elif field in NOTICES:
        yield from notices(str(field), value)


def statuses(value: dict[str, Any]) -> Iterator[Event]:
    """Delivery reports; "read" is evidence of delivery and otherwise forgotten."""
    for row in value.get("statuses", []):
        if row.get("status") not in STATUSES:
            continue
        errors = row.get("errors") or [{}]
        code = errors[0].get("code")
        yield Event(
            key=word(row.get("biz_opaque_callback_data")),
            provider_id=word(row.get("id")),
            status=STATUSES[row["status"]],
            at=datetime.fromtimestamp(int(row["timestamp"]), UTC),
            code=None if code is None else str(code),
            kind=None if code is None else classify(int(code)),
        )


def word(text: object) -> str | None:
    """A key or id as it was echoed; what no table could hold is a report that cannot be understood."""
    if text is not None and not (isinstance(text, str) and len(text) <= LONGEST and text.isprintable()):
        raise ValueError("not an id")
    return text


def replies(value: dict[str, Any]) -> Iterator[Event]:
    """Taps on our own buttons, and whoever writes that they want no more; other free text is never kept."""
    for row in value.get("messages", []):
        payload = row.get("button", {}).get("payload", "")
        at = datetime.fromtimestamp(int(row["timestamp"]), UTC) if "timestamp" in row else EPOCH
        if payload.startswith("fb:"):
            _, answer, key = payload.split(":", 2)
            yield Event(key=f"d:{key}:0", provider_id=None, status="reply", at=at, answer=answer)
        elif says_stop(row.get("text", {}).get("body", "")):
            about = word(row.get("context", {}).get("id"))
            yield Event(
                key=None, provider_id=about, status="stop", at=at, answer="stop", who=word(row.get("from"))
            )


def says_stop(text: str) -> bool:
    """Whether somebody wants no more messages: the first word, or a plain no and nothing else."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.upper()) if c.isalnum() or c.isspace())
    words = plain.split()
    return bool(words) and (words[0] in STOPS or " ".join(words) in NOES)


def preferences(value: dict[str, Any]) -> Iterator[Event]:
    """Somebody told the provider to stop our messages, or to let them come again."""
    for row in value.get("user_preferences", []):
        if row.get("value") in ("stop", "resume"):
            at = datetime.fromtimestamp(int(row["timestamp"]), UTC)
            yield Event(None, None, "stop", at, answer=row["value"], kind="provider", who=word(row["wa_id"]))


def notices(field: str, value: dict[str, Any]) -> Iterator[Event]:
    """What the provider says of the sender or a template: `kind` is a reason to stop, `answer` its detail."""
    kind, detail = NOTICES[field](value)
    if kind:
        yield Event(None, None, "notice", EPOCH, kind=kind, answer=detail[:LONGEST])


def about_status(value: dict[str, Any]) -> tuple[str, str]:
    """A template is no longer approved; an unknown word counts as not sendable."""
    ours = value.get("message_template_name") in NAMES.values()
    bad = str(value.get("event")) not in ("APPROVED", "PENDING", "REINSTATED")
    return ("stop_template", template_words(value)) if ours and bad else ("", "")


def about_category(value: dict[str, Any]) -> tuple[str, str]:
    """A template was moved into another category."""
    ours = value.get("message_template_name") in NAMES.values()
    return (
        ("category", template_words(value)) if ours and value.get("new_category") != "UTILITY" else ("", "")
    )


def about_quality(value: dict[str, Any]) -> tuple[str, str]:
    """A template's quality fell to red."""
    return ("quality", template_words(value)) if value.get("new_quality_score") == "RED" else ("", "")


def about_number(value: dict[str, Any]) -> tuple[str, str]:
    """The number was flagged, or its daily limit changed."""
    if value.get("event") == "FLAGGED":
        return "quality", str(value.get("current_limit", ""))
    limit = TIER_WORDS.get(str(value.get("current_limit")))
    return ("", "") if limit is None else ("tier", str(limit))


def about_limit(value: dict[str, Any]) -> tuple[str, str]:
    """How many different people a day from now on; -1 is no limit."""
    names = ("max_daily_conversations_per_business", "max_daily_conversation_per_phone")
    found = next((value[name] for name in names if name in value), None)
    if isinstance(found, str):
        found = TIER_WORDS.get(found)
    return ("", "") if found is None else ("tier", str(max(0, int(found))))


def about_account(value: dict[str, Any]) -> tuple[str, str]:
    """The account was restricted or banned."""
    event = str(value.get("event", value.get("decision", "")))
    bad = ("DISABLED_UPDATE", "ACCOUNT_RESTRICTION", "ACCOUNT_VIOLATION", "ACCOUNT_DELETED", "REJECTED")
    return ("stop_channel", event) if event in bad else ("", "")


def template_words(value: dict[str, Any]) -> str:
    """Which template, and what became of it."""
    names = ("message_template_name", "message_template_language", "event", "new_category", "reason")
    return " ".join(str(value[name]) for name in names if value.get(name))


NOTICES: dict[str, Callable[[dict[str, Any]], tuple[str, str]]] = {
    "message_template_status_update": about_status,
    "template_category_update": about_category,
    "message_template_quality_update": about_quality,
    "phone_number_quality_update": about_number,
    "business_capability_update": about_limit,
    "account_update": about_account,
    "account_review_update": about_account,
}
