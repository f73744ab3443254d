"""Which dimensions an institution should start with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.action import follow_up_rate, recommend

HR, BUDGET, DUTY, SERVICE = (
    ("internal", "hr"),
    ("internal", "budget"),
    ("internal", "duty"),
    ("external", "service"),
)
WEIGHTS = {HR: 0.1, BUDGET: 0.2, DUTY: 0.4, SERVICE: 0.3}
MEANS = dict.fromkeys(WEIGHTS, 70.0)


def test_the_largest_drag_comes_first_and_only_what_lies_below():
    """Weight counts: 4 points below with weight 0.4 pull more than 10 below with weight 0.1."""
    scores = {HR: 60.0, BUDGET: 69.0, DUTY: 66.0, SERVICE: 80.0}
    assert recommend(scores, MEANS, WEIGHTS, most=3) == (DUTY, HR, BUDGET)
    assert recommend(scores, MEANS, WEIGHTS, most=1) == (DUTY,)


def test_nothing_is_recommended_to_whoever_stands_at_the_reference():
    assert recommend(MEANS, MEANS, WEIGHTS, most=3) == ()


@given(st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.floats(0, 100), min_size=1), st.integers(0, 4))
def test_rsk1_drags_are_negative_and_sorted(scores, most):
    found = recommend(scores, MEANS, WEIGHTS, most=most)
    drags = [WEIGHTS[key] * (scores[key] - MEANS[key]) for key in found]
    assert len(found) <= most
    assert drags == sorted(drags)
    assert all(drag < 0 for drag in drags)


@pytest.mark.parametrize(("asked", "done", "rate"), [(4, 3, 75.0), (4, 0, 0.0), (0, 0, None)])
def test_no_duty_is_not_the_same_as_no_work(asked, done, rate):
    assert follow_up_rate(asked, done) == rate
