"""Representativity from counts (WGT-7, 8, 9): what holds for all counts, and a literal twin."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.fieldwork import partial, partial_given, representativity, worst_bias
from bening.core.fieldwork.representativity import design, merge_extremes
from bening.core.problems import Refused

UNITS, POSTS = ("edu", "health", "other"), ("head", "staff")
FACTORS = {"unit": [u for u in UNITS for _ in POSTS], "post": [p for _ in UNITS for p in POSTS]}


@st.composite
def counts(draw):
    invited = draw(st.lists(st.integers(8, 400), min_size=6, max_size=6))
    return invited, [draw(st.integers(max(1, n // 8), n - n // 8)) for n in invited]


def literal(invited, issued):
    """The bias-adjusted variance person by person: one row for everybody invited, sums written out."""
    found = representativity(FACTORS, invited, issued)
    rows = [cell for cell, n in enumerate(invited) for _ in range(n)]
    rho = [found.propensities[cell] for cell in rows]
    mean = sum(rho) / len(rows)
    variance = sum((value - mean) ** 2 for value in rho) / (len(rows) - 1)
    x = design(FACTORS)[rows]
    slope = np.array([value * (1 - value) * row for value, row in zip(rho, x, strict=True)])
    slope = slope - slope.mean(axis=0)
    information = sum(value * (1 - value) * np.outer(row, row) for value, row in zip(rho, x, strict=True))
    covariance = np.linalg.inv(information)
    bias = sum(row @ covariance @ row for row in slope) / len(rows)
    return variance, bias


@given(counts())
def test_the_indicator_equals_its_sum_over_people(numbers):
    found = representativity(FACTORS, *numbers)
    variance, bias = literal(*numbers)
    assert found.variance == pytest.approx(variance, rel=1e-7, abs=1e-12)
    assert found.bias == pytest.approx(bias, rel=1e-7)
    assert found.indicator == pytest.approx(1 - 2 * math.sqrt(max(0, variance - bias)), abs=1e-6)


@given(counts())
def test_fitted_rates_reproduce_the_rate_of_every_category(numbers):
    invited, issued = numbers
    rho = representativity(FACTORS, invited, issued).propensities
    for values in FACTORS.values():
        for name in set(values):
            cells = [c for c in range(6) if values[c] == name]
            fitted = sum(invited[c] * rho[c] for c in cells)
            assert fitted == pytest.approx(sum(issued[c] for c in cells), rel=1e-6)


@given(st.lists(st.integers(1, 50), min_size=6, max_size=6))
def test_equal_rates_are_fully_representative(tens):
    found = representativity(FACTORS, [10 * n for n in tens], [4 * n for n in tens])
    assert found.indicator == 1
    assert found.cv == 0


@given(counts())
def test_partial_indicators_add_up(numbers):
    invited, issued = numbers
    rho = representativity(FACTORS, invited, issued).propensities
    total, by_unit = partial(FACTORS["unit"], invited, rho)
    assert sum(value**2 for value in by_unit.values()) == pytest.approx(total**2)
    inside, by_post = partial_given(FACTORS["post"], FACTORS["unit"], invited, propensities=rho)
    assert sum(value**2 for value in by_post.values()) == pytest.approx(inside**2)
    n = np.array(invited)
    whole = n @ (np.array(rho) - n @ rho / n.sum()) ** 2 / n.sum()
    assert total**2 + inside**2 == pytest.approx(whole)  # between the units and within them


@given(counts(), st.permutations(range(6)))
def test_the_order_of_cells_changes_nothing(numbers, order):
    invited, issued = numbers
    mixed = {name: [values[c] for c in order] for name, values in FACTORS.items()}
    found = representativity(mixed, [invited[c] for c in order], [issued[c] for c in order])
    assert found.indicator == pytest.approx(representativity(FACTORS, invited, issued).indicator, abs=1e-7)


def test_a_missing_group_has_a_negative_sign():
    rho = representativity({"unit": ["edu", "other"]}, [100, 100], [20, 80]).propensities
    _, by_unit = partial(["edu", "other"], [100, 100], rho)
    assert by_unit["edu"] == pytest.approx(-by_unit["other"])
    assert by_unit["edu"] < 0


def test_categories_where_nobody_answered_are_merged_with_the_next_smallest():
    merged = merge_extremes(["a", "b", "c"], [5, 20, 90], [0, 9, 40])
    assert merged == ("a + b", "a + b", "c")
    found = representativity({"unit": ["a", "b", "c"]}, [5, 20, 90], [0, 9, 40])
    assert found.propensities[0] == found.propensities[1] == pytest.approx(9 / 25)


def test_the_worst_bias_is_spread_times_variation():
    assert worst_bias(14.0, 0.15) == pytest.approx(2.1)


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("FIELD-101", lambda: representativity({"a": ["x", "y"]}, [10, 10], [5, 11])),
        ("FIELD-101", lambda: representativity({"a": ["x", "y"]}, [10, 0], [5, 0])),
        ("FIELD-102", lambda: representativity({name: ["x", "y"] for name in "abcd"}, [10, 10], [5, 5])),
        ("FIELD-103", lambda: representativity({"a": ["x", "y"], "b": ["x", "y"]}, [10, 10], [5, 6])),
    ],
)
def test_counts_that_cannot_be_modelled_are_refused(code, call):
    with pytest.raises(Refused) as refusal:
        call()
    assert refusal.value.problems[0].code == code
