"""Whatever is killed, and when: what a person was promised is there, and nobody counts twice."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest

from bench.security import crash
from tests.security.world import entries, world

STRATA = ("lampung/kota/a", "lampung/kota/b")
PLAN = {"gate": 4, "signer": 4, "box": 4, "nightly": 5, "tally": 4}


@pytest.fixture(scope="module")
def counters(tmp_path_factory):
    """Counters that nobody else uses."""
    with world(tmp_path_factory.mktemp("crash") / "r", STRATA) as made:
        yield made, [entry.kid for entry in entries(STRATA)]


@pytest.mark.slow
def test_twenty_kills_under_load_lose_nothing_and_double_nothing(counters, tmp_path):
    found = crash.toll(*counters, tmp_path, PLAN)
    assert sum(found.kills.values()) >= 20
    assert found.interviews > 20
    assert (found.lost, found.doubled, found.halves, found.tallies) == (0, 0, 0, 1)


@pytest.mark.slow
def test_a_gate_killed_between_commit_and_reply_gives_the_signature_when_asked_again(counters):
    """The signer is held, so that the right is spent and nobody has answered; then the gate dies."""
    made, (kid, _) = counters
    (phone,) = made.crowd([kid])
    phone.hello(made.gate)
    os.kill(made.children["signer"].pid, 19)
    try:
        with ThreadPoolExecutor(1) as pool:
            asked = pool.submit(phone.issue, made.gate)
            spent = until_spent(made, phone.right)
            made.kill("gate")
            assert asked.exception() is not None  # the line broke; no reply ever came
    finally:
        os.kill(made.children["signer"].pid, 18)
    assert spent == sha256(phone.blinded).digest()
    made.start("gate")
    assert phone.issue(made.gate)[0] == 200
    assert phone.post(made.box, phone.ballot({"gift": "no"}))[0] == 201


def until_spent(made, right):
    """What a right was spent on, as soon as it is."""
    for _ in range(1000):
        [(mark,)] = made.rows("gate", "SELECT issued FROM gate_right WHERE id = %s", right)
        if mark is not None:
            return bytes(mark)
        time.sleep(0.02)
    raise TimeoutError(right)


@pytest.mark.slow
def test_a_signer_that_is_away_is_try_later_and_the_right_stays_with_its_value(counters):
    made, (kid, _) = counters
    (phone,) = made.crowd([kid])
    phone.hello(made.gate)
    made.kill("signer")
    try:
        status, said = phone.issue(made.gate)
        assert (status, said["error"]) == (503, "try_later")
    finally:
        made.start_signer()
    assert phone.issue(made.gate)[0] == 200
