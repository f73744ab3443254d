"""Weights keep their totals, their bounds and their word (WGT-1 to WGT-6)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from bening.core.estimate import (
    NOT_GIVEN,
    Bounds,
    Cell,
    Distance,
    Dropped,
    Margin,
    adjust,
    base_weights,
    calibrate,
    calibration_influence,
    cap_of,
    design,
    kish,
    taylor,
    to_margins,
    trim,
    variance_of,
)
from bening.core.problems import Refused

WEIGHTS = st.lists(st.floats(0.5, 60), min_size=4, max_size=20).map(np.array)


def test_base_weights_count_the_people():
    """WGT-1: N/r."""
    assert_allclose(base_weights(np.array([40, 9]), np.array([8, 9])), [5, 1])
    for code, answered in (("ESTIMATE-104", [41, 1]), ("ESTIMATE-101", [8, 0])):
        with pytest.raises(Refused, match=code):
            base_weights(np.array([40, 9]), np.array(answered))


def test_cells_merge_with_their_siblings_until_they_are_large_enough():
    """WGT-2: a and b join p; c stands alone. Factors give back the invited weight."""
    cells = [Cell("a", 30, 15, 15, "p"), Cell("b", 30, 20, 20, "p"), Cell("c", 60, 30, 30, "p2")]
    made = adjust(cells)
    assert [(one.code, one.merged) for one in made] == [("a", "p"), ("b", "p"), ("c", "c")]
    assert_allclose([one.factor for one in made], [60 / 35, 60 / 35, 2])
    assert_allclose(sum(one.factor * cell.answered for one, cell in zip(made, cells, strict=True)), 120)


def test_a_factor_above_the_cap_merges_and_an_empty_cell_is_refused():
    made = adjust([Cell("a", 90, 30, 30, "p"), Cell("b", 30, 30, 30, "p")])
    assert {one.merged for one in made} == {"p"}
    assert adjust([Cell("a", 90, 30, 30)])[0].factor == 3
    with pytest.raises(Refused, match="ESTIMATE-134"):
        adjust([Cell("a", 90, 0, 0)])


@given(WEIGHTS, st.data())
def test_trimming_keeps_the_total_of_a_cell(weight, data):
    """Property 3: nobody above the cap while there is room, and the total stays."""
    cell = np.array(data.draw(st.lists(st.integers(0, 1), min_size=len(weight), max_size=len(weight))))
    cap = data.draw(st.floats(1, 60))
    made = trim(weight, cap, cell)
    assert (made.weight <= cap * (1 + 1e-12)).all()
    assert_allclose(made.weight.sum() + made.unplaced, weight.sum())
    for own in (0, 1):
        inside = cell == own
        if inside.any() and cap * inside.sum() > weight[inside].sum() + 1e-9:
            assert_allclose(made.weight[inside].sum(), weight[inside].sum())
    assert 0 <= made.moved <= 1


def test_the_cap_is_five_quartile_ranges_above_the_median():
    assert cap_of(np.arange(1.0, 102)) == 51 + 5 * 50
    assert cap_of(np.arange(1.0, 102), 1) == 101


@given(WEIGHTS)
def test_unequal_weights_never_make_answers_count_for_more(weight):
    """WGT-5: n_eff ≤ n, with equality for equal weights."""
    deff, n_eff = kish(weight)
    assert deff >= 1 - 1e-12
    assert n_eff <= len(weight) + 1e-9
    assert_allclose(kish(np.full(5, weight[0])), (1, 5))


@given(st.sampled_from(list(Distance)), st.lists(st.floats(0.8, 1.25), min_size=4, max_size=4), st.data())
def test_calibrated_weights_meet_their_totals(distance, moved, data):
    """Property 3: Σ w x = T to 1e-8, bounds hold, column order is irrelevant, calibrated weights stay."""
    classes = np.array([0, 1, 2, 3] * 5)
    base = np.array(data.draw(st.lists(st.floats(1, 9), min_size=20, max_size=20)))
    x = np.eye(4)[classes]
    totals = np.array(moved) * (base @ x)
    made = calibrate(base, x, totals, distance=distance)
    assert made.reached.all()
    assert_allclose(made.weight @ x, totals, rtol=1e-8)
    if distance == Distance.LOGIT:
        assert ((made.weight / base >= 0.4) & (made.weight / base <= 3)).all()
    assert_allclose(
        calibrate(base, x[:, ::-1], totals[::-1], distance=distance).weight, made.weight, rtol=1e-8
    )
    again = calibrate(made.weight, x, totals, distance=distance).weight
    assert_allclose(again, made.weight, rtol=1e-8)


def test_many_institutions_at_once_equal_one_at_a_time():
    rng = np.random.default_rng(5)
    of, classes = np.repeat(np.arange(7), 30), rng.integers(0, 3, 210)
    base = rng.uniform(1, 9, 210)
    x = np.column_stack([np.eye(3)[classes], rng.integers(0, 2, 210)]).astype(float)
    totals = np.stack([(base[of == i] @ x[of == i]) * rng.uniform(0.95, 1.05, 4) for i in range(7)])
    together = calibrate(base, x, totals, of=of)
    for i in range(7):
        alone = calibrate(base[of == i], x[of == i], totals[i])
        assert_allclose(together.weight[of == i], alone.weight, rtol=1e-10)


def test_totals_out_of_reach_are_said_and_change_nothing():
    """WGT-3: never loosened silently."""
    base, x = np.ones(6), np.eye(2)[[0, 0, 0, 1, 1, 1]]
    made = calibrate(base, x, np.array([30.0, 3.0]))
    assert not made.reached.any()
    assert (made.weight == base).all()
    assert calibrate(base, x, np.array([30.0, 3.0]), bounds=Bounds(0.4, 20)).reached.all()


def margin(name, classes, totals, merge=()):
    return Margin(name, np.array(classes), np.array(totals, float), merge)


OF = np.array([0] * 6 + [1] * 6)
SEX = [0, 0, 1, 1, 1, 0] * 2
JOB = [0, 1, 0, 1, 2, 2] * 2


@given(st.permutations([0, 1]))
def test_the_order_of_margins_is_irrelevant(order):
    """Property 3; and each institution meets its own totals."""
    margins = [margin("sex", SEX, [[5, 7], [7, 5]]), margin("job", JOB, [[4, 4, 4], [3.5, 4, 4.5]])]
    made, dropped = to_margins(np.ones(12), OF, [margins[k] for k in order])
    assert dropped == ()
    for i in (0, 1):
        for one in margins:
            found = np.bincount(one.classes[i == OF], weights=made[i == OF])
            assert_allclose(found, one.totals[i], rtol=1e-8)


def test_people_who_did_not_say_keep_their_share():
    """WGT-3: two of twelve said nothing; they keep a sixth of the people, the others fill the rest."""
    sex = [0, 0, 1, 1, 1, NOT_GIVEN, 0, 0, 1, 1, 1, NOT_GIVEN]
    made, _ = to_margins(
        np.ones(12), np.zeros(12, int), [margin("sex", sex, [[60, 60]])], distance=Distance.RAKING
    )
    assert_allclose(made.sum(), 120)
    assert_allclose(made[np.array(sex) == NOT_GIVEN].sum(), 20)
    assert_allclose(made[np.array(sex) == 0].sum(), 50)


def test_an_empty_class_is_merged_by_rule_or_refused():
    totals = [[4, 4, 4], [7, 8, 9]]
    classes = [0, 1, 0, 1, 1, 1, *JOB[6:]]
    with pytest.raises(Refused, match="ESTIMATE-130"):
        to_margins(np.ones(12), OF, [margin("job", classes, totals)])
    made, _ = to_margins(np.ones(12), OF, [margin("job", classes, totals, (0, 1, 1))], bounds=Bounds(0.1, 9))
    assert_allclose(made[:6][np.array(classes[:6]) == 1].sum(), 8)


def test_margins_that_contradict_are_refused():
    sex, job = margin("sex", SEX, [[5, 7], [14, 10]]), margin("job", JOB, [[4, 4, 5], [7, 8, 9]])
    with pytest.raises(Refused, match="ESTIMATE-131"):
        to_margins(np.ones(12), OF, [sex, job])
    with pytest.raises(Refused, match="ESTIMATE-133"):
        to_margins(np.ones(12), OF, [margin("sex", SEX, [[12, 0], [14, 10]])])
    with pytest.raises(Refused, match="ESTIMATE-132"):
        to_margins(np.ones(12), OF, [margin("sex", SEX, [[5, 700], [14, 10]])])


def test_the_last_margin_is_given_up_where_it_cannot_be_met():
    """WGT-3: only in the institution concerned, and it is logged."""
    margins = [margin("sex", SEX, [[5, 7], [5, 7]]), margin("job", JOB, [[11, 0.5, 0.5], [4, 4, 4]])]
    made, dropped = to_margins(np.ones(12), OF, margins)
    assert dropped == (Dropped(0, "job"),)
    assert_allclose(np.bincount(np.array(SEX)[OF == 0], weights=made[OF == 0]), [5, 7])
    assert_allclose(np.bincount(np.array(JOB)[OF == 1], weights=made[OF == 1]), [4, 4, 4])


def test_calibration_on_the_score_itself_leaves_no_error():
    """WGT-4: a mean that is known has variance 0; with a constant alone it is the plain one."""
    y, base = np.array([40.0, 60, 75, 90, 30]), np.array([2.0, 2, 3, 3, 5])
    x = np.column_stack([np.ones(5), y])
    weight = calibrate(base, x, np.array([20.0, 1200.0]), distance=Distance.LINEAR).weight
    assert_allclose(variance_of(calibration_influence(y, weight, base, x), design(5)), 0, atol=1e-18)
    plain = calibration_influence(y, base, base, np.ones((5, 1)))
    assert_allclose(variance_of(plain, design(5))[0], taylor(y, base, design(5)).fpc)
