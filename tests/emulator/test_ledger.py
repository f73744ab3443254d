"""The oracle: the same seed tells the same story, whatever the order and the speed."""

import contextlib
import threading

import pytest


def story(emulator):
    """The ledger without the order of arrival."""
    entries = emulator.ledger()
    for entry in entries:
        del entry["ordinal"]
    return sorted(entries, key=lambda entry: (entry["key"], entry["attempt"]))


def send_all(emulator, make, places):
    for place in places:
        # The storm cuts lines; what counts is what the ledger says.
        with contextlib.suppress(OSError, EOFError):
            emulator.send(make.invitation(make.number(place), make.key(place)))


@pytest.mark.parametrize("order", ["forwards", "backwards", "together"])
def test_the_same_seed_gives_the_same_ledger(emulators, make, order):
    options = ("--rate", "0", "--tier", "0", "--profile", "storm", "--seed", "7")
    knobs = {"hang_s": 0.1, "p_timeout_after_accept": 0.02}
    first, second = (emulators(*options, name=name) for name in ("first", "second"))
    for emulator in (first, second):
        emulator.approve()
        emulator.chaos(**knobs)
    places = range(60)
    send_all(first, make, places)
    if order == "together":
        lanes = [threading.Thread(target=send_all, args=(second, make, places[lane::4])) for lane in range(4)]
        for lane in lanes:
            lane.start()
        for lane in lanes:
            lane.join()
    else:
        send_all(second, make, places if order == "forwards" else reversed(places))
    assert story(first) == story(second)
    assert {entry["status"] for entry in story(first)} == {"delivered", "failed"}


def test_another_seed_tells_another_story(emulators, make):
    stories = []
    for seed in ("7", "8"):
        emulator = emulators("--rate", "0", "--tier", "0", "--seed", seed, name=seed)
        emulator.approve()
        send_all(emulator, make, range(5))
        stories.append(story(emulator))
    assert stories[0] != stories[1]


def test_links_come_as_a_stream_after_any_ordinal(emulator, make):
    for place in range(25):
        emulator.send(make.invitation(make.number(place), make.key(place)))
    emulator.send(make.invitation("6281200000026", "DEAD"))
    page = emulator.call("GET", "/_emu/links?after=0&limit=10")
    assert page.headers["Transfer-Encoding"] == "chunked"
    first = page.lines
    assert [link["ordinal"] for link in first] == list(range(1, 11))
    assert first[3]["link"] == f"http://127.0.0.1:1/i#secret-{make.key(3)}"
    assert (first[3]["to"], first[3]["key"]) == (make.number(3), make.key(3))
    assert first[3]["template"] == make.TEMPLATE["name"]
    rest = emulator.call("GET", f"/_emu/links?after={first[-1]['ordinal']}").lines
    assert [link["ordinal"] for link in rest] == list(range(11, 26))  # the dead number shows no link
    assert emulator.call("GET", "/_emu/links?arrived=1").lines == []
    emulator.advance(3600)
    assert len(emulator.call("GET", "/_emu/links?arrived=1").lines) == 25


def test_summary_and_reset(emulator, make):
    emulator.send(make.invitation(make.number(1)))
    emulator.send(make.invitation("6281200000026", "K2"))
    emulator.send(make.invitation("12", "K3"))
    facts = emulator.summary()
    assert (facts["accepted"], facts["by_status"]) == (2, {"delivered": 1, "failed": 1})
    assert (facts["by_code"], facts["refused"]) == ({"131026": 1}, {"131009": 1})
    assert facts["pending_webhooks"] >= 3
    emulator.call("POST", "/_emu/reset", {"keep": ["templates"]})
    assert emulator.summary()["accepted"] == 0
    assert emulator.send(make.invitation(make.number(1))).status == 200
    emulator.call("POST", "/_emu/reset")
    assert emulator.send(make.invitation(make.number(1))).code == 132001


def test_the_clock_can_be_pushed_and_set(emulators, make):
    emulator = emulators()
    before = emulator.call("GET", "/_emu/clock").json
    assert (before["now"], before["speed"]) == (make.START, 0)
    emulator.advance(90.5)
    assert emulator.call("GET", "/_emu/clock").json["now"] == make.START + 90.5
    page = emulator.call("POST", "/_emu/clock", {"offset": 86_400})
    assert page.json["offset"] == pytest.approx(86_400, abs=5)
    assert emulator.call("POST", "/_emu/clock/advance", {"seconds": -1}).status == 400
    assert emulator.call("POST", "/_emu/clock", {}).status == 400
