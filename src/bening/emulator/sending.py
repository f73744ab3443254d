"""Taking a message: the last checks, its fate, and the commit that must come before the reply."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from bening.emulator.chaos import Chance, Knobs
from bening.emulator.faults import GraphError
from bening.emulator.phones import Answer
from bening.emulator.plan import (
    BAD_GATEWAY,
    MAGIC_REFUSALS,
    MAGIC_REPLIES,
    OPTS_OUT,
    TOKEN_EXPIRES,
    Fate,
    failure,
    fate_of,
    suffix,
)
from bening.emulator.reactions import Arrival, react
from bening.emulator.validate import Desk, Draft, check_send
from bening.emulator.wording import show
from bening.emulator.world import World
from bening.emulator.writer import Job

OPT_OUT_AFTER_S = 5.0
TEXT_LIFETIME_S = 30 * 86_400


@dataclass(frozen=True, slots=True)
class Taken:
    """How the sender is answered: `reply` is ok, held, hang, reset or nonjson."""

    wamid: str
    number: str
    user_id: str
    reply: str
    hang_s: float


class LineError(Exception):
    """The line fails before anything was accepted."""

    def __init__(self, how: str, hang_s: float) -> None:
        self.how, self.hang_s = how, hang_s
        super().__init__(how)


def desk(world: World, now: float) -> Desk:
    return Desk(
        sender=world.options.identity.number,
        allowed=world.chaos.knobs.allow_list,
        number_of=world.phones.number_of,
        template=lambda name, language: world.templates.find(name, language, now),
        wording=world.templates.wording,
        window_open=lambda number: world.phones.window_open(number, now),
    )


def take(world: World, body: dict[str, Any], raw: bytes) -> Taken:
    now, knobs = world.clock.now(), world.chaos.knobs
    if suffix(str(body.get("to", "")), knobs) == TOKEN_EXPIRES:
        world.expire_token(True)
        raise GraphError(190, "The access token has expired.")
    if knobs.maintenance_window and knobs.maintenance_window[0] <= now < knobs.maintenance_window[1]:
        raise GraphError(131057, "The account is in maintenance mode.")
    world.happen(now)
    draft = check_send(body, desk(world, now))
    job = Job()
    with world.gate:
        taken = _accept(world, draft, raw, now=now, job=job)
        world.store.writer.submit(job)
    job.wait()
    return taken


def _accept(world: World, draft: Draft, raw: bytes, *, now: float, job: Job) -> Taken:
    knobs = world.chaos.knobs
    key = draft.key or hashlib.blake2b(raw, digest_size=8).hexdigest()
    identity = world.dice(key, draft.attempt).digest("turn")
    turn = world.turns[identity]
    chance = world.dice(key, draft.attempt, turn)
    broken = before(draft.number, chance, knobs)
    if broken is not None:
        # The next try of the same message must be able to fall otherwise.
        world.turns[identity] += 1
        raise broken
    code = _limited(world, draft, now)
    world.turns[identity] += 1
    fate, held = _fate(world, draft, chance, now=now, code=code)
    ordinal = next(world.ordinals)
    wamid = "wamid.HBgM" + urlsafe_b64encode(chance.digest("wamid")).decode().rstrip("=")
    reply = reply_kind(draft.number, chance, knobs, held=held)
    template = draft.template
    row = (
        ordinal, wamid, now, world.options.identity.pnid, draft.number, key, draft.attempt, draft.callback,
        turn,
        draft.kind, template.name if template else "", template.language if template else "",
        template.wording if template else 0, template.category if template else "SERVICE", draft.link, reply,
        fate.status, fate.code, fate.arrives, now + (template.lifetime if template else TEXT_LIFETIME_S),
        int(code is None), raw.decode("utf-8", "replace"),
    )  # fmt: skip
    job.insert("message", row).insert("phone", world.phones.row(draft.number, ordinal))
    world.outbox.statuses(job, ordinal, fate.steps)
    if suffix(draft.number, knobs) == OPTS_OUT and fate.arrives:
        answer = Answer("STOP", ordinal=ordinal, context=wamid)
        world.phones.write(draft.number, answer, fate.arrives + OPT_OUT_AFTER_S, job)
    person = world.people.of(draft.number)
    if person.behaviour and template is not None and fate.arrives is not None:
        shown = show(world.templates.wording(template.wording), draft.filling)
        arrival = Arrival(ordinal, wamid, draft.number, shown)
        react(world, person, chance, arrival, at=fate.arrives, job=job)
    return Taken(wamid, draft.number, world.phones.user_id(draft.number), reply, knobs.hang_s)


def before(number: str, chance: Chance, knobs: Knobs) -> Exception | None:
    if suffix(number, knobs) == BAD_GATEWAY:
        return LineError("bad_gateway", knobs.hang_s)
    if chance.happens("5xx", knobs.p_sync_5xx):
        return GraphError(131000, "Something went wrong; try again later.")
    if chance.happens("timeout before", knobs.p_timeout_before_accept):
        return LineError("hang", knobs.hang_s)
    return None


def _limited(world: World, draft: Draft, now: float) -> int | None:
    """Raise for a limit that refuses; a code for a message that is taken now and fails later."""
    knobs, limits = world.chaos.knobs, world.limits
    magic = MAGIC_REFUSALS.get(suffix(draft.number, knobs))
    if magic == 130429:
        raise GraphError(magic, "Cloud API message throughput has been reached.")
    limits.check_rate(now, knobs)
    if magic is not None:
        raise GraphError(magic, "Too many messages to the same person in a short time.")
    limits.check_pair(draft.number, now, knobs)
    if draft.kind == "text":
        return None
    if limits.admits(draft.number, now, knobs):
        limits.count(draft.number, now)
        return None
    mode, _, code = knobs.tier_exhausted.partition(":")
    if mode == "sync":
        raise GraphError(int(code), "The daily number of different persons is used up.")
    return int(code)


def _fate(world: World, draft: Draft, chance: Chance, *, now: float, code: int | None) -> tuple[Fate, bool]:
    knobs, flags, template = world.chaos.knobs, world.phones.flags(draft.number), draft.template
    person = world.people.of(draft.number)
    if code is None:
        line = world.dice("line", draft.number)
        gone = flags.blocked or bool(world.phones.moved(draft.number)) or not person.on_whatsapp
        code = failure(draft.number, knobs, line, blocked=gone)
    full = person.marketing_inbox_full and template is not None and template.category == "MARKETING"
    if code is None and full:
        code = 131049
    if code is None and flags.stopped and template is not None and template.category == "MARKETING":
        code = 131050
    release = world.templates.held_until(template, knobs, now) if template is not None else None
    if release is not None and knobs.pacing_outcome == "drop":
        code = code or 132015
    fate = fate_of(chance, knobs, release or now, code=code, off=flags.off, person=person)
    return fate, release is not None


def reply_kind(number: str, chance: Chance, knobs: Knobs, *, held: bool) -> str:
    magic = MAGIC_REPLIES.get(suffix(number, knobs))
    if magic is not None:
        return magic
    for how, probability in (
        ("hang", knobs.p_timeout_after_accept),
        ("reset", knobs.p_reset_after_accept),
        ("nonjson", knobs.p_nonjson_200),
    ):
        if chance.happens(f"reply {how}", probability):
            return how
    return "held" if held else "ok"
