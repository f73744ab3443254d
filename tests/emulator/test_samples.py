"""What the emulator posts has the shape of the provider's webhooks, and the product reads both alike.

`samples.json` holds one body of each kind, written down from the provider's field descriptions.
"""

import json
from pathlib import Path

import pytest

from bening.web.outreach.channels.whatsapp.events import events

SAMPLES = json.loads((Path(__file__).parent / "samples.json").read_text())


def shape(value, path=()):
    """Every place of a body with the kind of value that stands there."""
    if isinstance(value, dict):
        return {place for name, item in value.items() for place in shape(item, (*path, name))}
    if isinstance(value, list):
        return {place for item in value for place in shape(item, (*path, "[]"))}
    return {(path, type(value).__name__)}


def essence(body):
    """What the product understands, without the ids and times that differ from message to message."""
    return [
        (one.status, one.code, one.kind, one.answer, bool(one.key), bool(one.provider_id), bool(one.who))
        for one in events(json.dumps(body).encode())
    ]


def name_of(change):
    value = change["value"]
    if change["field"] != "messages":
        return change["field"]
    return value["statuses"][0]["status"] if "statuses" in value else value["messages"][0]["type"]


@pytest.fixture
def told(emulator, hook, make, until):
    """One body of each kind from a real run: sent, read, failed, answered, moved, blocked, paused."""
    emulator.chaos(batch_size=1, p_read=1, quality_min=1, quality_yellow=0.1, quality_red=0.1)
    template = emulator.call("GET", f"/v26.0/{make.WABA}/message_templates").json["data"][0]["id"]
    number, other = make.number(1), make.number(2)
    emulator.send(make.invitation(number))
    emulator.send(make.invitation("6281200000026", "K2"))
    emulator.advance(7200)
    emulator.call("POST", f"/_emu/phones/{number}/reply", {"ordinal": 1, "button": 2})
    emulator.call("PATCH", f"/_emu/phones/{number}", {"stopped": True})
    emulator.send(make.invitation("6281200000050", "K3"))
    emulator.send(make.invitation(other, "K4"))
    emulator.advance(7200)
    emulator.call("POST", f"/_emu/phones/{other}/change_number")
    emulator.call("PATCH", f"/_emu/templates/{template}", {"category": "MARKETING"})
    emulator.call("PATCH", f"/_emu/phones/{number}", {"blocked": True})
    emulator.advance(1)

    def all_kinds():
        bodies = [json.loads(raw) for _, raw in list(hook.posts)]
        found = {name_of(body["entry"][0]["changes"][0]): body for body in bodies}
        return found if set(SAMPLES) <= set(found) else None

    return until(all_kinds)


def test_every_kind_has_the_shape_of_its_sample_and_means_the_same(told):
    for name, sample in SAMPLES.items():
        assert shape(told[name]) <= shape(sample), name
        assert essence(told[name]) == essence(sample), name


def test_the_samples_say_something():
    understood = {name for name, sample in SAMPLES.items() if essence(sample)}
    assert {"sent", "delivered", "read", "failed", "button", "text", "user_preferences"} <= understood
