"""What arrives by other ways than WhatsApp: texts, mails, printed letters. One table holds them all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from bening.emulator.clock import Clock
from bening.emulator.store import Store
from bening.emulator.writer import Job

CHANNELS = ("sms", "mail", "letter")
LINK = re.compile(r"https?://[^\s<>\"]+")
PAGE = 500
LIST = """SELECT id, channel, at, receiver, ref, title, text, status, code, seen FROM parcel
  WHERE channel = ? AND receiver || title LIKE ? ESCAPE '!' ORDER BY id DESC LIMIT ? OFFSET ?"""
LEDGER = """SELECT id, channel, at, receiver, ref, title, text, status, code FROM parcel
  WHERE channel = ? AND id > ? ORDER BY id LIMIT ?"""


@dataclass(frozen=True, slots=True)
class Parcel:
    channel: str
    receiver: str
    ref: str
    text: str
    raw: bytes
    title: str = ""
    status: str = "delivered"
    code: str = ""


def links(text: str) -> list[str]:
    """The addresses in a text; the stop at the end of a sentence is not part of one."""
    return [found.rstrip(".,;)") for found in LINK.findall(text)]


class Parcels:
    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._ids = count(store.number("SELECT max(id) FROM parcel") + 1)

    def forget(self) -> None:
        self._ids = count(1)

    def put(self, parcel: Parcel, job: Job) -> int:
        """Put a parcel into the job; its number."""
        number = next(self._ids)
        row = (
            number, parcel.channel, self._clock.now(), parcel.receiver, parcel.ref, parcel.title, parcel.text,
            parcel.status, parcel.code, 0, parcel.raw,
        )  # fmt: skip
        job.insert("parcel", row)
        return number

    def listed(self, channel: str, search: str, *, start: int, limit: int) -> list[dict[str, Any]]:
        """Newest first; `search` is part of a number, an address or a title."""
        wanted = search.strip().replace("!", "!!").replace("%", "!%").replace("_", "!_")
        return [dict(row) for row in self._store.rows(LIST, channel, f"%{wanted}%", limit, start)]

    def get(self, channel: str, number: int) -> dict[str, Any] | None:
        row = self._store.one("SELECT * FROM parcel WHERE id = ? AND channel = ?", number, channel)
        return dict(row) if row else None

    def entries(self, channel: str, after: int) -> Iterator[dict[str, Any]]:
        """Every parcel of a channel in the order of acceptance."""
        while True:
            rows = self._store.rows(LEDGER, channel, after, PAGE)
            for row in map(dict, rows):
                yield row | {"links": links(row["text"])}
            if len(rows) < PAGE:
                return
            after = rows[-1]["id"]

    def see(self, number: int) -> None:
        self._store.writer.commit(Job().run("UPDATE parcel SET seen = 1 WHERE id = ?", number))
