"""DSC-1, DSC-7, DSC-8: how many people must stand behind a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.kinds import Output
from bening.core.problems import Refused
from bening.core.publish import FLOORS, Dominance, comparable, dominance, floor


@pytest.mark.parametrize(
    ("output", "least"),
    [("mean", 10), ("institution", 30), ("prevalence", 30), ("theme", 20), ("change", 30), ("census", 20),
     ("participation", 20)],
)  # fmt: skip
def test_each_output_has_its_floor(output, least):
    assert floor(Output(output), {}) == least


def test_a_census_raises_the_floor_of_a_mean_and_leaves_higher_ones():
    assert floor(Output.MEAN, {}, census=True) == 20
    assert floor(Output.INSTITUTION, {}, census=True) == 30


def test_a_method_may_be_stricter():
    assert floor(Output.MEAN, {"mean": 12}) == 12


@given(st.sampled_from(Output), st.integers(0, 29))
def test_a_method_may_not_be_laxer(output, wanted):
    if wanted >= FLOORS[output]:
        assert floor(output, {output: wanted}) == wanted
    else:
        with pytest.raises(Refused, match="PUBLISH-101"):
            floor(output, {output: wanted})


@pytest.mark.parametrize(
    ("n", "largest", "sensitive", "decision"),
    [(29, 27, True, Dominance.LEVEL_UP), (20, 18, True, Dominance.SHOW), (30, 30, True, Dominance.SHOW),
     (29, 29, False, Dominance.SHOW), (30, 30, False, Dominance.SAY_SAME), (30, 29, False, Dominance.SHOW)],
)  # fmt: skip
def test_a_small_group_of_one_voice_is_not_named(n, largest, sensitive, decision):
    assert dominance(n, largest, sensitive=sensitive) is decision


def test_a_change_needs_thirty_in_both_years_and_the_same_cut():
    assert comparable(30, 30, floors={}, recut=False)
    assert not comparable(29, 60, floors={}, recut=False)
    assert not comparable(60, 29, floors={}, recut=False)
    assert not comparable(60, 60, floors={}, recut=True)
