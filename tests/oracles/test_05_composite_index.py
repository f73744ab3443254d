"""Checks of the composite against psych, the UNDP and a large simulation (IDX-1, IDX-3, IDX-6).

References: UNDP, Human Development Report 2020, technical note 1; R psych 2.2.9 `alpha(x)`; NumPy with
200,000 draws of Dirichlet(1, 1, 1). The public bfi table is not part of the file, so its alpha is not tested
here.
"""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from bening.core.estimate.checks import alpha
from bening.core.estimate.robustness import Choices, aggregate, concentration, robustness
from bening.core.estimate.scores import normalise

CASES = {
    case["id"]: case["expected"]
    for case in json.loads((Path(__file__).parent / "05_composite_index.json").read_text())["cases"]
}


def test_the_human_development_index_of_the_technical_notes():
    """Technical note 1: income between fixed goalposts, both means of three indices (IDX-1, IDX-6).
    Catches: goalposts of the sample, a geometric mean of scores that are not floored at 1."""
    case = CASES["hdi_technical_notes"]
    income = float(normalise(math.log(3829), math.log(100), math.log(75_000)))
    assert income / 100 == pytest.approx(case["income_index"], abs=5e-4)
    indices, weights = np.array([[69.71, 34.47, income]]), np.full(3, 1 / 3)
    for how, key in (("geometric", "hdi_geometric"), ("arithmetic", "arithmetic_for_contrast")):
        assert aggregate(indices, weights, how)[0] / 100 == pytest.approx(case[key], abs=5e-4)


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
