"""The coverage study in small: the same simulations as `make coverage-study`, fewer of them."""

import numpy as np
import pytest

from bench import coverage
from bening.core.kinds import Group


@pytest.mark.slow
def test_rank_sets_hold_every_true_place_nineteen_times_in_twenty():
    held = [coverage.league_holds(number) for number in range(200)]
    assert np.mean(held) >= 0.95


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["one group", "finite", "three groups"])
def test_intervals_hold_the_truth_in_every_design_of_the_study(kind):
    assert 0.935 <= coverage.covered(30, kind) <= 0.965


@pytest.mark.slow
def test_the_screen_leaves_honest_units_alone_and_finds_coached_ones():
    assert coverage.honest_flags(0) <= 0.01
    assert coverage.coached_flags(0) >= 0.85


@pytest.mark.slow
def test_the_attacker_has_teeth_and_finds_nothing_after_protection():
    found = [coverage.institution(number) for number in range(8)] + [
        coverage.pair(number) for number in range(4)
    ]
    assert sum(before for before, _ in found) >= 9
    assert not any(after for _, after in found)


def test_the_study_would_see_intervals_that_are_too_short():
    """Against a truth moved by half a point far fewer hold: the count is of real hits."""
    rng = np.random.default_rng(1)
    scores = rng.normal(70, 5, (2000, 1, 100))
    truth = np.full(2000, 70.0)
    assert coverage.holding({Group.INTERNAL: scores}, {Group.INTERNAL: 10**6}, truth) > 0.935
    assert coverage.holding({Group.INTERNAL: scores}, {Group.INTERNAL: 10**6}, truth + 0.5) < 0.88
