"""Drivers and the risk map (RSK-1, 2, 3)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from bening.core.estimate.risk import (
    change_drivers,
    drivers,
    level_of,
    likelihood,
    likelihood_chances,
    product_table,
    risk_cell,
)
from bening.core.kinds import RiskLevel
from bening.core.problems import Refused

CUTS = (60.0, 68.0, 74.0, 80.0)
points = st.lists(st.integers(0, 1000), min_size=4, max_size=4).map(lambda rows: np.array(rows) / 10)
parts = st.lists(st.integers(1, 20), min_size=4, max_size=4).map(lambda rows: np.array(rows) / sum(rows))


@given(parts, points, points)
def test_contributions_add_up_to_the_difference(w, now, reference):
    assert drivers(w, now, reference).sum() == pytest.approx(w @ now - w @ reference, abs=1e-12)


@given(parts, points, parts, points)
def test_a_change_is_split_into_scores_and_weights(w1, s1, w2, s2):
    by_part, by_weights = change_drivers(w1, s1, w2, s2)
    assert by_part.sum() + by_weights == pytest.approx(w2 @ s2 - w1 @ s1, abs=1e-12)


def test_equal_weights_leave_nothing_to_the_weights():
    assert change_drivers([0.5, 0.5], [60, 70], [0.5, 0.5], [65, 69])[1] == 0


def test_likelihood_falls_as_the_score_rises():
    assert [likelihood(score, CUTS) for score in (0, 59.9, 60, 68, 74, 80, 100)] == [5, 5, 4, 3, 2, 1, 1]


def test_the_table_is_read_and_may_be_mended():
    table = dict(product_table())
    assert (level_of(5, 1, table), level_of(1, 5, table)) == (RiskLevel.MODERATE, RiskLevel.MODERATE)
    table[1, 5] = RiskLevel.HIGH
    assert level_of(1, 5, table) == RiskLevel.HIGH


@given(st.floats(0, 100), st.floats(0.2, 15), st.integers(3, 200))
def test_chances_of_likelihood_sum_to_one_and_equal_the_tails(score, se, df):
    chances = likelihood_chances(score, se=se, df=df, cuts=CUTS)
    assert sum(chances) == pytest.approx(1)
    assert chances[4] == pytest.approx(t.cdf((60 - score) / se, df))  # very likely: below the lowest cut
    assert chances[0] == pytest.approx(t.sf((80 - score) / se, df))


def test_a_sure_score_leaves_no_doubt():
    cell = risk_cell(70, se=0.0, df=30, cuts=CUTS, impact=4, table=product_table())
    assert cell.chances[RiskLevel.HIGH] == 1
    assert cell.certain


def test_only_a_level_with_four_fifths_of_the_chance_is_coloured():
    table = product_table()
    near = risk_cell(74.1, se=2.0, df=40, cuts=CUTS, impact=5, table=table)
    far = risk_cell(40.0, se=2.0, df=40, cuts=CUTS, impact=5, table=table)
    assert (near.certain, far.certain) == (False, True)
    assert sum(near.chances.values()) == pytest.approx(1)


def test_an_unknown_error_is_never_certain():
    cell = risk_cell(40.0, se=None, df=None, cuts=CUTS, impact=5, table=product_table())
    assert (cell.level, cell.certain, cell.chances) == (RiskLevel.EXTREME, False, {})


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("ESTIMATE-168", lambda: drivers([0.5, 0.5], [1.0], [1.0, 2.0])),
        ("ESTIMATE-169", lambda: likelihood(70, (60, 68, 68, 80))),
        ("ESTIMATE-169", lambda: product_table((1, 10, 5, 15))),
        ("ESTIMATE-169", lambda: level_of(6, 1, product_table())),
    ],
)
def test_a_broken_table_is_refused(code, call):
    with pytest.raises(Refused) as refusal:
        call()
    assert refusal.value.problems[0].code == code
