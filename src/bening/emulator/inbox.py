"""The inbox: pages drawn here, without a script, for people who want to hold the simulated phone."""

from __future__ import annotations

from urllib.parse import urlencode

from bening.emulator import chat, draw
from bening.emulator.call import HTML_KIND, Answer, Call
from bening.emulator.labels import LANGUAGES
from bening.emulator.view import View
from bening.emulator.world import World

STATES = {
    "off": ("off", True), "on": ("off", False), "block": ("blocked", True), "unblock": ("blocked", False),
    "report": ("reported", True), "unreport": ("reported", False), "stop": ("stopped", True),
    "resume": ("stopped", False),
}  # fmt: skip


def _view(world: World, call: Call, number: str = "") -> View:
    language = call.query.get("lang", "id")
    return View(
        world=world,
        lang=language if language in LANGUAGES else "id",
        search=call.query.get("q", ""),
        page=call.number("page", 0),
        number=number,
        message=call.number("m", 0),
    )


def home(world: World, call: Call) -> Answer:
    view = _view(world, call)
    return _page(draw.frame(view, draw.nobody(view)))


def phone(world: World, call: Call, number: str) -> Answer:
    view = _view(world, call, number)
    if not chat.known(world, number):
        return _page(draw.frame(view, draw.nobody(view, "unknown")), 404)
    chat.seen(world, number)
    return _page(draw.frame(view, draw.phone(view)))


def _page(text: str, status: int = 200) -> Answer:
    return Answer(status, text.encode(), HTML_KIND)


def _back(call: Call, number: str, **more: str) -> Answer:
    """After a post the browser asks again, so that reloading repeats nothing."""
    query = {"lang": call.query.get("lang", "id")} | more
    return Answer(303, b"", HTML_KIND, {"Location": f"/phones/{number}?{urlencode(query)}"})


def say(world: World, call: Call, number: str) -> Answer:
    chat.say(world, number, call.form.get("text", ""))
    return _back(call, number)


def press(world: World, call: Call, number: str) -> Answer:
    form = call.form
    chat.press(world, number, int(form["ordinal"]), int(form["button"]))
    return _back(call, number)


def state(world: World, call: Call, number: str) -> Answer:
    flag, value = STATES[call.form["state"]]
    chat.set_state(world, number, {flag: value})
    return _back(call, number)


def change(world: World, call: Call, number: str) -> Answer:
    return _back(call, chat.change_number(world, number))


def resend(world: World, call: Call, number: str) -> Answer:
    form = call.form
    chat.resend(world, int(form["event"]), form.get("how", "resend"))
    return _back(call, number, m=str(int(form["ordinal"])))


def style(world: World, call: Call) -> Answer:
    answer = Answer(200, draw.STYLE.read_bytes(), "text/css; charset=UTF-8")
    return answer
