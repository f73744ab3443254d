"""One verdict a reply, one status an institution, decided by two people after the count."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from bening.core.problems import Refused
from bening.web.quality.models import Status, Verdict
from bening.web.quality.steps import decide, review
from bening.web.registry.models import Audit, Institution
from bening.web.response.models import Label, Reply, Tally
from tests.web.small import make_places, make_round, make_tally

pytestmark = pytest.mark.django_db
ROWS = [
    ("kab-x/internal/opd.01", "internal", "kab-x", "opd.01", 90, 24),
    ("kab-x/external/all", "external", "kab-x", "", 300, 12),
    ("kab-y/internal/opd.01", "internal", "kab-y", "opd.01", 90, 14),
    ("kab-y/external/all", "external", "kab-y", "", 300, 11),
    ("18/expert/shared", "expert", "", "", 80, 15),
]


@pytest.fixture
def round_():
    row = make_round()
    make_places(row, {"kab-x": ["opd.01"], "kab-y": ["opd.01"], "kab-z": []})
    make_tally(row, ROWS)
    return row


def test_every_reply_gets_one_verdict_and_every_valid_reply_is_kept(round_):
    assert review(by="worker") == Reply.objects.count() == 76
    assert Verdict.objects.filter(kept=True).count() == 76
    subjects = Audit.objects.filter(verb="review").values_list("on", "detail__replies")
    assert sorted(subjects) == [("uji-2025/expert", 15), ("uji-2025/external", 23), ("uji-2025/internal", 38)]


def test_reviewing_again_changes_nothing(round_):
    review(by="worker")
    before = list(Verdict.objects.values())
    assert review(by="worker") == 0
    assert list(Verdict.objects.values()) == before
    assert Audit.objects.filter(verb="review").count() == 3


def test_only_replies_without_a_verdict_are_looked_at(round_):
    review(by="worker")
    label = Label.objects.get(label="kab-x/external/all")
    Reply.objects.create(label=label, place=999, answers={}, paradata={})
    assert review(by="worker") == 1
    assert Verdict.objects.count() == 77


def test_a_hurried_answer_and_one_without_any_variation_carry_their_signs(round_):
    """The good end is left for some questions and right for others: one position all through is odd."""
    hurried, even = Reply.objects.filter(label__group="expert")[:2]
    scored = ("procedure", "policy", "authority", "power", "special", "bribery", "public", "redress")
    Reply.objects.filter(pk=hurried.pk).update(paradata={"d": 1})
    Reply.objects.filter(pk=even.pk).update(answers={"knows": "work", **dict.fromkeys(scored, "2")})
    review(by="worker")
    assert "speed" in Verdict.objects.get(reply=hurried).signs
    assert "no_variation" in Verdict.objects.get(reply=even).signs
    assert not Verdict.objects.filter(kept=False).exists()


def test_the_command_says_nothing_when_there_is_nothing_to_do(round_, capsys):
    call_command("review")
    call_command("review")
    assert capsys.readouterr().out == "76\n"


def test_a_status_is_published_where_enough_answered_in_every_group(round_):
    """36 and 25 answers of their own; the floor is 30, and experts are shared."""
    assert decide(by="siti", second="budi", round=round_) == 3
    assert dict(Status.objects.values_list("institution__code", "code")) == {
        "kab-x": "published", "kab-y": "insufficient_sample", "kab-z": "insufficient_sample"
    }  # fmt: skip
    assert set(Status.objects.values_list("by", "second")) == {("siti", "budi")}
    assert Status.objects.get(institution__code="kab-x").reason_id == ""
    assert Status.objects.get(institution__code="kab-y").reason_id != ""
    assert Audit.objects.filter(verb="decide").count() == 3


def test_nobody_is_published_without_a_group_that_has_a_weight(round_):
    Label.objects.filter(group="expert").delete()
    decide(by="siti", second="budi", round=round_)
    assert not Status.objects.filter(code="published").exists()


def test_deciding_again_changes_nothing(round_):
    decide(by="siti", second="budi", round=round_)
    Label.objects.update(counted=0)
    assert decide(by="budi", second="siti", round=round_) == 0
    assert Status.objects.filter(code="published").count() == 1


@pytest.mark.parametrize(("by", "second"), [("siti", "siti"), ("siti", ""), ("", "siti")])
def test_a_status_takes_two_different_people(round_, by, second):
    with pytest.raises(Refused, match="QUALITY-104"):
        decide(by=by, second=second, round=round_)
    assert not Status.objects.exists()


def test_nobody_decides_before_the_answers_are_counted(round_):
    Tally.objects.all().delete()
    with pytest.raises(Refused, match="QUALITY-105"):
        decide(by="siti", second="budi", round=round_)
    assert not Status.objects.exists()


def test_a_status_of_another_round_does_not_stand_for_this_one(round_):
    decide(by="siti", second="budi", round=round_)
    later = make_round("uji-2026")
    make_places(later, {"kab-x": ["opd.01"]})
    make_tally(later, ROWS[:2] + ROWS[4:])
    assert decide(by="siti", second="budi", round=later) == 1
    assert Status.objects.filter(institution__code="kab-x").count() == 2


def test_the_database_refuses_what_no_step_would_write(round_):
    decide(by="siti", second="budi", round=round_)
    review(by="worker")
    place = Institution.objects.get(code="kab-x")
    for name, write in {
        "status_once": lambda: Status.objects.create(
            round=round_, institution=place, code="published", by="x"
        ),
        "status_two_people": lambda: Status.objects.filter(institution=place).update(second="siti"),
        "quality_verdict_reply_id": lambda: Verdict.objects.create(reply=Reply.objects.first(), kept=False),
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            write()
