"""QLT-5 and QLT-8: many tests at once, and several signals as one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.problems import Refused
from bening.core.quality import combine, false_discovery

shares = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def literal(p):
    """q by its definition."""
    order = sorted(range(len(p)), key=lambda i: p[i])
    q = [0.0] * len(p)
    for place, i in enumerate(order):
        q[i] = min(1.0, min(p[order[j]] * len(p) / (j + 1) for j in range(place, len(p))))
    return q


@given(shares)
def test_q_is_what_its_definition_says(p):
    np.testing.assert_allclose(false_discovery(p), literal(p), rtol=1e-12)


@given(shares)
def test_q_rises_with_p_and_never_lies_below_it(p):
    q = false_discovery(p)
    order = np.argsort(p, kind="stable")
    assert (np.diff(q[order]) >= 0).all()
    assert (q >= np.array(p) * (1 - 1e-12)).all()


@given(shares)
def test_a_test_with_p_one_never_flags_more(p):
    assert (false_discovery([*p, 1.0])[:-1] >= false_discovery(p) * (1 - 1e-12)).all()


def test_tests_that_were_not_made_do_not_count():
    q = false_discovery([0.01, float("nan"), 0.04])
    np.testing.assert_allclose(q, [0.02, np.nan, 0.04])
    assert false_discovery([]).size == 0
    assert np.isnan(false_discovery([float("nan")])).all()


@pytest.mark.parametrize("wrong", [-0.1, 1.5])
def test_what_is_not_a_p_value_is_refused(wrong):
    with pytest.raises(Refused, match="QUALITY-102"):
        false_discovery([0.5, wrong])
    with pytest.raises(Refused, match="QUALITY-102"):
        combine([wrong])


@given(st.floats(1e-9, 1 - 1e-9))
def test_one_signal_combines_to_itself(p):
    assert combine([p]) == pytest.approx(p, rel=1e-6, abs=1e-12)


@given(st.floats(1e-9, 1 - 1e-9), st.integers(1, 6))
def test_the_same_signal_repeated_gains_nothing(p, times):
    """Red lights are not added up: a signal seen three times is still one."""
    assert combine([p] * times) == pytest.approx(p, rel=1e-6, abs=1e-12)


@given(shares, st.permutations(range(30)))
def test_the_order_of_signals_changes_nothing(p, order):
    shuffled = [p[i] for i in order if i < len(p)]
    assert combine(shuffled) == pytest.approx(combine(p), rel=1e-9, abs=1e-15)


def test_a_missing_signal_is_left_out_and_nothing_at_all_is_refused():
    assert combine([0.2, float("nan")]) == pytest.approx(0.2)
    assert 0 < combine([0.0, 0.5]) < 1e-14
    with pytest.raises(Refused, match="QUALITY-102"):
        combine([float("nan")])
