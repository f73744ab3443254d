"""Changes between rounds are only called clear when all tests together allow it (EST-11)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats

from bening.core.estimate import (
    Year,
    change,
    changes,
    clear,
    index,
    paired_covariance,
    student_t,
)
from bening.core.kinds import Change
from bening.core.problems import Refused
from tests.core.estimate.rounds import answers, frame, method, row

THEN, NOW = Year(70.0, 1.0, 40.0, 41), Year(74.0, 1.5, 60.0, 61)


def test_a_change_adds_the_variances_without_fpc():
    made = change("A", THEN, NOW, same_method=True)
    assert_allclose([made.value, made.se, made.df], [4, 2.5**0.5, 2.5**2 / (1 / 40 + 1.5**2 / 60)])
    assert_allclose((made.lower, made.upper), student_t(4, made.se, made.df))
    assert_allclose(made.p, 2 * stats.t.sf(4 / made.se, made.df))
    assert not made.clear
    assert change("A", THEN, NOW, same_method=True, covariance=0.5).se < made.se


@pytest.mark.parametrize(
    ("code", "before", "same", "covariance"),
    [
        ("ESTIMATE-121", THEN, False, 0.0),
        ("ESTIMATE-122", Year(70.0, 1.0, 28.0, 29), True, 0.0),
        ("ESTIMATE-123", Year(70.0, float("nan"), 40.0, 41), True, 0.0),
        ("ESTIMATE-123", THEN, True, 2.0),
    ],
)
def test_changes_that_say_nothing_are_refused(code, before, same, covariance):
    with pytest.raises(Refused, match=code):
        change("A", before, NOW, same_method=same, covariance=covariance)


@given(st.lists(st.tuples(st.floats(-2, 2), st.floats(-2, 2), st.integers(0, 2)), min_size=1, max_size=12))
def test_paired_covariance_is_the_literal_sum(units):
    """EST-11: stratum by stratum, a lone unit says nothing; of a year with itself it is EST-2."""
    a, b, h = (np.array(column) for column in zip(*units, strict=True))
    expected = 0.0
    for label in set(h.tolist()):
        first, second = a[h == label], b[h == label]
        n = len(first)
        if n > 1:
            expected += (
                n
                / (n - 1)
                * sum((x - first.mean()) * (y - second.mean()) for x, y in zip(first, second, strict=True))
            )
    assert_allclose(paired_covariance(a, b, h), expected, atol=1e-9)
    assert_allclose(paired_covariance(a, b, h), paired_covariance(b, a, h), atol=1e-12)


def test_clear_counts_all_tests_of_the_release():
    """One p of 0.03 is clear alone and not among twenty."""
    one = Change("A", 3.0, 1.0, 50.0, 1.0, 5.0, 0.03, False)
    dull = Change("B", 0.1, 1.0, 50.0, -2.0, 2.0, 0.9, False)
    assert [made.clear for made in clear([one])] == [True]
    assert not any(made.clear for made in clear([one] + [dull] * 19))
    assert clear([]) == ()


def test_changes_of_a_round_leave_out_who_was_too_few():
    """A has 40 answers in both rounds, B 20 in the second, C is new."""
    made = []
    for shift, sizes in ((0, {"A": 40, "B": 40}), (15, {"A": 40, "B": 20, "C": 40})):
        rows = [(name, "internal", "s", "") for name, n in sizes.items() for _ in range(n)]
        scores = np.concatenate([np.linspace(20, 80, n) + shift for n in sizes.values()])
        strata = frame([(name, "internal", "s", 900) for name in sizes])
        one = method({"internal": 1.0}, [("internal", "d", 1.0)])
        made.append(index(one, answers(rows, {"d": scores}), strata))
    found = changes(*made, same_method=True)
    assert [(one.name, one.clear) for one in found] == [("A", True)]
    assert_allclose(found[0].value, 15)
    assert_allclose(found[0].se ** 2, sum(row(one, institution="A")["se_repeat"] ** 2 for one in made))
