"""What is still to come, and how sure the R-indicator is (RPR-3, 4)."""

import numpy as np
import pytest

from bening.core.fieldwork import expected_final, indicator_interval, representativity

FACTORS = {"unit": ["a", "a", "b", "b", "c", "c"], "post": ["x", "y"] * 3}
INVITED = np.array([200, 150, 120, 180, 90, 160])


def test_reminders_that_are_left_win_their_share_of_the_still_open():
    assert expected_final(100, 40, chance=0.1, left=0) == 40
    assert expected_final(100, 40, chance=0.1, left=2) == pytest.approx(100 - 60 * 0.81)


def test_the_interval_holds_the_indicator_and_stays_within_its_bounds():
    issued = [100, 60, 30, 90, 20, 100]
    lower, upper = indicator_interval(FACTORS, INVITED, issued)
    assert -1 <= lower < representativity(FACTORS, INVITED, issued).indicator < upper <= 1


@pytest.mark.parametrize("rates", [[0.5, 0.4, 0.25, 0.5, 0.2, 0.6], [0.4] * 6])
def test_it_covers_the_true_indicator_about_as_often_as_it_says(rates):
    """Main effects drawn many times; alike or not. Conservative where all answer alike."""
    x = np.array([[1, 0, 0, 0], [1, 0, 0, 1], [1, 1, 0, 0], [1, 1, 0, 1], [1, 0, 1, 0], [1, 0, 1, 1]])
    slope = np.linalg.lstsq(x, np.log(np.array(rates) / (1 - np.array(rates))), rcond=None)[0]
    rho = 1 / (1 + np.exp(-(x @ slope)))
    mean = INVITED @ rho / INVITED.sum()
    truth = 1 - 2 * np.sqrt(INVITED @ (rho - mean) ** 2 / (INVITED.sum() - 1))
    rng, held = np.random.default_rng(7), 0
    for _ in range(300):
        lower, upper = indicator_interval(FACTORS, INVITED, rng.binomial(INVITED, rho))
        held += lower - 1e-9 <= truth <= upper + 1e-9
    assert held >= 0.92 * 300
