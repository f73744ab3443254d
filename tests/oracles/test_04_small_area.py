"""Shrinkage of small units against lme4 (SAE-1).

Reference: R lme4 1.1-31, `lmer(y ~ 1 + (1 | u), REML = TRUE)`, `fixef`, `VarCorr`, `ranef(condVar = TRUE)`.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from bening.core.estimate.units import shrink, spreads

CASE = next(
    case["expected"]
    for case in json.loads((Path(__file__).parent / "04_small_area.json").read_text())["cases"]
    if case["id"] == "one_way_random_effects"
)


def test_variances_and_unit_values_equal_lme4():
    """Catches: ML in place of REML, the plain mean of units as centre, n taken as equal."""
    unit, y = np.array(CASE["unit"]), np.array(CASE["y"])
    means, answers = np.array(CASE["direct"]), np.array(CASE["n"])
    squares = sum(((y[unit == u] - y[unit == u].mean()) ** 2).sum() for u in np.unique(unit))
    exact_means = np.array([y[unit == u].mean() for u in np.unique(unit)])
    assert exact_means == pytest.approx(means, abs=1e-9)
    found = spreads(exact_means, answers, squares=squares)
    assert found.between == pytest.approx(CASE["s2u"], rel=1e-4)
    assert found.within == pytest.approx(CASE["s2e"], rel=1e-4)
    centre, units = shrink(exact_means, answers, found)
    assert centre == pytest.approx(CASE["mu"], rel=1e-4)
    assert [one.value for one in units] == pytest.approx(CASE["blup"], rel=1e-4)
    conditional = [(found.between * (1 - one.share)) ** 0.5 for one in units]
    assert conditional == pytest.approx(CASE["se_re"], rel=1e-4)
    assert all(one.pse > se for one, se in zip(units, CASE["se_re"], strict=True))
