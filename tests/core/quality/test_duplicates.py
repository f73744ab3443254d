"""QLT-2 and QLT-3: equal and nearly equal answers inside a unit."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bening.core.problems import Refused
from bening.core.quality import MISSING, duplicates, percent_match

tables = arrays(np.int64, st.tuples(st.integers(1, 8), st.integers(6, 33)), elements=st.integers(MISSING, 14))


def literal_match(codes, unit):
    """The definition, pair by pair; a fifteenth option compares with nothing, like a missing answer."""
    best = np.zeros(len(codes))
    for a, b in combinations(range(len(codes)), 2):
        common = [(x, y) for x, y in zip(codes[a], codes[b], strict=True) if 0 <= x < 14 and 0 <= y < 14]
        if unit[a] == unit[b] and len(common) >= 6:
            share = sum(x == y for x, y in common) / len(common)
            best[a], best[b] = max(best[a], share), max(best[b], share)
    return best


@given(tables, st.data())
def test_the_bit_kernel_agrees_with_the_definition(codes, data):
    unit = data.draw(arrays(np.int64, len(codes), elements=st.integers(0, 2)))
    np.testing.assert_allclose(percent_match(codes, unit), literal_match(codes, unit), atol=1e-12)


def test_rows_are_compared_inside_their_unit_only():
    row = np.arange(10)[None, :] % 5
    assert percent_match(np.vstack([row, row]), ["a", "b"]).tolist() == [0.0, 0.0]
    assert percent_match(np.vstack([row, row]), ["a", "a"]).tolist() == [1.0, 1.0]


def test_many_blocks_give_what_one_unit_alone_gives():
    """More rows than one block holds, units unsorted."""
    rng = np.random.default_rng(0)
    unit = rng.integers(0, 8000, 40_000)
    codes = rng.integers(0, 3, (40_000, 8))
    found = percent_match(codes, unit)
    for one in (0, 4000, 7999):
        rows = unit == one
        np.testing.assert_array_equal(found[rows], percent_match(codes[rows], unit[rows]))


def literal_expected(codes, unit, one):
    """λ of QLT-2 for one unit when everybody falls into one score bin."""
    inside = (unit == one).sum()
    others = [tuple(row) for row in codes[unit != one]]
    equal = sum(a == b for a, b in combinations(others, 2))
    pairs = len(others) * (len(others) - 1) / 2
    return inside * (inside - 1) / 2 * (equal + 0.5) / (pairs + 1)


def test_expected_duplicates_come_from_the_other_units_of_the_pool():
    """Fewer than forty people make one score bin, so the definition can be written out."""
    rng = np.random.default_rng(1)
    codes = rng.integers(0, 2, (30, 6))
    codes[:, :4] = 1
    unit = np.repeat([0, 1, 2], 10)
    found = duplicates(codes, unit, pool=["p"] * 30)
    for one in range(3):
        rows = [tuple(row) for row in codes[unit == one]]
        equal, expected, p = found[str(one)]
        assert equal == sum(a == b for a, b in combinations(rows, 2))
        assert expected == pytest.approx(literal_expected(codes, unit, one))
        assert 0 < p <= 1


def test_copied_sheets_are_improbable_and_honest_ones_are_not():
    rng = np.random.default_rng(2)
    codes = rng.integers(0, 5, (400, 12))
    unit = np.repeat(np.arange(20), 20)
    codes[:6] = codes[0]
    found = duplicates(codes, unit, pool=["p"] * 400)
    assert found["0"][0] == 15
    assert found["0"][2] < 1e-9
    assert min(p for name, (_, _, p) in found.items() if name != "0") > 0.5


def test_a_pool_in_which_everybody_answers_alike_expects_duplicates():
    codes = np.ones((60, 8), dtype=int)
    equal, expected, p = duplicates(codes, np.repeat([0, 1, 2], 20), pool=["p"] * 60)["0"]
    assert equal == 190
    assert expected == pytest.approx(190, rel=0.01)
    assert p > 0.3


def test_equal_silence_is_no_duplicate():
    codes = np.full((40, 10), MISSING)
    codes[:, :5] = 1
    assert duplicates(codes, ["a"] * 40, pool=["p"] * 40) == {}


def test_a_label_for_each_row_is_needed():
    with pytest.raises(Refused, match="QUALITY-101"):
        percent_match(np.zeros((2, 6), dtype=int), ["a"])
