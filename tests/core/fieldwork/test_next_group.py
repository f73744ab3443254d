"""Which group next (WGT-10)."""

from dataclasses import replace

import pytest

from bening.core.fieldwork import exhausted, next_groups, on_target
from bening.core.kinds import FieldGroup
from bening.core.problems import Refused

GROUP = FieldGroup(
    code="school-staff",
    invited=100,
    issued=40,
    waves=((60, 6),),
    least=30,
    weight=0.2,
    sd=14.0,
    missing=-0.05,
    cost=1.0,
)


def test_gain_and_chance_by_hand():
    (found,) = next_groups([GROUP], balance=2.0)
    assert found.chance == pytest.approx(7 / 70)
    coming = 60 * 0.1
    assert found.gain == pytest.approx(0.04 * 196 * (1 / 40 - 1 / (40 + coming)) + 2.0 * 0.05)
    assert found.priority == found.gain
    assert found.need == 0


def test_a_group_short_of_its_minimum_comes_first_whatever_it_costs():
    short = replace(GROUP, code="small-office", issued=22, cost=50.0)
    shorter = replace(GROUP, code="clinic", issued=12, cost=90.0)
    order = next_groups([GROUP, short, shorter], balance=0.0)
    assert [(found.code, found.need) for found in order] == [
        ("clinic", 18),
        ("small-office", 8),
        ("school-staff", 0),
    ]


def test_an_easy_group_is_not_chased_for_its_rate():
    easy = replace(GROUP, code="easy", issued=80, waves=((20, 10),), missing=0.05)
    hard = replace(GROUP, code="hard", issued=31, waves=((69, 4),), missing=-0.1)
    assert [found.code for found in next_groups([easy, hard], balance=1.0)] == ["hard", "easy"]


def test_a_dearer_reminder_needs_a_larger_gain():
    dear = replace(GROUP, code="dear", cost=3.0)
    assert [found.code for found in next_groups([dear, GROUP], balance=1.0)] == ["school-staff", "dear"]


def test_a_group_without_answers_promises_its_whole_variance():
    silent = replace(GROUP, issued=0, least=0, missing=0.0, waves=())
    (found,) = next_groups([silent], balance=1.0)
    assert found.gain == pytest.approx(0.04 * 196)
    assert found.chance == pytest.approx(0.1)


def test_groups_below_ten_invited_are_never_steered_by():
    assert next_groups([replace(GROUP, invited=9, issued=2)], balance=1.0) == ()


def test_three_fruitless_reminders_end_it():
    assert exhausted(replace(GROUP, waves=((60, 1), (59, 1), (58, 0))))
    assert not exhausted(replace(GROUP, waves=((60, 1), (59, 1))))
    assert not exhausted(replace(GROUP, waves=((60, 0), (60, 0), (59, 0), (59, 3))))
    assert exhausted(replace(GROUP, issued=100))


def test_reminders_stop_when_both_targets_are_met():
    assert on_target(0.85, 1.9, least_indicator=0.8, most_half_width=2.0)
    assert not on_target(0.75, 1.9, least_indicator=0.8, most_half_width=2.0)
    assert not on_target(0.85, 2.1, least_indicator=0.8, most_half_width=2.0)


@pytest.mark.parametrize("wrong", [{"cost": 0.0}, {"issued": -1}])
def test_impossible_groups_are_refused(wrong):
    with pytest.raises(Refused, match="FIELD-104"):
        next_groups([replace(GROUP, **wrong)], balance=1.0)
