"""A frozen round of seventy people with forty-odd drawn, and their invitations in the queue."""

import pytest

from bening.core.canonical import dump
from bening.core.kinds import Group, GroupDesign
from bening.core.response import b64u
from bening.web.fieldwork.steps.freeze import freeze_round, labels
from bening.web.fieldwork.steps.invite import invite
from tests import strong_room
from tests.web.small import make_draw, make_forms, make_people, make_places, make_round

DESIGN = {Group.INTERNAL: GroupDesign(by="locus", answers=25, total=0, response=0.58, sd=15.0)}


@pytest.fixture
def drawn(db, settings, tmp_path):
    """A round up to the draw."""
    settings.CLIENT_DIR = tmp_path / "client"
    settings.SIGNER_DIR, settings.TALLY_KEY = tmp_path / "signer", tmp_path / "tally.json"
    row = make_round()
    make_places(row, {"kab-x": ["opd.01"]})
    make_people(row, "kab-x", Group.INTERNAL, {"opd.01": 70})
    make_forms(row)
    make_draw(row, DESIGN)
    return row


def make_keys(round, settings):
    """What `bening signer keygen` and `bening ceremony` leave behind."""
    settings.SIGNER_DIR.mkdir(exist_ok=True)
    lines = [dump({"n": b64u(strong_room.modulus(label)), "stratum": label}) for label in labels(round=round)]
    (settings.SIGNER_DIR / "public.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    public = {"tally_pk": b64u(strong_room.TALLY_KEY), "trustees": {"k": 3, "n": 5, "names": []}}
    settings.TALLY_KEY.write_bytes(dump(public) + b"\n")


@pytest.fixture
def frozen(drawn, settings):
    """The same, frozen."""
    make_keys(drawn, settings)
    freeze_round(by="siti", round=drawn)
    return drawn


@pytest.fixture
def invited(frozen, settings):
    """The same, with every invitation queued."""
    invite(by="siti", round=frozen, now=settings.NOW())
    return frozen
