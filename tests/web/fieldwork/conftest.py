"""A frozen round of seventy people with forty-odd drawn, and their invitations in the queue."""

import pytest

from bening.core.kinds import Group, GroupDesign
from bening.web.fieldwork.steps.freeze import freeze_round
from bening.web.fieldwork.steps.invite import invite
from tests.web.small import make_draw, make_forms, make_people, make_places, make_round

DESIGN = {Group.INTERNAL: GroupDesign(by="locus", answers=25, total=0, response=0.58, sd=15.0)}


@pytest.fixture
def drawn(db, settings, tmp_path):
    """A round up to the draw."""
    settings.CLIENT_DIR = tmp_path / "client"
    row = make_round()
    make_places(row, {"kab-x": ["opd.01"]})
    make_people(row, "kab-x", Group.INTERNAL, {"opd.01": 70})
    make_forms(row)
    make_draw(row, DESIGN)
    return row


@pytest.fixture
def frozen(drawn):
    """The same, frozen."""
    freeze_round(by="siti", round=drawn)
    return drawn


@pytest.fixture
def invited(frozen, settings):
    """The same, with every invitation queued."""
    invite(by="siti", round=frozen, now=settings.NOW())
    return frozen
