"""Ranks against csranks, RankingProject and linprog (RNK-1 to 4).

References: R csranks 1.2.2.9001 `csranks(x, diag(se^2), coverage = 0.95, simul = TRUE | FALSE, R = 20000)` on
PISA 2018 mathematics; RankingProject 0.4.0 with TravelTime2011 (Klein, Wright & Wieczorek 2020);
scipy.optimize.linprog (HiGHS) for the what-if case.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from bening.core.estimate.ranks import (
    chance_of_top,
    joint_ranks,
    joint_z,
    marginal_rank_sets,
    rank_sets,
    ranks,
    told_apart,
)
from bening.core.estimate.whatif import cheapest_route

CASES = {
    case["id"]: case["expected"]
    for case in json.loads((Path(__file__).parent / "03_ranks.json").read_text())["cases"]
}
PISA, REGENCIES = CASES["pisa2018_math_csranks"], CASES["fifteen_regencies"]
TRAVEL, WHAT_IF = CASES["census_travel_time_2011_kww"], CASES["what_if_linear"]


def bounds(sets):
    return np.array([[found.lower, found.upper] for found in sets])


@pytest.mark.parametrize(("method", "prefix"), [(rank_sets, "sim"), (marginal_rank_sets, "marg")])
def test_sets_of_pisa_equal_csranks(method, prefix):
    """Catches: one-sided pairs, no step-down, marginal and simultaneous swapped.

    The draws differ, so three sets may too.
    """
    x, se = np.array([row["x"] for row in PISA]), np.array([row["se"] for row in PISA])
    found = bounds(method(x, se**2, np.random.default_rng(101), draws=20_000))
    away = np.abs(found - [[row[f"{prefix}_L"], row[f"{prefix}_U"]] for row in PISA])
    assert (away > 0).any(axis=1).sum() <= 3
    assert away.max() <= 2


def test_top_five_of_pisa_equal_csranks():
    """`cstaubest(x, Sigma, tau = 5)`: all whose lower bound is at most 5."""
    x, se = np.array([row["x"] for row in PISA]), np.array([row["se"] for row in PISA])
    found = rank_sets(x, se**2, np.random.default_rng(101), draws=20_000)
    assert [place.lower <= 5 for place in found] == [row["top5"] for row in PISA]


def test_sets_and_steps_of_fifteen_regencies():
    """Catches: a step-down that stops too early (critical values) and a wrong quantile."""
    x, variance = np.array(REGENCIES["x"]), np.array(REGENCIES["se"]) ** 2
    rng = np.random.default_rng(7)
    assert np.abs(bounds(rank_sets(x, variance, rng)) - REGENCIES["cs_simultaneous_95"]).max() <= 1
    assert np.abs(bounds(marginal_rank_sets(x, variance, rng)) - REGENCIES["cs_marginal_95"]).max() <= 1
    _, criticals = told_apart(x, variance, rng, draws=50_000)
    assert criticals == pytest.approx(REGENCIES["critical_values_simultaneous_steps"], abs=0.02)


def test_joint_regions_of_travel_time_are_exact():
    """Catches: ties counted as apart, the wrong tail of z.

    Rank 1 is the shortest travel: the sign is turned.
    """
    rows = TRAVEL["rows"]
    x, se = -np.array([row["est"] for row in rows]), np.array([row["se"] for row in rows])
    assert joint_z(len(rows), alpha=0.1) == pytest.approx(TRAVEL["z_independence"], rel=1e-9)
    assert joint_z(len(rows), alpha=0.1, independent=False) == pytest.approx(TRAVEL["z_bonferroni"], rel=1e-9)
    assert bounds(joint_ranks(x, se, alpha=0.1)).tolist() == [[row["ind_L"], row["ind_U"]] for row in rows]
    dependent = joint_ranks(x, se, alpha=0.1, independent=False)
    assert bounds(dependent).tolist() == [[row["bonf_L"], row["bonf_U"]] for row in rows]
    assert ranks(x).tolist() == [row["rank"] for row in rows]


def test_joint_regions_of_fifteen_regencies():
    """Catches: 95 % taken per bar in place of all bars together."""
    assert joint_z(15) == pytest.approx(REGENCIES["kww_z"], rel=1e-9)
    assert bounds(joint_ranks(REGENCIES["x"], REGENCIES["se"])).tolist() == REGENCIES["kww_joint_95"]


def test_chance_of_the_best_three():
    """Catches: ranks counted from the wrong end, variance used for se."""
    x, se = np.array(REGENCIES["x"]), np.array(REGENCIES["se"])
    found = chance_of_top(x, se**2, np.random.default_rng(5), ks=(3,))[:, 0]
    assert found == pytest.approx(REGENCIES["p_top3"], abs=REGENCIES["mc_tolerance"])


def test_cheapest_route_costs_what_linprog_says():
    """Catches: filling by weight alone, caps ignored. The route itself is not unique, cost and reach are."""
    found = cheapest_route(
        WHAT_IF["scores"], WHAT_IF["weights"], caps=WHAT_IF["caps"], cost=WHAT_IF["cost_per_point"],
        target=WHAT_IF["target"],
    )  # fmt: skip
    assert found.cost == pytest.approx(WHAT_IF["cost"], rel=1e-9)
    assert found.need == pytest.approx(WHAT_IF["need"], rel=1e-9)
    assert found.best == pytest.approx(WHAT_IF["max_attainable"], rel=1e-9)
