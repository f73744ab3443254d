"""The intervals hold what they say, from five people to three hundred (EST-5, EST-6)."""

import numpy as np
import pytest

from bening.core.estimate import coded, index
from bening.core.kinds import Answers, Coded, Frame
from tests.core.estimate.rounds import method

INSTITUTIONS = 4_000
STRATA = (("s", 4.5, 1.5), ("t", 3.0, 2.0))  # two strata of different spread, each for as many people


@pytest.mark.slow
@pytest.mark.parametrize("n", [5, 6, 8, 16, 30, 100, 300])
def test_nineteen_of_twenty_intervals_hold_the_truth(n):
    """Thousands of institutions of n answers each, as many from each stratum; an odd n has one stratum
    only."""
    rng = np.random.default_rng(n)
    drawn = STRATA[: 2 - n % 2]
    many = len(drawn)
    scores = np.stack([100 * rng.beta(a, b, (INSTITUTIONS, n // many)) for _, a, b in drawn], axis=1)
    truth = 100 * np.mean([a / (a + b) for _, a, b in drawn])
    names = tuple(f"i{k}" for k in range(INSTITUTIONS))
    who = np.arange(INSTITUTIONS, dtype=np.int32)
    labels = tuple(label for label, _, _ in drawn)
    table = Answers(
        Coded(np.repeat(who, n), names),
        coded(["internal"] * (n * INSTITUTIONS)),
        Coded(np.tile(np.repeat(np.arange(many, dtype=np.int32), n // many), INSTITUTIONS), labels),
        {"d": scores.ravel()},
    )
    strata = Frame(
        Coded(np.repeat(who, many), names),
        coded(["internal"] * (many * INSTITUTIONS)),
        Coded(np.tile(np.arange(many, dtype=np.int32), INSTITUTIONS), labels),
        np.full(many * INSTITUTIONS, 1_000_000),
    )
    made = index(method({"internal": 1.0}, [("internal", "d", 1.0)]), table, strata)
    whole = made.level.codes == 0
    covered = (made.lower[whole] < truth) & (made.upper[whole] > truth)
    assert 0.935 <= covered.mean() <= 0.965
