"""R-indicators against R (WGT-7, 8).

Reference: R 4.2.2, `glm(cbind(r, n - r) ~ unit + pos, family = binomial)` on the six cells, then the formulas
of Schouten, Cobben & Bethlehem (2009) and Shlomo, Skinner & Schouten (2012). The file lies beside this test.
"""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.special import expit

from bening.core.fieldwork import partial, partial_given, representativity

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "02_nonresponse_weighting.json").read_text())["cases"]
}
GROUPED = CASES["r_indicator_grouped"]
CELLS, EXPECTED = GROUPED["cells"], GROUPED["expected"]
INVITED, ISSUED = [cell["n"] for cell in CELLS], [cell["r"] for cell in CELLS]
FACTORS = {name: [cell[name] for cell in CELLS] for name in ("unit", "pos")}


def test_adjusted_indicator_equals_r():
    """Catches: a divisor N in place of N − 1, z not centred, the bias taken twice or forgotten."""
    found = representativity(FACTORS, INVITED, ISSUED)
    assert found.rate == pytest.approx(EXPECTED["response_rate"], abs=1e-12)
    assert found.variance == pytest.approx(EXPECTED["S2_naive"], abs=1e-8)
    assert found.bias == pytest.approx(EXPECTED["S2_bias"], abs=1e-8)
    assert found.indicator == pytest.approx(EXPECTED["R_adj"], abs=1e-8)
    assert 1 - 2 * found.variance**0.5 == pytest.approx(EXPECTED["R_main"], abs=1e-8)
    assert found.variance**0.5 / found.rate == pytest.approx(EXPECTED["cv_main"], abs=1e-8)


@pytest.mark.parametrize("name", ["unit", "pos"])
def test_unconditional_partials_equal_r(name):
    """Catches: divisor N − 1, a lost sign, weights of the wrong category."""
    propensities = representativity(FACTORS, INVITED, ISSUED).propensities
    total, by_category = partial(FACTORS[name], INVITED, propensities)
    assert total == pytest.approx(EXPECTED[f"uncond_{name}"]["variable"], abs=1e-8)
    assert by_category == pytest.approx(EXPECTED[f"uncond_{name}"]["cat"], abs=1e-8)


@pytest.mark.parametrize(("name", "given"), [("unit", "pos"), ("pos", "unit")])
def test_conditional_partials_equal_r(name, given):
    """Catches: centring on the overall mean, and observed rates in place of modelled propensities."""
    propensities = representativity(FACTORS, INVITED, ISSUED).propensities
    total, by_category = partial_given(FACTORS[name], FACTORS[given], INVITED, propensities=propensities)
    assert total == pytest.approx(EXPECTED[f"cond_{name}_given_{given}"]["variable"], abs=1e-8)
    assert by_category == pytest.approx(EXPECTED[f"cond_{name}_given_{given}"]["cat"], abs=1e-8)


@pytest.mark.parametrize("size", ["n=150", "n=600"])
def test_adjustment_takes_away_what_small_counts_add(size):
    """The simulation of the oracle (6 × 3 categories, main effects). Catches: a bias term of the wrong size.

    Its cell sizes are not given, so ours are equal and the effects are scaled to the same true S².
    """
    wanted = CASES["r_indicator_bias_simulation"]["expected"][size]
    rng = np.random.default_rng(20240702)
    cells = [(a, b) for a in range(6) for b in range(3)]
    factors = {"a": [f"a{a}" for a, _ in cells], "b": [f"b{b}" for _, b in cells]}
    share = np.full(18, 1 / 18)
    shape = np.array([np.linspace(-1, 1, 6)[a] + 0.5 * (b - 1) for a, b in cells])
    scale = next(
        s for s in np.linspace(0, 2, 4001) if share @ (expit(s * shape) - 0.5) ** 2 >= wanted["true_S2"]
    )
    naive, adjusted = [], []
    for _ in range(500):
        invited = np.maximum(rng.multinomial(int(size[2:]), share), 1)
        found = representativity(factors, invited, rng.binomial(invited, expit(scale * shape)))
        naive.append(found.variance)
        adjusted.append(found.variance - found.bias)
    assert np.mean(naive) == pytest.approx(wanted["mean_S2_naive"], abs=0.0015)
    assert np.mean(adjusted) == pytest.approx(wanted["true_S2"], abs=0.001)
    assert np.mean(naive) - wanted["true_S2"] > 2 * abs(np.mean(adjusted) - wanted["true_S2"])
