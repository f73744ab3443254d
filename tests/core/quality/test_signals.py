"""QLT-7: the other signals, one p-value each."""

from math import comb, isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kstest

from bening.core.quality import agreement_signal, burst, gap_signal, high_and_even, jump, told


def test_two_tests_of_one_family_count_as_one_signal():
    assert agreement_signal(0.01, 0.2) == 0.02
    assert agreement_signal(0.7, 0.9) == 1.0
    assert agreement_signal(nan, 0.03) == 0.03
    assert isnan(agreement_signal(nan, nan))


def test_a_unit_that_answers_in_one_hour_stands_out():
    rng = np.random.default_rng(0)
    rest = np.full(24, 20)
    unit = np.zeros(24, dtype=int)
    unit[9] = 14
    assert burst(unit, rest, rng=rng) == pytest.approx(0.001)


def test_an_hour_in_which_everybody_answers_is_no_burst():
    """The day of sending: the unit follows its institution."""
    rest, unit = np.array([2, 300, 5]), np.array([0, 20, 0])
    assert burst(unit, rest, rng=np.random.default_rng(0)) > 0.2


def test_without_bursts_the_p_value_is_uniform():
    rng = np.random.default_rng(8)
    profile = np.array([0.05, 0.25, 0.3, 0.2, 0.15, 0.05])
    p = [
        burst(rng.multinomial(30, profile), rng.multinomial(600, profile), rng=rng, draws=199)
        for _ in range(200)
    ]
    assert kstest(p, "uniform").pvalue > 0.001


def test_few_rights_or_nobody_else_give_no_timing():
    rng = np.random.default_rng(0)
    assert isnan(burst(np.array([9, 0]), np.array([50, 50]), rng=rng))
    assert isnan(burst(np.array([20, 0]), np.array([0, 0]), rng=rng))


def test_neither_a_good_office_nor_a_quiet_one_is_a_signal():
    assert high_and_even(4.0, 20, variance=100.0, pooled=100.0) > 0.4
    assert high_and_even(0.0, 20, variance=5.0, pooled=100.0) == pytest.approx(0.5)
    assert high_and_even(4.0, 20, variance=5.0, pooled=100.0) < 1e-4
    assert isnan(high_and_even(4.0, 1, variance=0.0, pooled=100.0))
    assert isnan(high_and_even(4.0, 20, variance=5.0, pooled=0.0))


def test_insiders_far_above_users_is_one_sided():
    assert gap_signal(2.3263478740408408) == pytest.approx(0.01)
    assert gap_signal(-3.0) > 0.99


def test_a_jump_needs_a_hundred_institutions_to_be_rare():
    assert jump(30.0, np.linspace(-5, 5, 99)) == 0.01
    assert jump(30.0, np.linspace(-5, 5, 20)) > 0.01
    assert jump(0.0, np.array([-1.0, 1.0])) == pytest.approx(2 / 3)
    assert isnan(jump(1.0, np.array([])))


@given(st.integers(10, 40), st.integers(0, 40), st.floats(0.01, 0.99))
def test_being_told_what_to_answer_is_an_exact_binomial_tail(n, said, usual):
    said = min(said, n)
    tail = sum(comb(n, k) * usual**k * (1 - usual) ** (n - k) for k in range(said, n + 1))
    assert told(n, said, usual=usual) == pytest.approx(tail, rel=1e-9, abs=1e-12)


def test_nine_answers_say_nothing_about_being_told():
    assert isnan(told(9, 9, usual=0.02))
