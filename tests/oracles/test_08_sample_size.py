"""Sizes and allocation against PracTools (SMP-1, 2, 3).

References: R PracTools 1.7.5 `nPropMoe(moe.sw = 1, e = 0.05, alpha = 0.05, pU = 0.5, N = 1200)`,
`strAlloc(n.tot = 100, Nh, Sh, alloc = "neyman")`, `strAlloc(cost = 100000, ch, Nh, Sh, alloc = "totcost")`;
Bankier (1988); Costa, Satorra & Ventura (2004).
"""

import json
import math
from pathlib import Path

import pytest

from bening.core import sample

CASES = {
    case["id"]: case["expected"]
    for case in json.loads((Path(__file__).parent / "08_sample_size.json").read_text())["cases"]
}
MARGINS, NEYMAN = CASES["proportion_moe_fpc"], CASES["neyman_practools"]
POWER = CASES["power_compromise"]

# The table of docs/methods/sample.md: (people, answers at 5 %, answers at 10 %), rounded up.
PUBLISHED = [
    (30, 28, 24), (43, 39, 30), (100, 80, 50), (120, 92, 54), (300, 169, 73), (500, 218, 81), (1000, 278, 88),
    (1200, 292, 89), (2000, 323, 92), (5000, 357, 95), (9000, 369, 96), (10000, 370, 96), (50000, 382, 96),
]  # fmt: skip


def test_sizes_for_a_proportion():
    """Catches: N in place of N − 1, a half margin, z of 1.645."""
    assert sample.proportion_size(0.05, 1200) == pytest.approx(MARGINS["nProp_moe5_N1200_p50"], abs=0.05)
    assert sample.proportion_size(0.10, 1200) == pytest.approx(MARGINS["nProp_moe10_N1200_p50"], abs=0.05)
    assert sample.proportion_size(0.05, math.inf) == pytest.approx(MARGINS["nProp_moe5_inf"], abs=0.05)
    for name, wanted in MARGINS["cochran_form"].items():
        population, margin = (float(part.split("=")[1]) for part in name.split(","))
        assert sample.proportion_size(margin, population) == pytest.approx(wanted, abs=0.05)


@pytest.mark.parametrize(("people", "at_five", "at_ten"), PUBLISHED)
def test_sizes_in_the_survey_owners_own_terms(people, at_five, at_ten):
    assert math.ceil(sample.proportion_size(0.05, people)) == at_five
    assert math.ceil(sample.proportion_size(0.10, people)) == at_ten


def test_sizes_for_a_mean():
    """Catches: the fpc of proportions used for means."""
    for name, wanted in MARGINS["mean_form"].items():
        population, sd, half = (float(part.split("=")[1]) for part in name.split(","))
        assert sample.mean_size(half, population, sd=sd) == pytest.approx(wanted, abs=0.05)


def test_optimal_allocations_equal_practools():
    """Catches: variances for standard deviations, cost in place of its root."""
    case = NEYMAN["neyman"]
    assert sample.neyman(case["n"], case["Nh"], sd=case["Sh"]) == pytest.approx(case["out"], abs=1e-4)
    costs = NEYMAN["cost_optimal"]
    found = sample.cost_optimal(costs["cost"], case["Nh"], sd=case["Sh"], cost=costs["ch"])
    assert found == pytest.approx(costs["out"], abs=1e-4)


def test_power_and_compromise_allocations():
    """Catches: the power put on the population alone."""
    n, people, sd, mean = (POWER[name] for name in ("n", "N", "S", "Ybar"))
    assert sample.proportional(n, people) == pytest.approx(POWER["proportional"], abs=1e-3)
    assert sample.equal(n, people) == pytest.approx(POWER["equal"], abs=1e-3)
    assert sample.compromise(n, people, k=0.5) == pytest.approx(POWER["costa_k05"], abs=1e-3)
    assert sample.neyman(n, people, sd=sd) == pytest.approx(POWER["neyman"], abs=1e-3)
    for q, wanted in POWER["bankier_power_q"].items():
        assert sample.power(n, people, sd=sd, mean=mean, q=float(q)) == pytest.approx(wanted, abs=1e-3)
