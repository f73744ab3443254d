"""QLT-1: screens of single answers."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bening.core.kinds import Screens, Sign
from bening.core.problems import Refused
from bening.core.quality import (
    MISSING,
    contradictions,
    long_string,
    missing_rate,
    national_runs,
    signs,
    spread,
)

SCREENS = Screens(
    mixed_blocks=((0, 1, 2, 3, 4, 5, 6, 7),), runs=(5.0,), opposites=((0, 1), (2, 3), (4, 5)), agree=4
)
VARIED = [1, 2, 3, 4, 5, 1, 2, 3]
codes = arrays(np.int64, st.tuples(st.integers(1, 6), st.integers(1, 12)), elements=st.integers(MISSING, 4))


def seen(row, band=3):
    return signs(np.array([row]), np.array([band]), screens=SCREENS)[0]


def test_one_option_through_a_mixed_block_is_a_long_string_without_variation():
    assert seen([3] * 8) == {Sign.LONG_STRING, Sign.NO_VARIATION}


def test_an_answer_that_follows_the_questions_has_no_sign():
    assert seen(VARIED) == frozenset()


def test_a_run_that_is_common_in_the_country_is_no_sign():
    common = Screens(SCREENS.mixed_blocks, (8.0,), SCREENS.opposites, 6)
    row = np.array([[3] * 8])
    assert Sign.LONG_STRING not in signs(row, np.array([3]), screens=common)[0]


def test_agreeing_with_two_statements_and_their_opposites_is_a_contradiction():
    assert seen([5, 5, 4, 4, 1, 2, 3, 1]) == {Sign.CONTRADICTION}
    assert seen([5, 5, 4, 3, 1, 2, 3, 1]) == frozenset()


def test_only_the_shortest_band_is_speed_and_an_unknown_time_is_not():
    assert seen(VARIED, band=1) == {Sign.SPEED}
    assert seen(VARIED, band=2) == frozenset()
    assert seen(VARIED, band=MISSING) == frozenset()


def test_fewer_than_six_answered_items_are_not_screened():
    assert seen([3] * 5 + [MISSING] * 3, band=1) == frozenset()


def test_a_missing_answer_breaks_a_run():
    assert long_string(np.array([[3, 3, MISSING, 3, 3, 3]])).tolist() == [3]


def test_the_missing_rate_is_reported_and_never_a_sign():
    row = VARIED[:6] + [MISSING] * 2
    assert missing_rate(np.array([row])).tolist() == [0.25]
    assert seen(row) == frozenset()


@given(codes)
def test_the_longest_run_is_the_longest_group_of_equal_neighbours(table):
    literal = [max((len(list(g)) for v, g in groupby(row) if v != MISSING), default=0) for row in table]
    assert long_string(table).tolist() == literal


@given(codes)
def test_the_spread_is_the_sample_deviation_of_the_answered_items(table):
    answered = [row[row != MISSING] for row in table]
    literal = [np.std(row, ddof=1) if len(row) > 1 else np.nan for row in answered]
    np.testing.assert_allclose(spread(table), literal, atol=1e-12)


def test_the_national_run_is_exceeded_by_half_a_percent_at_most():
    rng = np.random.default_rng(3)
    table = rng.integers(0, 5, (2000, 10))
    block = tuple(range(10))
    assert (long_string(table) > national_runs(table, (block,))[0]).mean() <= 0.005


def test_a_time_band_for_each_answer_is_needed():
    with pytest.raises(Refused, match="QUALITY-101"):
        signs(np.array([VARIED]), np.array([1, 2]), screens=SCREENS)
    with pytest.raises(Refused, match="QUALITY-101"):
        long_string(np.array(VARIED))


@given(codes, st.integers(1, 4))
def test_a_contradiction_is_agreeing_to_a_statement_and_to_its_opposite(rows, agree):
    pairs = [(0, rows.shape[1] - 1), (rows.shape[1] // 2, 0)]
    counted = [sum(row[a] >= agree and row[b] >= agree for a, b in pairs) for row in rows.tolist()]
    assert contradictions(rows, pairs, agree=agree).tolist() == counted
    assert contradictions(rows, [], agree=agree).tolist() == [0] * len(rows)
