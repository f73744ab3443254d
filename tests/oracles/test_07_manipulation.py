"""Screens and steering signals against oracle 07 (QLT-1, QLT-3 to QLT-6, QLT-8).

References: R 4.2.2 `p.adjust(p, "BH")`, careless 1.2.2 `longstring(x)`, `irv(x)`; Liu & Xie (2020); a
simulation whose population is described in the file but not given: ours (tests/core/quality/steering.py)
has the same sizes, the same coaching, and item parameters and effects of its own.
"""

import json
from functools import cache
from math import isnan
from pathlib import Path

import numpy as np
import pytest

from bening.core.quality import coached_share, combine, false_discovery, long_string, percent_match, spread
from tests.core.quality.steering import Scenario, flags

FILE = Path(__file__).parent / "07_manipulation.json"
CASES = {case["id"]: case for case in json.loads(FILE.read_text())["cases"]}
SIMULATED = {case["scenario"]: case for case in CASES["conditional_excess_agreement_simulation"]["expected"]}
SCENARIOS = {
    "clean 6-40": Scenario("key", 0, (6, 40)),
    "key 30% 6-40": Scenario("key", 0.3, (6, 40)),
    "key 60% 6-40": Scenario("key", 0.6, (6, 40)),
    "allmax 60% 6-40": Scenario("best", 0.6, (6, 40)),
    "clean 5-15": Scenario("key", 0, (5, 15)),
    "key 60% 5-15": Scenario("key", 0.6, (5, 15)),
}


@cache
def countries(scenario):
    """Three simulated countries of one scenario."""
    return [flags(SCENARIOS[scenario], np.random.default_rng([7, number])) for number in range(3)]


def test_false_discovery_rates_equal_benjamini_hochberg_1995():
    """Catches: dividing by the rank from the wrong end, and a minimum that does not run down from the top."""
    expected = CASES["bh_1995"]["expected"]
    q = false_discovery(expected["p"])
    assert q == pytest.approx(expected["bh"], abs=1e-9)
    assert (q <= 0.05).sum() == expected["n_rej_bh05"]


def test_long_string_and_spread_equal_careless():
    """Catches: counting changes instead of lengths, and a deviation with divisor n."""
    expected = CASES["longstring_irv"]["expected"]
    codes = np.array(expected["data"])
    assert long_string(codes).tolist() == expected["longstring"]
    assert spread(codes) == pytest.approx(expected["irv"], abs=1e-9)


def test_percent_match_of_four_sheets():
    """Catches: bits counted instead of fields, and padding fields counted as equal answers."""
    case = CASES["max_percent_match_tiny"]
    found = percent_match(np.array(case["data"]), ["u"] * 4)
    assert found == pytest.approx(case["expected"]["max_match"], abs=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_conditional_test_finds_coached_units_and_spares_honest_ones(scenario):
    """Catches: a null that ignores the score (it flags good offices), a pool that contains the unit itself,
    and a spread taken from the wrong draws.
    """
    expected = SIMULATED[scenario]
    found = countries(scenario)
    z = np.concatenate([one["z"] for one in found])
    assert np.mean([one["clean_flagged"] for one in found]) <= 0.005
    assert z.std() == pytest.approx(expected["z_sd_clean"], abs=0.05)
    if expected["power_BH01"] is not None:
        assert np.mean([one["power"] for one in found]) == pytest.approx(expected["power_BH01"], abs=0.05)


@pytest.mark.slow
@pytest.mark.parametrize(
    "case", CASES["coached_share_estimator"]["expected"], ids=lambda c: f"{c['sizes']} {c['true_share']}"
)
def test_the_coached_share_is_recovered_on_average(case):
    """Catches: a share without the square root, and a ceiling of 1 in place of what a copied key reaches."""
    scenario = f"key {case['true_share']:.0%} {case['sizes']}"
    shares = [
        coached_share(one.observed, one.expected)
        for country in countries(scenario)
        for one in country["found"]
        if int(one.unit) in country["coached"] and not isnan(one.p)
    ]
    assert np.mean(shares) == pytest.approx(case["mean_c_hat_coached"], abs=0.05)


def test_the_cauchy_combination_is_not_fishers():
    """Catches: adding up logarithms, which takes dependent signals for independent ones."""
    case = CASES["combine_p"]
    assert combine(case["input"]) == pytest.approx(case["expected"]["cauchy"], abs=1e-9)
    assert combine(case["input"]) != pytest.approx(case["expected"]["fisher"], abs=1e-3)
