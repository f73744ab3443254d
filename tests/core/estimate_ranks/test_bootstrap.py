"""Rao–Wu bootstrap with fpc (EST-14) against R survey and against its own definition.

Reference: R survey 4.1.1 `subbootweights(strata, psu, replicates = 20000)` (Canty–Davison multipliers
n/(n − 1) × t) and the Taylor standard error of `svymean(~y, svydesign(ids = ~1, strata, fpc, weights))`.
"""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.estimate.bootstrap import (
    bootstrap,
    bootstrap_variance,
    institution_rng,
    linear_replicates,
    multipliers,
    replicates_by_institution,
    resampled,
)
from bening.core.problems import Refused

FILE = Path(__file__).parents[2] / "oracles" / "01_design_based.json"
CASES = {case["id"]: case for case in json.loads(FILE.read_text())["cases"]}
EXPECTED = CASES["rao_wu"]["expected"]


def internal():
    """Scores, weights, stratum codes and populations of the internal sample of the synthetic institution."""
    rows = [row for row in CASES["synthetic_institution"]["data"] if row["src"] == "I"]
    names = sorted({row["stratum"] for row in rows})
    people = [next(row["N"] for row in rows if row["stratum"] == name) for name in names]
    codes = np.array([names.index(row["stratum"]) for row in rows])
    y, w = (np.array([row[name] for row in rows], float) for name in ("y", "w"))
    return y, w, codes, np.array(people, float)


def test_multipliers_of_r_have_the_shape_of_ours():
    """In R as here t = multiplier × (n − 1)/n is whole and sums to n − 1 in every stratum and replicate."""
    data = CASES["rao_wu"]["data"]
    for factors in np.array(data["example_multipliers_3_replicates"]).T:
        for h in (1, 2):
            inside = factors[np.array(data["strata"]) == h]
            counts = inside * (len(inside) - 1) / len(inside)
            assert counts == pytest.approx(np.round(counts), abs=1e-9)
            assert counts.sum() == pytest.approx(len(inside) - 1)


@given(st.lists(st.integers(2, 9), min_size=1, max_size=4), st.integers(0, 999))
def test_without_fpc_counts_are_whole_and_sum_to_one_less_than_the_stratum(sizes, seed):
    codes = np.repeat(np.arange(len(sizes)), sizes)
    rng = np.random.default_rng(seed)
    for factors in multipliers(codes, np.full(len(sizes), np.inf), rng, draws=6):
        for h, n in enumerate(sizes):
            counts = factors[:, codes == h] * (n - 1) / n
            assert counts == pytest.approx(np.round(counts), abs=1e-9)
            assert counts.sum(axis=1) == pytest.approx(np.full(len(factors), n - 1))


def test_standard_errors_equal_taylor_with_and_without_fpc():
    """Catches: n in place of n − 1 draws, the fpc left out or squared."""
    y, w, codes, people = internal()
    mean = w @ y / w.sum()
    for population, wanted in (
        (people, EXPECTED["with_fpc"]["taylor_se"]),
        (people * np.inf, EXPECTED["taylor_wr_se_internal_synthetic"]),
    ):
        rng = np.random.default_rng(1)
        found = bootstrap(
            lambda v: v @ y / v.sum(), w, stratum=codes, population=population, rng=rng, draws=6000
        )
        assert bootstrap_variance(found, estimate=mean) ** 0.5 == pytest.approx(wanted, rel=0.03)


def test_linearised_replicates_have_the_same_spread():
    y, w, codes, people = internal()
    influence = w * (y - w @ y / w.sum()) / w.sum()
    found = linear_replicates(
        influence, stratum=codes, population=people, rng=np.random.default_rng(2), draws=20_000
    )
    assert bootstrap_variance(found) ** 0.5 == pytest.approx(EXPECTED["with_fpc"]["taylor_se"], rel=0.03)


@given(st.lists(st.integers(2, 8), min_size=1, max_size=4), st.integers(0, 999))
def test_linear_replicates_are_weighted_sums_with_rescaled_weights(sizes, seed):
    """The literal twin: the same drawn people, weights written out one by one."""
    codes = np.repeat(np.arange(len(sizes)), sizes)
    people = np.array(sizes) * 2.5
    u = np.random.default_rng(seed).normal(size=len(codes))
    found = linear_replicates(u, stratum=codes, population=people, rng=np.random.default_rng(7), draws=3)
    rng, literal = np.random.default_rng(7), np.zeros(3)
    for h, n in enumerate(sizes):
        picked = rng.integers(0, n, (3, n - 1), dtype=np.uint16)
        part = u[codes == h]
        l_h = ((n - 1) * (1 - n / people[h]) / (n - 1)) ** 0.5
        for b in range(3):
            for i in range(n):
                times = int((picked[b] == i).sum())
                literal[b] += (1 - l_h + l_h * n / (n - 1) * times - 1) * part[i]
    assert found == pytest.approx(literal, abs=1e-12)


def test_a_census_does_not_vary():
    rng = np.random.default_rng(1)
    found = linear_replicates([1.0, 2.0, 5.0], stratum=[0, 0, 1], population=[2, 1], rng=rng, draws=9)
    assert found.tolist() == [0.0] * 9


def test_the_order_of_rows_and_a_constant_in_a_stratum_change_nothing():
    u, codes = np.array([1.0, 4.0, 2.0, 8.0, 5.0]), np.array([0, 0, 0, 1, 1])
    people = np.array([30.0, 20.0])
    base = linear_replicates(u, stratum=codes, population=people, rng=np.random.default_rng(3), draws=50)
    order = [3, 0, 1, 4, 2]
    moved = linear_replicates(
        u[order], stratum=codes[order], population=people, rng=np.random.default_rng(3), draws=50
    )
    assert moved == pytest.approx(base)
    raised = linear_replicates(
        u + codes, stratum=codes, population=people, rng=np.random.default_rng(3), draws=50
    )
    assert raised == pytest.approx(base)


def test_every_person_is_drawn_equally_often():
    counts = resampled(7, np.random.default_rng(1), 20_000)
    assert (counts.sum(axis=1) == 6).all()
    assert counts.mean(axis=0) == pytest.approx(np.full(7, 6 / 7), abs=0.03)


def test_an_institution_has_its_own_stream_whatever_runs_beside_it():
    parts = {code: (np.arange(6.0), np.repeat([0, 1], 3), np.array([30.0, 30.0])) for code in ("a", "b")}
    both = replicates_by_institution(parts, bytes(32), draws=20)
    alone = replicates_by_institution({"b": parts["b"]}, bytes(32), draws=20)
    assert both["b"].tolist() == alone["b"].tolist()
    assert both["a"].tolist() != both["b"].tolist()
    assert institution_rng(bytes(32), "a").integers(0, 2**63) == institution_rng(bytes(32), "a").integers(
        0, 2**63
    )


@pytest.mark.parametrize("population", [[30.0, 20.0], [3.0, 1.0]])
def test_a_stratum_that_cannot_be_resampled_is_refused(population):
    codes = [0, 0, 0, 1] if population[1] > 1 else [0, 0, 0, 0, 1]
    with pytest.raises(Refused, match="ESTIMATE-170"):
        next(multipliers(codes, population, np.random.default_rng(1), draws=2))
