"""The control room under /_emu: clock, chaos, the oracle, and the phones for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bening.emulator import chat, ledger
from bening.emulator.call import Answer, Call, as_json, as_lines, problem
from bening.emulator.courier import EVER
from bening.emulator.world import World

FLUSH_BOUND_S = 60.0
PAGE = 100


def show_clock(world: World, call: Call) -> Answer:
    return as_json(world.clock.shown())


def set_clock(world: World, call: Call) -> Answer:
    before = world.clock.now()
    world.save_clock(world.clock.set_offset(_seconds(call, "offset")))
    if world.clock.now() < before:
        with world.gate:
            world.limits.clock_moved_back()
    return as_json(world.clock.shown())


def advance_clock(world: World, call: Call) -> Answer:
    seconds = _seconds(call, "seconds")
    if seconds < 0:
        raise ValueError("seconds: not below zero; POST /_emu/clock sets any offset")
    world.save_clock(world.clock.advance(seconds))
    return as_json(world.clock.shown())


def _seconds(call: Call, name: str) -> float:
    value = call.body().get(name)
    if not isinstance(value, int | float):
        raise ValueError(f"{name}: a number of seconds is needed")
    return float(value)


def show_chaos(world: World, call: Call) -> Answer:
    return as_json(world.chaos.shown())


def patch_chaos(world: World, call: Call) -> Answer:
    world.chaos.patch(call.body())
    world.store.remember("chaos", world.chaos.patched)
    return as_json(world.chaos.shown())


def show_ledger(world: World, call: Call) -> Answer:
    if call.query.get("summary"):
        return as_json(overview(world))
    limit = call.number("limit", ledger.EVERYTHING)
    return as_lines(ledger.entries(world.store, call.number("after", 0), limit))


def overview(world: World) -> dict[str, Any]:
    now, knobs = world.clock.now(), world.chaos.knobs
    with world.gate:
        used, tier = world.limits.used(now), world.limits.tier(knobs)
    due = world.store.number("SELECT count(*) FROM event WHERE state = 0 AND due <= ?", now)
    return ledger.summary(world.store) | {
        "due_webhooks": due,
        "tier": tier,
        "persons_in_24h": used,
        "profile": world.chaos.profile,
        "webhook": world.courier.destination.url,
        "token_expired": world.account.expired,
        "clock": world.clock.shown(),
    }


def show_links(world: World, call: Call) -> Answer:
    """Default: every message that arrives or will; `arrived=1`: only those already on the phone."""
    horizon = world.clock.now() if call.query.get("arrived") else EVER
    limit = call.number("limit", ledger.EVERYTHING)
    return as_lines(ledger.links(world.store, call.number("after", 0), limit, horizon=horizon))


def list_phones(world: World, call: Call) -> Answer:
    start, limit = call.number("after", 0), min(1000, max(1, call.number("limit", PAGE)))
    data = chat.phones(world, call.query.get("q", ""), start=start, limit=limit)
    return as_json({"data": data, "next": start + limit if len(data) == limit else None})


def phone_messages(world: World, call: Call, number: str) -> Answer:
    found = chat.received(
        world, number, after=call.number("after", 0), limit=min(1000, call.number("limit", PAGE))
    )
    data = [
        {
            "ordinal": one.ordinal,
            "at": one.at,
            "key": one.key,
            "template": one.template,
            "link": one.shown.link,
            "taps": one.taps,
        }
        | asdict(one.shown)
        for one in found
    ]
    return as_json({"number": number, "data": data})


def phone_answers(world: World, call: Call, number: str) -> Answer:
    """{"text": …} or {"ordinal": …, "button": …}."""
    body = call.body()
    if "text" in body:
        return as_json({"id": chat.say(world, number, str(body["text"]))})
    return as_json({"id": chat.press(world, number, int(body["ordinal"]), int(body["button"]))})


def phone_state(world: World, call: Call, number: str) -> Answer:
    return as_json(chat.set_state(world, number, call.body()))


def change_number(world: World, call: Call, number: str) -> Answer:
    return as_json({"number": chat.change_number(world, number)})


def show_parcels(world: World, call: Call, channel: str) -> Answer:
    """Every text, mail or letter, with the links that stand in it."""
    found = world.parcels.entries(channel, call.number("after", 0))
    return as_lines(ledger.line(parcel) for parcel in found)


def force_template(world: World, call: Call, template: str) -> Answer:
    found = world.templates.get(template, world.clock.now())
    if found is None:
        return problem(404, "no such template")
    world.templates.force(found, call.body())
    world.courier.wake()
    return as_json(found.shown())


def renew_token(world: World, call: Call) -> Answer:
    """Ends a 190. Without a body the token file is read again."""
    token = call.body().get("token")
    world.account.renew(None if token is None else str(token))
    world.expire_token(False)
    return as_json({"success": True})


def flush(world: World, call: Call) -> Answer:
    bound = call.body().get("timeout_s", FLUSH_BOUND_S)
    left = world.courier.flush(float(bound))
    return as_json({"left": left})


def reset(world: World, call: Call) -> Answer:
    world.reset(keep_templates="templates" in call.body().get("keep", []))
    return as_json({"success": True})
