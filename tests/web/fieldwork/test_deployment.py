"""`bening deployment`: what is configured, what may be claimed, and an answer that a script understands."""

import os
import subprocess
import sys

import pytest

from bening.core.canonical import dump
from bening.core.fieldwork import marked
from bening.core.kinds import Claim
from bening.web.config import deployment

SPLIT = {
    "DEPLOYMENT": "split",
    "CEREMONY_RECORD": "https://agency.test/ceremony",
    "DATABASE_URL": "postgresql://hall:hush@db.agency.test/hall",
    "GATE_DATABASE_URL": "postgresql://gate:hush@db.agency.test/gate",
    "ORIGIN_GATE": "https://gate.agency.test",
    "ORIGIN_BOX": "https://box.university.test",
}


@pytest.fixture
def ask(tmp_path):
    """The program on a machine with these settings."""
    trustees = {"k": 3, "n": 5, "names": list("abcde")}
    (tmp_path / "tally.json").write_bytes(dump({"tally_pk": "x", "trustees": trustees}))

    def asked(**settings):
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ}
        done = subprocess.run(
            [sys.executable, "-m", "bening.cli", "deployment"],
            env=kept | {"DATA_DIR": str(tmp_path)} | settings,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return asked


@pytest.mark.parametrize(
    ("settings", "code", "says"),
    [
        ({"DEPLOYMENT": "demo"}, 0, deployment.MAY_SAY[Claim.NONE]),
        ({}, 0, deployment.MAY_SAY[Claim.APART]),
        ({"CEREMONY_RECORD": "https://agency.test/c"}, 0, deployment.MAY_SAY[Claim.ONE_OPERATOR]),
        (SPLIT, 0, deployment.MAY_SAY[Claim.FULL]),
        (SPLIT | {"CEREMONY_RECORD": ""}, 1, deployment.WHY["no_holders"]),
        (
            SPLIT | {"BOX_DATABASE_URL": "postgresql://db.agency.test/box"},
            1,
            deployment.WHY["same_cluster"],
        ),
        ({"DEPLOYMENT": "Split"}, 1, deployment.WHY["unknown_split"]),
    ],
)
def test_it_says_what_may_be_claimed_and_ends_with_one_if_more_is(ask, settings, code, says):
    found, said = ask(**settings)
    assert found == code, said
    assert says in said
    assert "hush" not in said  # no password is printed


def test_a_frozen_round_that_says_more_than_is_earned_now_is_named(ask, tmp_path):
    (tmp_path / "client" / "m").mkdir(parents=True)
    (tmp_path / "client" / "m" / "manifest.json").write_bytes(dump({"claim": marked(Claim.FULL)}))
    found, said = ask()
    assert found == 1
    assert "the frozen round says full" in said


def test_words_of_trustees_in_the_data_folder_cost_a_split_its_claim(ask, tmp_path):
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets" / "trustee-1.txt").write_text("words")
    found, said = ask(**SPLIT)
    assert found == 1
    assert deployment.WHY["words_here"] in said
