"""Small units (SAE-1 to 4)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from bening.core.estimate.units import (
    Spreads,
    average,
    benchmark,
    different,
    enough_units,
    present,
    shrink,
    spreads,
)
from bening.core.kinds import Display, Shrunken
from bening.core.problems import Refused


@st.composite
def institutions(draw):
    units = draw(st.integers(2, 10))
    n = draw(st.lists(st.integers(2, 60), min_size=units, max_size=units))
    means = draw(st.lists(st.integers(300, 950), min_size=units, max_size=units))
    return np.array(means) / 10, np.array(n), Spreads(draw(st.floats(0, 60)), draw(st.floats(10, 300)))


def literal(y, unit):
    """REML from the full covariance matrix of all answers: nothing is summed up first."""
    same = np.equal.outer(unit, unit).astype(float)
    ones = np.ones((len(y), 1))

    def criterion(logs):
        v = np.exp(logs[0]) * same + np.exp(logs[1]) * np.eye(len(y))
        inverse = np.linalg.inv(v)
        information = ones.T @ inverse @ ones
        rest = y - ones[:, 0] * (ones.T @ inverse @ y / information[0, 0])
        return np.linalg.slogdet(v)[1] + np.log(information[0, 0]) + rest @ inverse @ rest

    found = minimize(criterion, [2.0, 4.0], method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-10})
    return np.exp(found.x)


def test_the_two_variances_equal_reml_on_all_answers():
    rng = np.random.default_rng(8)
    unit = np.repeat(np.arange(9), [3, 4, 5, 6, 8, 8, 9, 12, 5])
    y = 70 + rng.normal(0, 5, 9)[unit] + rng.normal(0, 8, len(unit))
    n = np.bincount(unit)
    means = np.bincount(unit, y) / n
    found = spreads(means, n, squares=((y - means[unit]) ** 2).sum())
    assert [found.between, found.within] == pytest.approx(literal(y, unit), rel=1e-3)


@given(institutions())
def test_a_unit_is_pulled_towards_the_average_and_never_past_it(case):
    means, n, found = case
    centre, units = shrink(means, n, found)
    for one in units:
        assert min(one.direct, centre) - 1e-9 <= one.value <= max(one.direct, centre) + 1e-9
        assert 0 <= one.share <= 1
        assert one.pse >= 0


@given(institutions())
def test_many_answers_speak_for_themselves(case):
    means, n, found = case
    _, units = shrink(means, n * 10**9, Spreads(found.between + 0.01, found.within))
    assert [one.value for one in units] == pytest.approx(means, abs=1e-3)


@given(institutions())
def test_benchmarked_units_add_up_to_the_institution(case):
    means, n, found = case
    shares = n / n.sum()
    scaled = benchmark([one.value for one in shrink(means, n, found)[1]], shares, institution=71.3)
    assert shares @ scaled == pytest.approx(71.3)


def test_without_spread_between_units_all_equal_the_average():
    _, units = shrink([60.0, 70.0, 80.0], [9, 9, 18], Spreads(0.0, 100.0))
    assert {round(one.value, 9) for one in units} == {72.5}
    assert spreads([70.0, 70.1, 69.9], [20, 20, 20], squares=9000.0).between == 0


def test_one_unit_is_left_alone():
    centre, (one,) = shrink([66.0], [12], Spreads(9.0, 100.0))
    assert (centre, one.value, one.share) == (66.0, 66.0, 1.0)
    assert one.pse == pytest.approx((100 / 12) ** 0.5)


def test_spreads_are_borrowed_over_institutions_each_around_its_own_average():
    rng = np.random.default_rng(4)
    house = np.repeat(np.arange(60), 4)
    true = 50 + house / 2 + rng.normal(0, 4, 240)
    n = rng.integers(4, 12, 240)
    means = rng.normal(true, 10 / np.sqrt(n))
    squares = 100 * rng.chisquare(n.sum() - 240)
    pooled = spreads(means, n, squares=squares, institution=house)
    assert pooled.between == pytest.approx(16, rel=0.35)
    assert pooled.within == pytest.approx(100, rel=0.1)
    assert spreads(means, n, squares=squares).between > 3 * pooled.between


def test_an_institution_with_few_units_must_borrow():
    assert enough_units([10] * 8)
    assert not enough_units([40] * 7)
    assert not enough_units([4] * 8)


def test_squared_errors_are_as_large_as_stated():
    rng = np.random.default_rng(6)
    n = np.array([5, 6, 8, 10, 12, 15, 20, 30, 8, 6])
    squared = []
    for _ in range(400):
        true = rng.normal(70, 4, 10)
        means = rng.normal(true, 10 / np.sqrt(n))
        _, units = shrink(means, n, Spreads(16.0, 100.0))
        squared.append([(one.value - t) ** 2 / one.pse**2 for one, t in zip(units, true, strict=True)])
    assert np.mean(squared) == pytest.approx(1, abs=0.06)


def test_equal_answers_inside_all_units_leave_only_the_spread_between():
    found = spreads([60.0, 70.0, 80.0], [4, 4, 4], squares=0.0)
    assert (found.between, found.within) == (100.0, 0.0)
    assert [one.value for one in shrink([60.0, 70.0, 80.0], [4, 4, 4], found)[1]] == [60.0, 70.0, 80.0]
    assert average([70.0, 70.0], [4, 4], Spreads(0.0, 0.0)) == (70.0, 0.0)


UNIT = Shrunken(direct=60.0, value=65.0, pse=2.0, share=0.5)


def test_what_a_unit_shows_hangs_on_its_answers():
    shown = [present(UNIT, n, df=60, cuts=(73.0, 78.0)) for n in (9, 10, 14, 15)]
    assert [one.display for one in shown] == [Display.MERGED, Display.BAND, Display.BAND, Display.INTERVAL]
    assert shown[0].value is None
    assert shown[1].band == "low"
    assert shown[1].value is None
    assert (shown[3].lower, shown[3].upper) == pytest.approx((65 - 2.0003 * 2, 65 + 2.0003 * 2), abs=1e-3)


def test_a_unit_near_a_cut_cannot_be_told_from_the_average():
    near = Shrunken(direct=75.0, value=73.5, pse=2.0, share=0.5)
    assert present(near, 12, df=60, cuts=(73.0, 78.0)).display == Display.SAME


def test_only_clear_departures_are_flagged():
    means, n = np.array([70.0] * 11 + [45.0]), np.full(12, 20)
    assert different(means, n, Spreads(9.0, 100.0)).tolist() == [False] * 11 + [True]
    assert not different([70.0, 71.0], [20, 20], Spreads(0.0, 0.0)).any()


def test_flags_are_rarely_false():
    rng = np.random.default_rng(3)
    n = np.full(20, 15)
    flagged = [
        different(rng.normal(70, (16 + 100 / 15) ** 0.5, 20), n, Spreads(16.0, 100.0)).any()
        for _ in range(400)
    ]
    assert np.mean(flagged) <= 0.13


def test_what_cannot_be_estimated_is_refused():
    with pytest.raises(Refused, match="ESTIMATE-165"):
        spreads([70.0], [12], squares=100.0)
    with pytest.raises(Refused, match="ESTIMATE-165"):
        spreads([70.0, 71.0], [1, 1], squares=0.0)
    with pytest.raises(Refused, match="ESTIMATE-171"):
        shrink([70.0, 71.0], [0, 5], Spreads(9.0, 100.0))
