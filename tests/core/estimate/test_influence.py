"""Every sampled unit's part in the index, and replicates of the index made from it (EST-14)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.estimate import coded, contest, design, index, index_replicates, influences, variance_of
from tests.core.estimate.rounds import answers, frame, method, row

METHOD = method(
    {"internal": 0.6, "expert": 0.4},
    [("internal", "d1", 0.25), ("internal", "d2", 0.75), ("expert", "e", 1.0)],
)
FRAME = frame(
    [(who, "internal", stratum, 60) for who in "AB" for stratum in "st"]
    + [(who, "expert", "province", people) for who, people in (("A", 40), ("B", 0))]
)


def round_of(seed, *, weights=False, shared=True):
    """Two institutions with two strata of insiders each, and experts they share or have of their own."""
    rng = np.random.default_rng(seed)
    rows = [(who, "internal", stratum, "") for who in "AB" for stratum in "st" for _ in range(9)]
    rows += [("" if shared else "A", "expert", "province", "") for _ in range(12)]
    if not shared:
        rows += [("B", "expert", "own", "") for _ in range(8)]
    rng.shuffle(rows)
    scores = {
        name: np.where(rng.random(len(rows)) < 0.2, np.nan, rng.uniform(20, 95, len(rows)))
        for name in ("d1", "d2", "e")
    }
    weight = rng.uniform(1, 3, len(rows)) if weights else None
    return answers(rows, scores, weight=weight)


@given(st.integers(0, 10_000), st.booleans())
def test_their_variance_is_that_of_the_index(seed, weights):
    made = round_of(seed, weights=weights)
    found = influences(METHOD, made, FRAME)
    expected = index(METHOD, made, FRAME)
    for who in "AB":
        assert set(found.made_of[who]) == {who, "|expert|province"}
        variance = 0.0
        for name in found.made_of[who]:
            u, stratum, population = found.samples[name]
            assert abs(u.sum()) < 1e-12
            variance += variance_of(u, design(len(u), stratum=stratum, population=population[stratum]))[0]
        assert np.sqrt(variance) == pytest.approx(row(expected, institution=who)["se"], rel=1e-12)


def test_replicates_spread_like_the_index_and_move_together_where_a_stratum_is_shared():
    made = round_of(3)
    found = influences(METHOD, made, FRAME)
    drawn = index_replicates(found, b"seed", draws=20_000)
    expected = index(METHOD, made, FRAME)
    for who in "AB":
        assert drawn[who].std() == pytest.approx(row(expected, institution=who)["se"], rel=0.03)
    entered = contest(expected)
    together = np.cov(drawn["A"], drawn["B"])[0, 1]
    assert together == pytest.approx(entered.covariance[0, 1] * (1 - 12 / 40), rel=0.1)
    again = index_replicates(found, b"seed", draws=20_000)
    assert np.array_equal(drawn["A"], again["A"])


def test_psus_are_resampled_whole():
    rng = np.random.default_rng(4)
    rows = [("A", "internal", "s", "") for _ in range(30)]
    table = answers(rows, {"d": rng.uniform(0, 100, 30)}, psu=coded([f"p{k % 6}" for k in range(30)]))
    strata = frame(
        [("A", "internal", "s", 100)] * 6, psu=coded([f"p{k}" for k in range(6)]), psus=np.full(6, 40)
    )
    one = method({"internal": 1.0}, [("internal", "d", 1.0)])
    u, stratum, population = influences(one, table, strata).samples["A"]
    assert (len(u), stratum.tolist(), population.tolist()) == (6, [0] * 6, [40.0])


def test_a_lonely_stratum_cannot_be_resampled():
    rows = [("A", "internal", "s", "")] * 3 + [("A", "internal", "t", "")] + [("B", "internal", "s", "")] * 3
    table = answers(rows, {"d": np.array([10.0, 50, 90, 70, 20, 40, 90])})
    one = method({"internal": 1.0}, [("internal", "d", 1.0)])
    found = influences(
        one, table, frame([(who, "internal", stratum, 60) for who in "AB" for stratum in "st"])
    )
    assert found.lonely == ("A",)
    assert index_replicates(found, b"", draws=5).keys() == {"B"}
