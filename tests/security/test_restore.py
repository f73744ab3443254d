"""A counter that was put back to yesterday gives nobody answers at will, and everybody can see it."""

from datetime import timedelta
from hashlib import sha256

import pytest

from bench.security.desk import Desk
from bening.core.problems import Refused
from bening.crypto import quota
from bening.outside import log
from tests.security.phone import Phone
from tests.security.world import OPENS, entries, world

STRATA = ("lampung/kota/a",)
SAMPLED = 30


@pytest.fixture
def counters(tmp_path):
    """A stratum of thirty, all of whom have answered."""
    with world(tmp_path / "r", STRATA, sampled=SAMPLED) as made:
        made.kid = entries(STRATA, sampled=SAMPLED)[0].kid
        made.phones = made.crowd([made.kid] * SAMPLED)
        for phone in made.phones:
            phone.hello(made.gate_line)
            assert phone.issue(made.gate_line)[0] == 200
            assert phone.post(made.box_line, phone.ballot({"gift": "no"}))[0] == 201
        yield made


@pytest.mark.slow
def test_a_gate_from_yesterday_meets_the_signers_book_and_the_boxs_tokens(counters):
    """All rights look unused again: honest phones get their own signature, others soon none at all."""
    counters.run("gate", "UPDATE gate_right SET issued = NULL")
    honest = counters.phones[0]
    assert honest.issue(counters.gate_line)[0] == 200
    assert honest.post(counters.box_line, honest.ballot({"gift": "yes"}))[1]["error"] == "older_version"
    second = [Phone(phone.secret, 10_000 + at) for at, phone in enumerate(counters.phones[1:6])]
    for phone in second:
        phone.hello(counters.gate_line)
    statuses = [phone.issue(counters.gate_line)[0] for phone in second]
    allowance = quota.limit(SAMPLED) - SAMPLED
    assert (sum(status == 200 for status in statuses), statuses[-1]) == (allowance, 503)
    kid = bytes.fromhex(counters.kid)
    signed = quota.counts(counters.folder / "signer" / "quota", [kid])[kid]
    issued = counters.rows("gate", "SELECT count(*) FROM gate_right WHERE issued IS NOT NULL")[0][0]
    assert (
        signed == SAMPLED + allowance > issued
    )  # the public counts do not agree: somebody put the gate back


@pytest.mark.slow
def test_a_box_from_yesterday_is_missing_what_its_log_holds(counters, tmp_path):
    """Ballots put back, log not: the tally counts what is missing. Both put back: a witness refuses."""
    counters.night("box")
    yesterday = counters.rows("box", "SELECT place, data FROM box_leaf")
    (late,) = counters.phones[:1]
    late.version += 9
    counters.clock(OPENS + timedelta(days=16))
    assert late.post(counters.box_line, late.ballot({"gift": "yes", "often": "once"}))[0] == 201
    counters.night("box")
    witnessed = (counters.folder / "log" / "checkpoint").read_text()
    token = sha256(late.kid + late.token).digest()
    today = [bytes(h) for (h,) in counters.rows("box", "SELECT h FROM box_ballot WHERE spent = %s", token)]
    old = {bytes(data)[1:] for _, data in yesterday}
    (gone,) = [h for h in today if h not in old]
    counters.run("box", f"DELETE FROM box_ballot WHERE h = '\\x{gone.hex()}'")  # noqa: S608
    counters.run_program("box", "export", str(tmp_path / "export"), "--settings", "box")
    desk = Desk(counters, tmp_path)
    assert desk.count(tmp_path / "export").totals["missing"] == 1
    leaves = [bytes(data) for _, data in sorted(yesterday)]
    with pytest.raises(Refused, match="BALLOT-133"):
        log.checked(leaves, witnessed, desk.frozen().log["vkey"])
