"""What cases take off is written down for every institution, capped, and once."""

from datetime import date
from importlib.resources import files

import pytest
from django.db import IntegrityError, transaction

from bening import methods
from bening.web.evidence import steps
from bening.web.evidence.models import Case, Correction
from bening.web.evidence.steps import weigh_evidence
from bening.web.registry.models import Audit, Institution
from tests.web.small import make_places, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    row = make_round()
    make_places(row, {"kab-x": [], "kab-y": []})
    return row


@pytest.fixture
def points(monkeypatch):
    """No profile takes points off yet: the method file with one word changed, read by the real reader."""
    folder = files("bening.methods")
    profile = folder.joinpath("profiles/equal-thirds.toml").read_text()
    changed = profile.replace('correction = "none"', 'correction = "points"')
    assert changed != profile
    method = methods.build(folder.joinpath("spi-2025.toml").read_bytes(), changed.encode())
    monkeypatch.setattr(steps, "load", lambda name: method)
    return method


def case(round_, number, points, *, component="cases", place="kab-x"):
    return Case.objects.create(
        round=round_,
        institution=Institution.objects.get(code=place),
        component=component,
        number=number,
        points=points,
        source="putusan",
        day=date(2025, 3, 1),
    )


def taken():
    rows = Correction.objects.values_list("institution__code", "component", "points")
    return {(code, component): off for code, component, off in rows}


def test_a_method_without_corrections_takes_nothing_and_writes_nothing(round_):
    case(round_, "1", 3)
    assert weigh_evidence(by="ratna", round=round_) == 0
    assert taken() == {}
    assert not Audit.objects.filter(verb="weigh_evidence").exists()


def test_every_institution_gets_a_row_for_every_component_capped_and_zero_too(round_, points):
    case(round_, "1", 8)
    case(round_, "2", 7)
    case(round_, "3", 1.5, component="complaints")
    case(round_, "4", 99, component="rumours")
    weigh_evidence(by="ratna", round=round_)
    assert points.corrections == {"complaints": 5.0, "cases": 10.0}
    assert taken() == {
        ("kab-x", "cases"): 10.0,
        ("kab-x", "complaints"): 1.5,
        ("kab-y", "cases"): 0.0,
        ("kab-y", "complaints"): 0.0,
    }


def test_weighing_again_changes_nothing_until_a_case_comes_in(round_, points):
    assert weigh_evidence(by="ratna", round=round_) == 4
    assert weigh_evidence(by="ratna", round=round_) == 0
    case(round_, "1", 2)
    assert weigh_evidence(by="ratna", round=round_) == 1
    assert taken()["kab-x", "cases"] == 2.0
    assert Audit.objects.filter(verb="weigh_evidence").count() == 2


def test_cases_of_another_round_do_not_count(round_, points):
    later = make_round("uji-2026")
    make_places(later, {"kab-x": []})
    case(round_, "1", 4)
    weigh_evidence(by="ratna", round=later)
    assert set(taken().values()) == {0.0}


def test_the_database_refuses_what_no_step_would_write(round_, points):
    weigh_evidence(by="ratna", round=round_)
    row, known = Correction.objects.first(), case(round_, "1", 1)
    for name, write in {
        "correction_once": lambda: Correction.objects.create(
            round=round_, institution=row.institution, component=row.component, points=1
        ),
        "correction_takes_off": lambda: Correction.objects.filter(pk=row.pk).update(points=-0.5),
        "case_once": lambda: case(round_, known.number, 1),
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            write()
