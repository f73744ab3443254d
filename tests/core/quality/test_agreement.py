"""QLT-4 and QLT-6: are the answers of a unit more alike than their scores explain?"""

from itertools import combinations
from math import isnan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import kstest

from bening.core.problems import Refused
from bening.core.quality import (
    MISSING,
    agreement,
    coached_share,
    coached_share_least,
    expected_agreement,
    false_discovery,
    observed_agreement,
)
from tests.core.quality.steering import Scenario, country, flags

answers = arrays(np.int64, st.tuples(st.integers(2, 7), st.integers(1, 6)), elements=st.integers(MISSING, 3))


def pair_loop(codes):
    """O_u by its definition: item by item, pair by pair."""
    shares = []
    for column in codes.T:
        pairs = [a == b for a, b in combinations([c for c in column if c != MISSING], 2)]
        shares += [sum(pairs) / len(pairs)] if pairs else []
    return sum(shares) / len(shares) if shares else 0.0


@pytest.fixture(scope="module")
def clean():
    """One simulated country in which nobody was coached: codes, unit, pool, and what QLT-4 finds."""
    codes, unit, pool, _ = country(Scenario("key", 0, (5, 15)), np.random.default_rng(11))
    return codes, unit, pool, agreement(codes, unit, pool=pool, rng=np.random.default_rng(12))


@given(answers)
def test_observed_agreement_is_the_share_of_equal_pairs(codes):
    observed = observed_agreement(codes)
    assert observed == pytest.approx(pair_loop(codes), abs=1e-12)
    assert 0 <= observed <= 1


@given(arrays(np.int64, st.integers(1, 6), elements=st.integers(0, 3)), st.integers(2, 5))
def test_people_who_answer_alike_agree_completely(row, n):
    assert observed_agreement(np.tile(row, (n, 1))) == 1.0


def test_a_duplicate_can_lower_agreement():
    """The odd one out, doubled, makes the others a smaller majority."""
    codes = np.array([[0], [0], [0], [1]])
    assert observed_agreement(np.vstack([codes, codes[-1:]])) < observed_agreement(codes)


@given(
    arrays(
        np.float64,
        st.tuples(st.integers(2, 5), st.integers(1, 4), st.integers(2, 4)),
        elements=st.floats(0.01, 1),
    )
)
def test_expected_agreement_is_the_mean_over_all_pairs(shares):
    shares = shares / shares.sum(axis=-1, keepdims=True)
    brute = np.mean([(a * b).sum(axis=-1).mean() for a, b in combinations(shares, 2)])
    assert expected_agreement(shares) == pytest.approx(brute, abs=1e-12)


def test_expected_agreement_is_what_random_stand_ins_show(clean):
    """The closed form against its own Monte Carlo, with missing answers among the pool."""
    rng = np.random.default_rng(5)
    part = clean[2] < 5
    codes = np.where(rng.random(clean[0].shape) < 0.1, MISSING, clean[0])[part]
    found = agreement(codes, clean[1][part], pool=clean[2][part], rng=rng)
    z = np.array([one.z for one in found if not one.reason])
    assert abs(z.mean()) < 0.15


def test_following_one_key_raises_agreement():
    rng = np.random.default_rng(2)
    honest = rng.integers(0, 5, (40, 20))
    keyed = honest.copy()
    keyed[:20] = rng.integers(0, 5, 20)
    assert observed_agreement(keyed) > observed_agreement(honest) + 0.1


def test_on_clean_answers_z_is_standard_and_p_uniform(clean):
    """Section 12, 8."""
    z = np.array([one.z for one in clean[3] if not one.reason])
    assert abs(z.mean()) < 0.15
    assert 0.9 <= z.std() <= 1.1
    assert kstest([one.p for one in clean[3] if not one.reason], "uniform").pvalue > 0.001


def test_the_order_of_rows_changes_nothing(clean):
    codes, unit, pool, _ = clean
    part = np.flatnonzero(pool < 3)
    order = np.random.default_rng(1).permutation(part)
    found = agreement(codes[part], unit[part], pool=pool[part], rng=np.random.default_rng(12))
    again = agreement(codes[order], unit[order], pool=pool[order], rng=np.random.default_rng(12))
    assert str(again) == str(found)


def test_one_more_pool_changes_no_other_unit(clean):
    """Each unit has its own dice; a unit that sorts last leaves the others as they were."""
    codes, unit, pool, _ = clean
    part = pool < 3
    names = np.array([f"{u:03}" for u in unit])
    few = agreement(codes[part], names[part], pool=pool[part], rng=np.random.default_rng(4))
    part = pool < 4
    more = agreement(codes[part], names[part], pool=pool[part], rng=np.random.default_rng(4))
    assert str(more[: len(few)]) == str(few)


@pytest.mark.slow
def test_most_coached_units_are_found_and_at_most_one_honest_in_a_hundred_accused():
    result = flags(Scenario("key", 0.6, (6, 40)), np.random.default_rng(3))
    assert result["power"] > 0.85
    assert result["clean_flagged"] <= 0.01


def test_small_units_and_small_pools_are_listed_as_not_tested():
    rng = np.random.default_rng(0)
    codes = rng.integers(0, 5, (75, 8))
    unit = ["a"] * 5 + ["b"] * 60 + ["c"] * 10
    found = agreement(codes, unit, pool=["p"] * 75, rng=rng)
    assert [one.reason for one in found] == ["unit_too_small", "pool_too_small", ""]
    assert all(isnan(one.p) and isnan(one.z) for one in found[:2])


def test_a_pool_without_any_spread_is_not_tested():
    codes = np.zeros((80, 5), dtype=int)
    found = agreement(codes, ["a"] * 10 + ["b"] * 70, pool=["p"] * 80, rng=np.random.default_rng(0))
    assert found[0].reason == "no_spread"


def test_people_without_any_answer_are_left_out():
    rng = np.random.default_rng(0)
    codes = rng.integers(0, 5, (80, 8))
    codes[:2] = MISSING
    found = agreement(codes, ["a"] * 10 + ["b"] * 70, pool=["p"] * 80, rng=rng)
    assert found[0].n == 8


def test_more_people_than_fit_into_a_byte_are_counted():
    rng = np.random.default_rng(0)
    codes = np.where(rng.random((400, 4)) < 0.95, 2, rng.integers(0, 3, (400, 4)))
    found = agreement(codes, ["a"] * 300 + ["b"] * 100, pool=["p"] * 400, rng=rng, draws=19)
    assert found[0].observed == pytest.approx(pair_loop(codes[:300]), abs=1e-12)


def test_agreement_natural_to_a_kind_of_unit_is_taken_off():
    rng = np.random.default_rng(0)
    codes = rng.integers(0, 5, (80, 8))
    labels = {"unit": ["a"] * 10 + ["b"] * 70, "pool": ["p"] * 80}
    plain = agreement(codes, **labels, rng=np.random.default_rng(1))[0]
    shifted = agreement(codes, **labels, rng=np.random.default_rng(1), natural={"a": 0.05})[0]
    assert shifted.expected == pytest.approx(plain.expected + 0.05)
    assert shifted.z < plain.z


def test_more_covariance_than_the_same_scores_explain_has_a_small_p():
    """Two blocs that give opposite answers have ordinary scores and an unusual covariance."""
    rng = np.random.default_rng(0)
    pool = rng.integers(0, 5, (200, 10))
    blocs = np.where(np.arange(20)[:, None] < 10, rng.integers(3, 5, 10), rng.integers(0, 2, 10))
    found = agreement(np.vstack([blocs, pool]), ["a"] * 20 + ["b"] * 200, pool=["p"] * 220, rng=rng)
    assert found[0].covariance_p < 0.05


def test_a_unit_belongs_to_one_pool():
    with pytest.raises(Refused, match="QUALITY-103"):
        agreement(np.zeros((2, 3), dtype=int), ["a", "a"], pool=["p", "q"], rng=np.random.default_rng(0))


@settings(max_examples=50)
@given(st.floats(0, 0.84), st.floats(0, 1))
def test_the_coached_share_solves_its_equation(expected, share):
    """Where a share c follows a key, pairs agree by c² of the ceiling and by 1 − c² of chance."""
    observed = expected + share**2 * (0.85 - expected)
    assert coached_share(observed, expected) == pytest.approx(share, abs=1e-6)


def test_the_coached_share_has_ends_and_a_lower_bound(clean):
    assert coached_share(0.3, 0.4) == 0.0
    assert coached_share(1.0, 0.4) == 1.0
    assert isnan(coached_share(0.9, 0.85))
    one = max((one for one in clean[3] if not one.reason), key=lambda one: one.z)
    assert coached_share_least(one) < coached_share(one.observed, one.expected)
    excess = one.observed - 1.645 * one.sd - one.expected
    assert coached_share_least(one) == pytest.approx(sqrt(excess / (0.85 - one.expected)))


def test_a_hopeless_test_added_never_flags_more_units(clean):
    p = [one.p for one in clean[3]]
    assert (false_discovery([*p, 1.0])[:-1] >= false_discovery(p) - 1e-15)[~np.isnan(p)].all()
