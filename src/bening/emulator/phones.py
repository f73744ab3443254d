"""The simulated phones: switched off, blocked, writing back."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections import Counter
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from bening.emulator.account import Identity
from bening.emulator.chaos import Chance
from bening.emulator.outbox import Outbox
from bening.emulator.people import People
from bening.emulator.store import EXPIRED, PENDING, WAITING, Store
from bening.emulator.writer import Job

DAY = 86_400.0
BACK_ON_LINE_S = 2.0


@dataclass(frozen=True, slots=True)
class Flags:
    off: bool = False
    blocked: bool = False
    stopped: bool = False
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person sends: free text, or the press of a quick reply under message `ordinal`."""

    text: str
    payload: str = ""
    ordinal: int = 0
    context: str = ""
    successor: str = ""  # the new number of somebody who changes it


USUAL = Flags()
# What has not reached the phone when it is switched off waits with it.
HOLD_EVENTS = """UPDATE event SET state = ? WHERE state = ? AND name IN ('delivered', 'read')
  AND ordinal IN (SELECT ordinal FROM message WHERE number = ? AND arrives > ?)"""
HOLD_MESSAGES = "UPDATE message SET status = 'waiting', arrives = NULL WHERE number = ? AND arrives > ?"
# What is still within its lifetime arrives when it is switched on; the rest is never heard of again.
FREE_EVENTS = """UPDATE event SET state = ?, at = ?, due = ? WHERE state = ? AND ordinal IN (
  SELECT ordinal FROM message WHERE number = ? AND status = 'waiting' AND expires > ?)"""
DROP_EVENTS = """UPDATE event SET state = ? WHERE state = ? AND ordinal IN (
  SELECT ordinal FROM message WHERE number = ? AND status = 'waiting')"""
FREE_MESSAGES = """UPDATE message SET status = 'delivered', arrives = ?
  WHERE number = ? AND status = 'waiting' AND expires > ?"""
DROP_MESSAGES = "UPDATE message SET status = 'expired' WHERE number = ? AND status = 'waiting'"
SET_FLAGS = "UPDATE phone SET off = ?, blocked = ?, stopped = ?, reported = ? WHERE number = ?"


class Phones:
    def __init__(
        self, store: Store, outbox: Outbox, identity: Identity, *, people: People, seed: int
    ) -> None:
        self._store, self._outbox, self._identity, self._seed = store, outbox, identity, seed
        self._people = people
        self._ids = count(store.number("SELECT max(id) FROM inbound") + 1)
        self._flags: dict[str, Flags] = {}
        self._wrote: dict[str, float] = {}
        self._said: Counter[str] = Counter()
        self._moved = {row["number"]: row["successor"] for row in store.rows("SELECT * FROM move")}
        unusual = "SELECT * FROM phone WHERE off OR blocked OR stopped OR reported"
        for row in store.rows(unusual):
            bits = (bool(row[name]) for name in ("off", "blocked", "stopped", "reported"))
            self._flags[row["number"]] = Flags(*bits)
        spoken = "SELECT number, max(at) AS at, count(*) AS n FROM inbound GROUP BY number"
        for row in store.rows(spoken):
            self._wrote[row["number"]], self._said[row["number"]] = row["at"], row["n"]

    def forget(self) -> None:
        self._flags.clear()
        self._wrote.clear()
        self._said.clear()
        self._moved.clear()

    def moved(self, number: str) -> str:
        """The number somebody has now; empty if it is still this one."""
        return self._moved.get(number, "")

    def flags(self, number: str) -> Flags:
        return self._flags.get(number, USUAL)

    def user_id(self, number: str) -> str:
        return self._identity.user_id(number)

    def number_of(self, user_id: str) -> str | None:
        row = self._store.one("SELECT number FROM phone WHERE user_id = ?", user_id)
        return row["number"] if row else None

    def window_open(self, number: str, now: float) -> bool:
        wrote = self._wrote.get(number)
        return wrote is not None and wrote <= now < wrote + DAY

    def row(self, number: str, last: int) -> tuple[Any, ...]:
        flags = self.flags(number)
        bits = (int(bit) for bit in (flags.off, flags.blocked, flags.stopped, flags.reported))
        return (number, self.user_id(number), last, 0, *bits)

    def write(self, number: str, answer: Answer, now: float, job: Job) -> str:
        """Put an inbound message, and the webhook that tells of it, into the job."""
        inbound = next(self._ids)
        # Counted a number, not over all: how threads take turns must not change an id.
        self._said[number] += 1
        digest = Chance(self._seed, "inbound", number, self._said[number]).digest("wamid")
        wamid = "wamid.HBgN" + urlsafe_b64encode(digest).decode().rstrip("=")
        kind = "button" if answer.payload else "system" if answer.successor else "text"
        row = (inbound, number, now, wamid, kind, answer.text, answer.payload, answer.ordinal)
        job.insert("inbound", row)
        self._outbox.inbound(job, answer.ordinal, self._value(number, answer, wamid, now), at=now)
        if kind != "system":
            self._wrote[number] = max(now, self._wrote.get(number, now))
        return wamid

    def move(self, number: str, now: float) -> str:
        """Somebody takes a new number; the provider tells of it twice, and the old one is dead."""
        if number in self._moved:
            return self._moved[number]
        digits = Chance(self._seed, "new number", number).between("digits", 0, 10**6 - 1)
        successor = self._moved[number] = f"{number[:3]}98{digits:06d}77"
        job = Job().insert("move", (number, successor)).insert("phone", self.row(successor, 0))
        self.write(number, Answer(f"{number} → {successor}", successor=successor), now, job)
        change = {
            "wa_id": successor,
            "detail": "User changed their phone number",
            "user_id": {"previous": self.user_id(number), "current": self.user_id(successor)},
            "timestamp": str(int(now)),
        }
        contact = {"wa_id": successor, "user_id": self.user_id(successor)}
        value = {"contacts": [contact], "user_id_update": [change]}
        self._outbox.field(job, "user_id_update", value, at=now)
        self._store.writer.commit(job)
        return successor

    def _value(self, number: str, answer: Answer, wamid: str, now: float) -> dict[str, Any]:
        message: dict[str, Any] = {
            "from": number,
            "from_user_id": self.user_id(number),
            "id": wamid,
            "timestamp": str(int(now)),
        }
        if answer.context:
            message["context"] = {"from": self._identity.number, "id": answer.context}
        if answer.payload:
            message |= {"type": "button", "button": {"payload": answer.payload, "text": answer.text}}
        elif answer.successor:
            news = {"body": f"User changed from {number} to {answer.successor}", "wa_id": answer.successor}
            message |= {"type": "system", "system": news | {"type": "user_changed_number"}}
        else:
            message |= {"type": "text", "text": {"body": answer.text}}
        contact: dict[str, Any] = {
            "profile": {"name": f"Telepon {number[-4:]}"},
            "wa_id": number,
            "user_id": self.user_id(number),
        }
        if self._people.of(number).has_username:
            # Who goes by a username shows it instead of the number.
            contact["profile"]["username"] = f"@telepon.{self.user_id(number)[-8:]}"
            del contact["wa_id"], message["from"]
        return {"contacts": [contact], "messages": [message]}

    def set_flags(self, number: str, changes: dict[str, bool], now: float) -> Flags:
        before = self.flags(number)
        after = replace(before, **changes)
        self._flags[number] = after
        job = Job().insert("phone", self.row(number, 0))
        job.run(SET_FLAGS, after.off, after.blocked, after.stopped, after.reported, number)
        if after.off != before.off:
            (self._switch_off if after.off else self._switch_on)(number, now, job)
        if after.stopped != before.stopped:
            value = "stop" if after.stopped else "resume"
            self._outbox.field(job, "user_preferences", self._preference(number, value, now), at=now)
        self._store.writer.commit(job)
        return after

    def _switch_off(self, number: str, now: float, job: Job) -> None:
        job.run(HOLD_EVENTS, WAITING, PENDING, number, now).run(HOLD_MESSAGES, number, now)

    def _switch_on(self, number: str, now: float, job: Job) -> None:
        soon = now + BACK_ON_LINE_S
        job.run(FREE_EVENTS, PENDING, soon, soon, WAITING, number, now)
        job.run(FREE_MESSAGES, soon, number, now)
        # Only now: what is left waiting is what has expired.
        job.run(DROP_EVENTS, EXPIRED, WAITING, number).run(DROP_MESSAGES, number)

    def _preference(self, number: str, value: str, now: float) -> dict[str, Any]:
        preference = {
            "wa_id": number,
            "user_id": self.user_id(number),
            "detail": f"User requested to {value} marketing messages",
            "category": "marketing_messages",
            "value": value,
            "timestamp": str(int(now)),
        }
        return {"contacts": [{"wa_id": number}], "user_preferences": [preference]}
