"""Checks of the composite against psych and a large simulation (IDX-3, 6).

References: R psych 2.2.9 `alpha(x)`; NumPy with 200,000 draws of Dirichlet(1, 1, 1). The public bfi table is
not part of the file, so its alpha is not tested here.
"""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from bening.core.estimate.checks import alpha
from bening.core.estimate.robustness import Choices, concentration, robustness

CASES = {
    case["id"]: case["expected"]
    for case in json.loads((Path(__file__).parent / "05_composite_index.json").read_text())["cases"]
}


def test_alpha_equals_psych():
    """Catches: population variance on one side only, alpha-if-dropped with k unchanged, limits swapped."""
    case = CASES["alpha_toy"]
    found = alpha(case["data"])
    assert found.value == pytest.approx(case["alpha"], abs=1e-6)
    assert found.dropped == pytest.approx(case["alpha_drop"], abs=1e-6)
    assert [round(found.lower, 3), round(found.upper, 3)] == case["feldt_95"]


def test_places_under_all_weights():
    """Catches: weights not summing to one, ranks from the wrong end, κ of the wrong size."""
    case = CASES["mc_weights"]
    only_weights = Choices(
        spread=math.sqrt(0.5), normalisations=("fixed",), aggregations=("arithmetic",), drop=False, top=1
    )
    assert concentration([1 / 3] * 3, only_weights.spread) == pytest.approx(sum(case["dirichlet_alpha"]))
    rng = np.random.default_rng(11)
    found = robustness(case["scores"], [1 / 3] * 3, rng, choices=only_weights, runs=40_000)
    assert found.top == pytest.approx(case["p_rank1"], abs=case["mc_tolerance"])
