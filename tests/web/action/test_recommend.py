"""Recommendations speak of published numbers only, once, and of the dimensions that pull down most."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from bening.core.problems import Refused
from bening.methods import load
from bening.web.action.models import Recommendation
from bening.web.action.steps import ask, catalogue
from bening.web.estimate.models import Run
from bening.web.publish.models import Release
from bening.web.registry.models import Audit, Institution
from tests.web.small import make_places, make_round

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 11, 22, tzinfo=UTC)
SCORES = {
    "kab-x": {
        ("internal", "hr"): 50.0,
        ("internal", "budget"): 79.0,
        ("external", "staff"): 70.0,
        ("expert", "bribery"): 5.0,
    },
    "kab-y": {
        ("internal", "hr"): 90.0,
        ("internal", "budget"): 80.0,
        ("external", "staff"): 75.0,
        ("expert", "bribery"): 9.0,
    },
    "kab-z": {},
}


@pytest.fixture
def round_():
    row = make_round()
    make_places(row, dict.fromkeys(SCORES, ()))
    return row


def page(code, scores):
    """An institution in the body of a release; a withheld dimension has no number."""
    rows = [{"group": g, "dimension": d, "cell": {"value": value}} for (g, d), value in scores.items()]
    return {
        "code": code,
        "dimensions": [*rows, {"group": "internal", "dimension": "duty", "cell": {"value": None}}],
    }


def release(round_, scores=SCORES, *, released=NOW):
    method = load(round_.method_id)
    run = Run.objects.create(
        round=round_,
        method_id=method.id,
        method_label={"id": "x", "en": "x"},
        digests={"n": Run.objects.count()},
        seed="0",
        created=NOW,
    )
    return Release.objects.create(
        round=round_,
        run=run,
        body={"institutions": [page(*each) for each in scores.items()]},
        digest="d",
        prepared=NOW,
        by="ratna",
        released=released,
        sums="s" if released else "",
    )


def asked():
    return sorted(Recommendation.objects.values_list("institution__code", "dimension"))


def test_what_lies_below_the_mean_is_asked_of_an_institution_and_nothing_of_experts(round_):
    """X lies 20 points under the mean in one dimension and half a point in another; Y nowhere."""
    release(round_)
    assert ask(by="siti", round=round_) == 3
    assert asked() == [("kab-x", "budget"), ("kab-x", "hr"), ("kab-x", "staff")]
    first = Recommendation.objects.get(dimension="hr")
    assert {"id": first.text_id, "en": first.text_en} == catalogue()["internal"]["hr"]
    assert first.issued_by == "siti"


def test_at_most_three_are_asked_and_those_that_pull_most(round_):
    low = {
        ("internal", d): 40.0 + n for n, d in enumerate(("transparency", "duty", "influence", "budget", "hr"))
    }
    release(round_, {"kab-x": low, "kab-y": dict.fromkeys(low, 60.0)})
    ask(by="siti", round=round_)
    assert asked() == [("kab-x", "duty"), ("kab-x", "influence"), ("kab-x", "transparency")]


def test_asking_again_changes_nothing(round_):
    release(round_)
    ask(by="siti", round=round_)
    assert ask(by="budi", round=round_) == 0
    assert len(asked()) == 3
    assert Audit.objects.filter(verb="ask").count() == 1


def test_a_release_that_is_only_prepared_says_nothing(round_):
    release(round_, released=None)
    with pytest.raises(Refused, match="ACTION-101"):
        ask(by="siti", round=round_)
    assert asked() == []


def test_the_latest_release_that_went_out_counts_not_the_one_in_the_making(round_):
    release(round_)
    release(round_, {"kab-y": {("internal", "hr"): 1.0}, "kab-x": {("internal", "hr"): 99.0}}, released=None)
    ask(by="siti", round=round_)
    assert {code for code, _ in asked()} == {"kab-x"}


def test_an_institution_without_published_numbers_is_asked_nothing(round_):
    release(round_)
    ask(by="siti", round=round_)
    assert not Recommendation.objects.filter(institution__code="kab-z").exists()


def test_a_dimension_of_an_older_edition_without_a_text_is_passed_over(round_):
    round_.edition = "2022"
    round_.save()
    release(round_, {"kab-x": {("external", "external"): 1.0}, "kab-y": {("external", "external"): 99.0}})
    assert ask(by="siti", round=round_) == 0


def test_every_dimension_that_an_institution_can_work_on_has_its_text():
    texts = catalogue()
    wanted = {
        (d.group.value, d.code) for d in load("spi-2025:equal-thirds").dimensions if d.group != "expert"
    }
    assert {(group, code) for group, rows in texts.items() for code in rows} == wanted
    assert all(set(text) == {"id", "en"} for rows in texts.values() for text in rows.values())


def test_the_database_holds_one_recommendation_a_dimension(round_):
    place = Institution.objects.first()
    Recommendation.objects.create(round=round_, institution=place, dimension="hr", text_id="x", text_en="x")
    with pytest.raises(IntegrityError, match="recommendation_once"), transaction.atomic():
        Recommendation.objects.create(
            round=round_, institution=place, dimension="hr", text_id="y", text_en="y"
        )


def test_the_command_says_how_many_are_new(round_, capsys):
    release(round_)
    call_command("recommend", "uji-2025", "--by", "siti")
    assert capsys.readouterr().out.strip() == "3"
