"""One conversation as the phone shows it, and what the person does with it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bening.emulator.phones import Answer
from bening.emulator.store import PENDING, STATES
from bening.emulator.validate import filled
from bening.emulator.wording import Shown, show
from bening.emulator.world import World
from bening.emulator.writer import Job

TEXT_MAX = 4096
REPORT_ACTIONS = ("resend", "corrupt", "delay")
DELAY_S = 3600.0
FLAGS = ("off", "blocked", "stopped", "reported")
PHONES = """SELECT p.*,
  (SELECT count(*) FROM message m WHERE m.number = p.number AND m.arrives <= ?1) AS messages,
  (SELECT count(*) FROM message m WHERE m.number = p.number AND m.ordinal > p.seen AND m.arrives <= ?1)
    AS unread
  FROM phone p WHERE p.number LIKE ?2 ESCAPE '!' ORDER BY p.last DESC, p.number LIMIT ?3 OFFSET ?4"""


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of the conversation; `ordinal` is 0 for what the person wrote."""

    ordinal: int
    at: float
    shown: Shown
    template: str = ""
    key: str = ""
    taps: float | None = None  # when the simulated person opens the link


def phones(world: World, search: str, *, start: int, limit: int) -> list[dict[str, Any]]:
    digits = "".join(sign for sign in search if sign.isdecimal())
    rows = world.store.rows(PHONES, world.clock.now(), f"%{digits}%", limit, start)
    return [dict(row) | {flag: bool(row[flag]) for flag in FLAGS} for row in rows]


def received(world: World, number: str, *, after: int = 0, limit: int = 100) -> list[Bubble]:
    """The latest messages that have reached the phone, oldest first."""
    sql = """SELECT m.*, t.at AS taps FROM message m LEFT JOIN tap t ON t.ordinal = m.ordinal
      WHERE m.number = ? AND m.ordinal > ? AND m.arrives <= ? ORDER BY m.ordinal DESC LIMIT ?"""
    rows = world.store.rows(sql, number, after, world.clock.now(), limit)
    return [_bubble(world, dict(row)) for row in reversed(rows)]


def _bubble(world: World, row: dict[str, Any]) -> Bubble:
    body = json.loads(row["request"])
    if row["kind"] == "text":
        shown = Shown("", str(body["text"]["body"]), "", ())
    else:
        wording = world.templates.wording(row["wording"])
        shown = show(wording, filled(body["template"].get("components") or [], wording))
    return Bubble(row["ordinal"], row["arrives"], shown, row["template"], row["key"], row.get("taps"))


def conversation(world: World, number: str, *, limit: int = 60) -> list[Bubble]:
    """Both directions, by time."""
    sql = "SELECT at, text FROM inbound WHERE number = ? AND at <= ? ORDER BY id DESC LIMIT ?"
    rows = world.store.rows(sql, number, world.clock.now(), limit)
    wrote = [Bubble(0, row["at"], Shown("", row["text"], "", ())) for row in rows]
    both = [*received(world, number, limit=limit), *wrote]
    return sorted(both, key=lambda bubble: bubble.at)[-limit:]


def known(world: World, number: str) -> bool:
    return world.store.one("SELECT 1 FROM phone WHERE number = ?", number) is not None


def seen(world: World, number: str) -> None:
    sql = """UPDATE phone SET seen = coalesce((SELECT max(ordinal) FROM message
      WHERE number = ?1 AND arrives <= ?2), 0) WHERE number = ?1"""
    world.store.writer.commit(Job().run(sql, number, world.clock.now()))


def say(world: World, number: str, text: str) -> str:
    if not 0 < len(text.strip()) <= TEXT_MAX:
        raise ValueError(f"text: 1 to {TEXT_MAX} characters")
    latest = received(world, number, limit=1)
    ordinal = latest[-1].ordinal if latest else 0
    return _write(world, number, Answer(text.strip(), ordinal=ordinal))


def press(world: World, number: str, ordinal: int, button: int) -> str:
    row = world.store.one("SELECT * FROM message WHERE ordinal = ? AND number = ?", ordinal, number)
    if row is None or row["arrives"] is None or row["arrives"] > world.clock.now():
        raise ValueError("no such message on this phone")
    buttons = {item["index"]: item for item in _bubble(world, dict(row)).shown.buttons}
    chosen = buttons.get(button, {})
    if chosen.get("type") != "quick_reply":
        raise ValueError("no quick reply of this number")
    answer = Answer(chosen["text"], payload=chosen["payload"], ordinal=ordinal, context=row["wamid"])
    return _write(world, number, answer)


def _write(world: World, number: str, answer: Answer) -> str:
    job = Job()
    wamid = world.phones.write(number, answer, world.clock.now(), job)
    job.insert("phone", world.phones.row(number, answer.ordinal))
    world.store.writer.commit(job)
    world.courier.wake()
    return wamid


def set_state(world: World, number: str, changes: dict[str, Any]) -> dict[str, bool]:
    wrong = [name for name, value in changes.items() if name not in FLAGS or not isinstance(value, bool)]
    if wrong:
        raise ValueError(f"{', '.join(wrong)}: true or false for {', '.join(FLAGS)}")
    before = world.phones.flags(number)
    after = world.phones.set_flags(number, changes, world.clock.now())
    complaints = sum(getattr(after, name) > getattr(before, name) for name in ("blocked", "reported"))
    if complaints:
        world.complain(number)
    world.courier.wake()
    return {name: getattr(after, name) for name in FLAGS}


def reports(world: World, ordinal: int) -> list[dict[str, Any]]:
    """The webhooks of one message with every attempt."""
    sql = "SELECT * FROM event WHERE ordinal = ? ORDER BY due, id"
    rows = [dict(row) for row in world.store.rows(sql, ordinal)]
    return [row | {"state": STATES[row["state"]], "log": json.loads(f"[{row['log']}]")} for row in rows]


def resend(world: World, event: int, how: str = "resend") -> None:
    """Send a report once more: as it is, with a wrong signature first, or an hour from now."""
    if how not in REPORT_ACTIONS:
        raise ValueError(f"one of {', '.join(REPORT_ACTIONS)}")
    if how == "corrupt":
        world.courier.spoil(event)
    due = world.clock.now() + (DELAY_S if how == "delay" else 0.0)
    sql = "UPDATE event SET state = ?, due = ? WHERE id = ? AND state <> 1"
    world.store.writer.commit(Job().run(sql, PENDING, due, event))
    world.courier.wake()


def change_number(world: World, number: str) -> str:
    """The person takes a new number, now."""
    if not known(world, number):
        raise ValueError("no phone has this number")
    successor = world.phones.move(number, world.clock.now())
    world.courier.wake()
    return successor
