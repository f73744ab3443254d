"""A killed process loses nothing it has said yes to."""

import os
import subprocess
import sys
import threading


def test_kill_nine_keeps_every_accepted_message_and_every_pending_webhook(emulators, hook, make, until):
    emulator = emulators("--rate", "0", "--tier", "0", "--webhook", hook.url)
    emulator.approve()
    accepted = []

    def flood(lane):
        for place in range(lane, 100_000, 6):
            try:
                page = emulator.send(make.invitation(make.number(place), make.key(place)))
            except OSError:
                return
            assert page.status == 200
            accepted.append((make.key(place), page.json["messages"][0]["id"]))

    lanes = [threading.Thread(target=flood, args=(lane,)) for lane in range(6)]
    for lane in lanes:
        lane.start()
    until(lambda: len(accepted) > 300)
    emulator.kill()
    for lane in lanes:
        lane.join()
    emulator.start()
    known = {(entry["key"], entry["wamid"]) for entry in emulator.ledger()}
    assert set(accepted) <= known
    assert len(known) - len(accepted) <= 6  # taken, but the process died before the reply
    assert emulator.summary()["pending_webhooks"] > 0
    assert emulator.flush() == 0
    delivered = {callback for callback, status in hook.statuses() if status == "delivered"}
    assert delivered == {f"d:{key}:1" for key, _ in known}
    assert emulator.send(make.invitation(make.number(0), make.key(0), 2)).status == 200


def test_a_report_that_was_on_the_wire_is_sent_again(emulators, hook, make, until):
    emulator = emulators("--rate", "0", "--webhook", hook.url)
    emulator.approve()
    emulator.chaos(delay_sent=[0, 0], delay_delivered=[3600, 0])
    until(lambda: hook.posts)
    hook.free.clear()
    emulator.send(make.invitation(make.number(1)))
    until(lambda: hook.statuses() == [("d:K1:1", "sent")])
    emulator.kill()
    hook.free.set()
    emulator.start()
    until(lambda: hook.statuses() == [("d:K1:1", "sent")] * 2)
    until(lambda: emulator.ledger()[0]["events"][0]["webhook"] == "delivered")


def test_limits_templates_clock_and_knobs_survive_a_restart(emulators, make):
    emulator = emulators("--tier", "2")
    emulator.approve()
    emulator.chaos(p_read=0, tier_exhausted="sync:131048")
    for place in range(2):
        emulator.send(make.invitation(make.number(place), make.key(place)))
    emulator.call("PATCH", f"/_emu/phones/{make.number(0)}", {"off": True})
    before = emulator.call("GET", "/_emu/clock").json["now"]
    emulator.kill()
    emulator.start()
    assert emulator.call("GET", "/_emu/clock").json["now"] == before
    assert emulator.send(make.invitation(make.number(2), make.key(2))).code == 131048
    again = emulator.send(make.invitation(make.number(1), make.key(1))).json["messages"][0]["id"]
    assert again not in {entry["wamid"] for entry in emulator.ledger()[:2]}
    shown = {phone["number"]: phone["off"] for phone in emulator.call("GET", "/_emu/phones").json["data"]}
    assert shown == {make.number(0): True, make.number(1): False}
    assert emulator.call("GET", "/_emu/chaos").json["p_read"] == 0


def test_pacing_and_the_wait_for_a_higher_tier_survive_a_restart(emulators, make):
    emulator = emulators("--rate", "0", "--tier", "4")
    emulator.approve()
    emulator.chaos(pacing_first_n=2, pacing_hold_min=60, tier_upgrade_lag_h=6)

    def status(place):
        page = emulator.send(make.invitation(make.number(place), make.key(place)))
        return page.json["messages"][0]["message_status"]

    assert [status(place) for place in range(3)] == ["accepted", "accepted", "held_for_quality_assessment"]
    emulator.advance(1800)
    emulator.kill()
    emulator.start()
    assert status(3) == "held_for_quality_assessment"
    emulator.advance(1800)
    assert status(0) == "accepted"
    emulator.advance(5 * 3600)
    assert status(1) == "accepted"
    assert emulator.summary()["tier"] == 250


def test_the_leash_ends_the_process_when_its_holder_dies(emulators):
    reading, writing = os.pipe()
    emulator = emulators("--leash", str(reading), pass_fds=(reading,))
    os.close(reading)
    assert emulator.process.poll() is None
    os.close(writing)
    assert emulator.process.wait(timeout=5) == 0


def test_it_listens_beyond_loopback_only_when_told_twice(tmp_path, make):
    environment = os.environ | {"PYTHONPATH": str(make.SRC)}
    command = [sys.executable, "-m", "bening.emulator", "--db", str(tmp_path / "x"), "--port", "0"]
    # An address of everywhere is what must be refused.
    for options in (["--host", "0.0.0.0"], ["--webhook", "https://survei.example/hook"]):  # noqa: S104
        ended = subprocess.run([*command, *options], env=environment, capture_output=True, check=False)
        assert ended.returncode == 2
        assert b"loopback" in ended.stderr
