"""Ranks: what holds for all scores, and literal twins (RNK-1, 2, 3)."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.estimate.ranks import (
    chance_of_rank,
    chance_of_top,
    joint_ranks,
    marginal_rank_sets,
    rank_sets,
    ranks,
    score_draws,
    told_apart,
)
from bening.core.problems import Refused


@st.composite
def tables(draw):
    p = draw(st.integers(2, 9))
    scores = draw(st.lists(st.integers(400, 900), min_size=p, max_size=p, unique=True))
    errors = draw(st.lists(st.integers(3, 40), min_size=p, max_size=p))
    return np.array(scores) / 10, np.array(errors) / 10


def sets(method, x, variance, seed=1):
    return method(x, variance, np.random.default_rng(seed), draws=400)


def literal(x, noise, sd, alpha):
    """Simultaneous sets as the method is told: every ordered pair, one loop a step, no tricks."""
    p = len(x)
    pairs = [(j, k) for j, k in itertools.product(range(p), repeat=2) if j != k]
    gone = set()
    while left := [pair for pair in pairs if pair not in gone]:
        worst = [max((z[j] - z[k]) / sd[j][k] for j, k in left) for z in noise]
        bar = np.quantile(worst, 1 - alpha)
        new = {(j, k) for j, k in left if x[j] - x[k] > bar * sd[j][k]}
        if not new:
            break
        gone |= new
    return [
        (1 + sum((k, j) in gone for k in range(p)), p - sum((j, k) in gone for k in range(p)))
        for j in range(p)
    ]


@given(tables())
def test_sets_equal_the_method_as_it_is_told(table):
    x, se = table
    noise = np.random.default_rng(1).standard_normal((400, len(x))) * se
    sd = np.sqrt(se[:, None] ** 2 + se[None, :] ** 2)
    found = [(place.lower, place.upper) for place in sets(rank_sets, x, se**2)]
    assert found == literal(x, noise, sd, 0.05)


@given(tables())
def test_a_place_lies_in_its_marginal_set_and_that_in_its_simultaneous_one(table):
    x, se = table
    simultaneous = sets(rank_sets, x, se**2)
    for place, narrow, wide in zip(ranks(x), sets(marginal_rank_sets, x, se**2), simultaneous, strict=True):
        assert wide.lower <= narrow.lower <= place <= narrow.upper <= wide.upper


@given(tables(), st.integers(-30, 30))
def test_a_constant_changes_no_set(table, constant):
    x, se = table
    for method in (rank_sets, marginal_rank_sets):
        assert sets(method, x, se**2) == sets(method, x + constant / 10, se**2)
    assert joint_ranks(x, se) == joint_ranks(x + constant / 10, se)


@given(tables())
def test_the_other_direction_turns_the_sets_around(table):
    # The pairs come in both orders, so the same draws serve both directions up to their sign.
    x, se = table
    p = len(x)
    flipped = joint_ranks(-x, se)
    assert [(p + 1 - place.upper, p + 1 - place.lower) for place in joint_ranks(x, se)] == [
        (place.lower, place.upper) for place in flipped
    ]


def test_the_other_direction_turns_the_drawn_sets_around():
    x, se = np.array([80.0, 75.0, 74.0, 60.0, 59.5]), np.array([1.0, 2.0, 1.0, 3.0, 0.5])
    for method in (rank_sets, marginal_rank_sets):
        there = method(x, se**2, np.random.default_rng(2), draws=20_000)
        back = method(-x, se**2, np.random.default_rng(3), draws=20_000)
        assert [(6 - place.upper, 6 - place.lower) for place in there] == [(b.lower, b.upper) for b in back]


@given(tables())
def test_full_and_diagonal_covariances_agree_on_clear_cases(table):
    x, se = table
    matrix, vector = np.diag(se**2), se**2
    top = chance_of_top(x, matrix, np.random.default_rng(4), draws=4000)
    assert top == pytest.approx(chance_of_top(x, vector, np.random.default_rng(5), draws=4000), abs=0.06)


@given(tables(), st.integers(1, 9))
def test_chances_of_the_best_k_sum_to_k(table, k):
    x, se = table
    found = chance_of_top(x, se**2, np.random.default_rng(1), ks=(k,), draws=500)
    assert found.sum() == pytest.approx(min(k, len(x)))


@given(st.lists(st.integers(0, 8), min_size=1, max_size=12))
def test_a_place_is_one_more_than_the_number_strictly_better(scores):
    assert ranks(scores).tolist() == [1 + sum(other > own for other in scores) for own in scores]


def test_chance_to_keep_last_years_place():
    x, variance = np.array([80.0, 70.0, 60.0]), np.array([4.0, 4.0, 4.0])
    found = chance_of_rank(x, variance, np.random.default_rng(1), at_most=[1, 1, 3], draws=50_000)
    assert found[0] == pytest.approx(0.99980, abs=0.0004)  # Φ(10 / √8)
    assert found[1] == pytest.approx(0.00020, abs=0.0004)
    assert found[2] == 1


def test_an_institution_without_a_standard_error_is_left_out():
    x, variance = [80.0, 70.0, 60.0], [1.0, np.nan, 1.0]
    found = rank_sets(x, variance, np.random.default_rng(1))
    assert found[1] is None
    assert [(found[0].lower, found[0].upper), (found[2].lower, found[2].upper)] == [(1, 1), (2, 2)]
    assert np.isnan(chance_of_top(x, variance, np.random.default_rng(1), draws=100)[1]).all()


def test_equals_that_always_move_together_are_never_told_apart():
    tied = np.array([[4.0, 4.0, 0.0], [4.0, 4.0, 0.0], [0.0, 0.0, 0.01]])
    better, _ = told_apart([80.0, 79.0, 40.0], tied, np.random.default_rng(1))
    assert better.tolist() == [[False, False, True], [False, False, True], [False, False, False]]


def test_one_institution_is_first():
    assert [(s.lower, s.upper) for s in rank_sets([70.0], [1.0], np.random.default_rng(1))] == [(1, 1)]
    assert [(s.lower, s.upper) for s in marginal_rank_sets([70.0], [1.0], np.random.default_rng(1))] == [
        (1, 1)
    ]


@pytest.mark.parametrize(
    "covariance",
    [
        [[4.0, 0, 0], [0, 1.0, 0], [0, 0, 9.0]],
        [[4.0, 1.5, 0], [1.5, 1.0, 0], [0, 0, 9.0]],
        [[4.0, 1.5, 2], [1.5, 1.0, 0], [2, 0, 9.0]],
    ],
)
def test_repetitions_vary_together_as_the_covariance_says(covariance):
    x, rng = np.array([70.0, 71, 72]), np.random.default_rng(1)
    draws = np.vstack(list(score_draws(x, np.array(covariance), rng, 60_000)))
    assert draws.mean(axis=0) == pytest.approx([70, 71, 72], abs=0.05)
    assert np.cov(draws.T) == pytest.approx(np.array(covariance), abs=0.15)


def test_dependence_sharpens_the_comparison():
    x, variance = np.array([75.0, 73.0]), 4.0
    alone = rank_sets(x, np.full(2, variance), np.random.default_rng(1))
    together = rank_sets(x, np.array([[variance, 3.8], [3.8, variance]]), np.random.default_rng(1))
    assert (alone[0].upper, together[0].upper) == (2, 1)


def test_simultaneous_sets_hold_for_all_institutions_as_often_as_promised():
    truth = np.array([80.0, 78.0, 76.0, 76.0, 75.0, 71.0, 66.0, 60.0])
    se = np.array([1.0, 2.0, 1.0, 1.5, 1.0, 2.0, 1.0, 1.0])
    rng = np.random.default_rng(9)
    places = [(1 + sum(truth > own), len(truth) - sum(truth < own)) for own in truth]
    held = 0
    for _ in range(300):
        found = rank_sets(rng.normal(truth, se), se**2, rng, draws=500)
        held += all(s.lower <= low and high <= s.upper for s, (low, high) in zip(found, places, strict=True))
    assert held / 300 >= 0.95 - 2 * (0.95 * 0.05 / 300) ** 0.5


def test_what_cannot_be_ranked_is_refused():
    with pytest.raises(Refused, match="ESTIMATE-160"):
        rank_sets([1.0, 2.0], np.ones((3, 3)), np.random.default_rng(1))
    with pytest.raises(Refused, match="ESTIMATE-161"):
        rank_sets([1.0, 2.0], [np.nan, np.nan], np.random.default_rng(1))
