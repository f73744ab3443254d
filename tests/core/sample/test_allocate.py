"""Allocation: floors, caps and whole numbers (SMP-3, 4, 5)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.kinds import Stratum
from bening.core.problems import Refused
from bening.core.sample import allocate, cost_optimal, neyman, whole


def literal(size, low, high, total):
    """The same allocation by trying multiples of `size` until the cut sum fits: no rounds, no order."""
    below, above = 0.0, (max(high) + 1) / min(size)
    for _ in range(200):
        middle = (below + above) / 2
        if sum(min(max(middle * s, a), b) for s, a, b in zip(size, low, high, strict=True)) < total:
            below = middle
        else:
            above = middle
    return [min(max(above * s, a), b) for s, a, b in zip(size, low, high, strict=True)]


@st.composite
def problems(draw):
    strata = draw(st.integers(1, 12))
    people = draw(st.lists(st.integers(1, 400), min_size=strata, max_size=strata))
    size = draw(st.lists(st.floats(0.5, 900), min_size=strata, max_size=strata))
    floors = [min(draw(st.integers(0, 30)), n) for n in people]
    total = draw(st.integers(max(1, sum(floors)), sum(people)))
    return np.array(size) * total / sum(size), floors, people, total


@given(problems())
def test_whole_numbers_keep_total_floors_and_caps(problem):
    size, floors, people, total = problem
    found = whole(size, floors=floors, caps=people)
    assert found.sum() == total
    assert all(low <= n <= high for low, n, high in zip(floors, found, people, strict=True))


@given(problems())
def test_whole_numbers_stay_within_one_of_the_exact_ones(problem):
    size, floors, people, total = problem
    exact = literal(size.tolist(), floors, people, total)
    assert np.abs(whole(size, floors=floors, caps=people) - exact).max() < 1 + 1e-6


def test_what_a_cap_gives_back_lifts_a_stratum_off_its_floor():
    # Fixing the floor of the third stratum in the same round as the cap of the first would leave it at 12.
    assert whole([88, 1, 11], floors=[1, 1, 12], caps=[20, 100, 100]).tolist() == [20, 7, 73]


def test_small_strata_are_taken_whole():
    assert whole([50, 50], floors=[10, 10], caps=[6, 200]).tolist() == [6, 94]


def strata(*people, response=0.5, answers=10):
    return [
        Stratum(f"lpg/metro/{i:02}", n, answers, response, 14.0, ("lpg/metro", "lpg"))
        for i, n in enumerate(people)
    ]


def test_the_order_of_strata_changes_nothing():
    rows = strata(100, 100, 100, 333, 777)
    forward = {found.code: found for found in allocate(rows, 101)}
    backward = {found.code: found for found in allocate(rows[::-1], 101)}
    assert forward == backward


def test_invitations_follow_from_answers_and_rate():
    found = allocate(strata(100, 900), 120)
    assert sum(plan.sampled for plan in found) == 240
    assert not any(plan.census for plan in found)
    assert [plan.code for plan in found] == ["lpg/metro/00", "lpg/metro/01"]


def test_everybody_is_asked_where_all_answers_are_wanted():
    found = allocate(strata(80, 90), 85)
    assert [(plan.sampled, plan.census) for plan in found] == [(80, True), (90, True)]


def test_a_short_list_keeps_its_floor_when_answers_abound():
    small, large = allocate(strata(50, 500), 200)
    assert (small.sampled, small.census) == (20, False)
    assert large.sampled == 380


def test_a_short_list_is_never_asked_whole():
    with pytest.raises(Refused, match="SAMPLE-106"):
        allocate(strata(18, 500), 100)


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("SAMPLE-102", lambda: allocate(strata(0, 10), 5)),
        ("SAMPLE-103", lambda: allocate(strata(100, 100), 15)),
        ("SAMPLE-104", lambda: allocate(strata(100, response=1.5), 15)),
        ("SAMPLE-104", lambda: neyman(10, [10, 20], sd=[0, 5])),
        ("SAMPLE-104", lambda: cost_optimal(10, [10, 20], sd=[5, 5], cost=[0, 1])),
        ("SAMPLE-105", lambda: allocate(strata(100, 100), 101)),
        ("SAMPLE-107", lambda: allocate(strata(100) * 2, 20)),
    ],
)
def test_impossible_allocations_are_refused_with_what_would_do(code, call):
    with pytest.raises(Refused) as refusal:
        call()
    assert refusal.value.problems[0].code == code


def test_the_refusal_names_the_smallest_feasible_number():
    with pytest.raises(Refused) as refusal:
        allocate(strata(100, 100), 15)
    assert refusal.value.problems[0].words["feasible"] == 20
