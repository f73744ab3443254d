"""The oracle: what was really accepted, what really became of it, and who was told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bening.emulator.store import STATES, Store

PAGE = 500
EVERYTHING = 2**62
ENTRY = """SELECT m.*, (SELECT json_group_array(json_array(e.kind, e.name, e.at, e.due, e.state, e.code,
    json('[' || e.log || ']'))) FROM (SELECT * FROM event WHERE ordinal = m.ordinal ORDER BY id) e) AS events
  FROM message m WHERE m.ordinal > ? ORDER BY m.ordinal LIMIT ?"""
LINKS = """SELECT m.ordinal, number, key, attempt, link, template, language, arrives, t.at AS taps
  FROM message m LEFT JOIN tap t ON t.ordinal = m.ordinal
  WHERE m.ordinal > ? AND link <> '' AND arrives <= ? ORDER BY m.ordinal LIMIT ?"""
EVENT_FIELDS = ("kind", "status", "at", "due", "webhook", "code", "tries")
KEPT = (
    "ordinal", "wamid", "at", "pnid", "key", "attempt", "kind", "template", "language", "category", "reply",
    "status", "code", "arrives",
)  # fmt: skip


def line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def entries(store: Store, after: int, limit: int) -> Iterator[bytes]:
    """Pages of moderate size, so that a long listing holds neither memory nor a reader for long."""
    while limit > 0:
        rows = store.rows(ENTRY, after, min(PAGE, limit))
        for row in rows:
            yield line(entry(dict(row)))
        if len(rows) < min(PAGE, limit):
            return
        after, limit = rows[-1]["ordinal"], limit - len(rows)


def entry(row: dict[str, Any]) -> dict[str, Any]:
    events = [dict(zip(EVENT_FIELDS, event, strict=True)) for event in json.loads(row["events"])]
    for event in events:
        event["webhook"] = STATES[event["webhook"]]
    kept = {name: row[name] for name in KEPT}
    return kept | {"to": row["number"], "biz_opaque_callback_data": row["callback"], "events": events}


def links(store: Store, after: int, limit: int, *, horizon: float) -> Iterator[bytes]:
    while limit > 0:
        rows = store.rows(LINKS, after, horizon, min(PAGE * 10, limit))
        for row in map(dict, rows):
            number = row.pop("number")
            yield line(row | {"to": number})
        if len(rows) < min(PAGE * 10, limit):
            return
        after, limit = rows[-1]["ordinal"], limit - len(rows)


def summary(store: Store) -> dict[str, Any]:
    def counts(sql: str) -> dict[str, int]:
        return {str(row[0]): row[1] for row in store.rows(sql)}

    pending = store.number("SELECT count(*) FROM event WHERE state = 0")
    sending = store.number("SELECT count(*) FROM event WHERE state = 1")
    webhooks = counts("SELECT state, count(*) FROM event GROUP BY state")
    return {
        "accepted": store.number("SELECT count(*) FROM message"),
        "last_ordinal": store.number("SELECT max(ordinal) FROM message"),
        "by_status": counts("SELECT status, count(*) FROM message GROUP BY status"),
        "by_code": counts("SELECT code, count(*) FROM message WHERE code IS NOT NULL GROUP BY code"),
        "by_reply": counts("SELECT reply, count(*) FROM message GROUP BY reply"),
        "refused": counts("SELECT code, n FROM refusal ORDER BY code"),
        "webhooks": {STATES[int(state)]: n for state, n in webhooks.items()},
        "pending_webhooks": pending + sending,
        "sending_webhooks": sending,
        "phones": store.number("SELECT count(*) FROM phone"),
        "inbound": store.number("SELECT count(*) FROM inbound"),
    }
