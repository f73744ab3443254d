"""A frozen frame of one regency, small enough to see every stratum of it."""

import pytest

from bening.core.kinds import Group, GroupDesign
from bening.web.registry.models import Institution, Unit
from bening.web.registry.steps import grant
from tests.web.small import make_people, make_places, make_round

SEED = bytes(range(32))
DESIGN = {
    Group.INTERNAL: GroupDesign(by="locus", answers=25, total=0, response=0.58, sd=15.0),
    Group.EXTERNAL: GroupDesign(by="kind", answers=40, total=90, response=0.38, sd=18.0),
    Group.EXPERT: GroupDesign(by="province", answers=60, total=60, response=0.8, sd=14.0),
}


PEOPLE = (
    ("siti", "officer", None, None),
    ("ratna", "statistician", None, None),
    ("wayan", "auditor", None, None),
    ("dewi", "inspectorate", "kab-x", None),
    ("agus", "leader", "kab-x", None),
    ("rina", "unit_contact", "kab-x", "opd.02"),
)


@pytest.fixture
def round_(db, settings, tmp_path):
    """Two loci of their own, one too small, users, experts."""
    settings.CLIENT_DIR = tmp_path / "client"
    row = make_round()
    make_places(row, {"kab-x": ["opd.01", "opd.02", "opd.03"]})
    make_people(row, "kab-x", Group.INTERNAL, {"opd.01": 70, "opd.02": 60, "opd.03": 8})
    make_people(row, "kab-x", Group.EXTERNAL, {"opd.01": 150})
    make_people(row, "kab-x", Group.EXPERT, {None: 90})
    return row


@pytest.fixture
def staff(round_):
    """One account a role."""
    for username, role, institution, unit in PEOPLE:
        where = Institution.objects.get(code=institution) if institution else None
        part = Unit.objects.get(institution=where, code=unit) if unit else None
        grant(by="siti", username=username, name=username.title(), role=role, institution=where, unit=part)
    return round_
