"""`POST /sms`: a text-message provider as plain as they come, with signed delivery reports."""

from __future__ import annotations

import re
from typing import Any

from bening.emulator.call import HTML_KIND, Answer, Call, as_json
from bening.emulator.faults import GraphError
from bening.emulator.graph import BAD_GATEWAY
from bening.emulator.parcels import Parcel
from bening.emulator.plan import OPTS_OUT, Step, disturbed, suffix
from bening.emulator.sending import LineError, before, reply_kind
from bening.emulator.world import World
from bening.emulator.writer import Job

NUMBER = re.compile(r"\+?[1-9]\d{7,14}")
LONGEST = 1600
# Codes and words as providers of texts use them.
BAD_NUMBER, NO_TEXT, TOO_LONG, STOPPED, TOO_FAST, BROKEN = 21211, 21602, 21617, 21610, 20429, 20500
ARRIVED, DEAD, TOO_LATE = "DELIVRD", "UNDELIV", "EXPIRED"
STATUS = {ARRIVED: "delivered", DEAD: "failed", TOO_LATE: "expired"}
PATIENCE_S = 86_400.0


class TextError(Exception):
    def __init__(self, http: int, code: int, message: str) -> None:
        self.http, self.code = http, code
        super().__init__(message)


def accept(world: World, call: Call) -> Answer:
    try:
        return _accept(world, call)
    except TextError as fault:
        world.refuse(fault.code)
        return as_json({"error": {"code": str(fault.code), "message": str(fault)}}, fault.http)
    except GraphError as fault:
        world.refuse(BROKEN)
        return as_json({"error": {"code": str(BROKEN), "message": fault.title}}, 500)
    except LineError as broken:
        if broken.how == "bad_gateway":
            return Answer(502, BAD_GATEWAY, HTML_KIND)
        return Answer(200, flaw=broken.how, hang_s=broken.hang_s)


def _accept(world: World, call: Call) -> Answer:
    said = read(call)
    number, text, ref = checked(said)
    knobs, now = world.chaos.knobs, world.clock.now()
    with world.gate:
        chance = _turn(world, ref or call.raw.hex())
        broken = before(number, chance, knobs)
        if broken is not None:
            raise broken
        ending = suffix(number, knobs)
        if ending == "0429":
            raise TextError(429, TOO_FAST, "too many requests")
        if ending == OPTS_OUT:
            raise TextError(400, STOPPED, "the receiver has stopped texts from this sender")
        word, wait = ARRIVED, chance.delay("delivered", knobs.delay_delivered)
        if ending == "0026":
            word = DEAD
        elif world.phones.flags(number).off:
            word, wait = TOO_LATE, PATIENCE_S
        job = Job()
        code = "" if word == ARRIVED else word
        parcel = world.parcels.put(Parcel("sms", number, ref, text, call.raw, "", STATUS[word], code), job)
        id_ = "sms" + chance.digest("id").hex()
        if world.courier.others["sms"].url:
            for step in disturbed(Step(word, now + wait, round(now + wait, 3)), chance, knobs):
                value = {"id": id_, "ref": ref, "status": word, "timestamp": int(step.at)}
                world.outbox.report(job, parcel, "sms", value, step)
        world.store.writer.submit(job)
    job.wait()
    reply = reply_kind(number, chance, knobs, held=False)
    if reply in ("hang", "reset"):
        return Answer(200, flaw=reply, hang_s=knobs.hang_s)
    return Answer(200, b"OK", "text/plain") if reply == "nonjson" else as_json({"data": {"id": id_}}, 202)


def _turn(world: World, ref: str) -> Any:
    """The dice of this try; the next one of the same text must be able to fall otherwise."""
    identity = world.dice("sms", ref).digest("turn")
    turn = world.turns[identity]
    world.turns[identity] += 1
    return world.dice("sms", ref, turn)


def read(call: Call) -> dict[str, Any]:
    """JSON or a form, whichever the product was told to send."""
    if call.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return dict(call.form)
    try:
        return call.body()
    except GraphError as fault:
        raise TextError(400, NO_TEXT, fault.details) from None


def checked(said: dict[str, Any]) -> tuple[str, str, str]:
    number, text = str(said.get("to", "")), str(said.get("text", ""))
    if not NUMBER.fullmatch(number):
        raise TextError(400, BAD_NUMBER, "to: 8 to 15 digits with the country code")
    if not text:
        raise TextError(400, NO_TEXT, "text: required")
    if len(text) > LONGEST:
        raise TextError(400, TOO_LONG, f"text: at most {LONGEST} characters")
    return number.removeprefix("+"), text, str(said.get("ref", ""))
