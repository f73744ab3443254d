"""How far places hang on choices (IDX-6)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.estimate.robustness import Choices, concentration, robustness
from bening.core.problems import Refused

NOTHING = {"normalisations": ("fixed",), "aggregations": ("arithmetic",), "drop": False}


def scores(p, d, seed=1):
    return np.random.default_rng(seed).normal(70, 6, (p, d))


@given(st.lists(st.integers(1, 9), min_size=2, max_size=9))
def test_weights_vary_by_the_wanted_share(parts):
    w = np.array(parts) / sum(parts)
    draws = np.random.default_rng(1).dirichlet(concentration(w, 0.125) * w, 4000)
    assert np.median(draws.var(axis=0) / w**2) == pytest.approx(0.125**2, rel=0.1)


def test_a_leader_in_everything_stays_first():
    table = scores(12, 5)
    table[3] = 99.0
    found = robustness(table, np.full(5, 0.2), np.random.default_rng(2), choices=Choices(), runs=400)
    assert found.ranges[3] == (1, 1)
    assert found.top[3] == 1


def test_without_choices_nothing_moves():
    fixed = Choices(spread=1e-4, **NOTHING)
    found = robustness(scores(10, 4), np.full(4, 0.25), np.random.default_rng(2), choices=fixed, runs=200)
    assert found.shift == 0
    assert all(low == high for low, high in found.ranges)


def test_the_same_seed_gives_the_same_places():
    one, other = (
        robustness(scores(10, 4), np.full(4, 0.25), np.random.default_rng(5), choices=Choices(), runs=200)
        for _ in range(2)
    )
    assert one == other


@pytest.mark.parametrize(
    ("cause", "choices"),
    [
        ("weights", Choices(spread=0.5, **NOTHING)),
        ("dropped", Choices(spread=1e-3, normalisations=("fixed",), aggregations=("arithmetic",))),
        ("aggregation", Choices(spread=1e-3, normalisations=("fixed",), drop=False)),
        ("normalisation", Choices(spread=1e-3, aggregations=("arithmetic",), drop=False)),
        ("noise", Choices(spread=1e-3, covariance=np.tile(np.eye(4) * 30, (15, 1, 1)), **NOTHING)),
    ],
)
def test_the_only_cause_gets_the_share(cause, choices):
    table = scores(15, 4) * [1.0, 0.5, 1.3, 0.9] + [0, 30, -20, 5]
    found = robustness(table, np.full(4, 0.25), np.random.default_rng(3), choices=choices, runs=1500)
    assert max(found.shares, key=lambda name: found.shares[name]) == cause
    assert all(share < 0.05 for name, share in found.shares.items() if name != cause)
    assert 0 <= sum(found.shares.values()) <= 1.02


def test_few_runs_do_not_make_a_cause_of_chance():
    shaken = Choices(spread=1e-3, covariance=np.tile(np.eye(8) * 30, (15, 1, 1)), **NOTHING)
    found = [
        robustness(scores(15, 8), np.full(8, 0.125), np.random.default_rng(seed), choices=shaken, runs=40)
        for seed in range(30)
    ]
    assert (
        np.mean([one.shares["weights"] for one in found]) < 0.06
    )  # seven free weights explain 0.18 of 40 runs


def test_a_geometric_mean_punishes_imbalance():
    table = np.array([[70.0, 70.0], [98.0, 44.0]])
    only = Choices(spread=1e-3, normalisations=("fixed",), aggregations=("geometric",), drop=False, top=1)
    found = robustness(table, [0.5, 0.5], np.random.default_rng(1), choices=only, runs=50)
    assert found.top == (1.0, 0.0)


def test_weights_that_cannot_vary_that_much_are_refused():
    with pytest.raises(Refused, match="ESTIMATE-171"):
        concentration([0.5, 0.5], 1.5)
    with pytest.raises(Refused, match="ESTIMATE-171"):
        concentration([1.0, 0.0], 0.125)
