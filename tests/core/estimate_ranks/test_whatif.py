"""What must change to reach a place (RNK-4)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from bening.core.estimate.whatif import cheapest_route, reliability, target_score, yearly_caps
from bening.core.problems import Refused


@st.composite
def levers(draw):
    d = draw(st.integers(1, 7))
    part = st.integers(1, 20)
    weights = np.array(draw(st.lists(part, min_size=d, max_size=d)), float)
    return (
        np.array(draw(st.lists(st.integers(20, 100), min_size=d, max_size=d)), float),
        weights / weights.sum(),
        np.array(draw(st.lists(st.integers(0, 15), min_size=d, max_size=d)), float),
        np.array(draw(st.lists(st.integers(1, 9), min_size=d, max_size=d)), float),
        draw(st.integers(0, 60)) / 5,
    )


@given(levers())
def test_the_route_is_feasible_and_as_cheap_as_linprog(lever):
    scores, weights, caps, cost, need = lever
    found = cheapest_route(scores, weights, caps=caps, cost=cost, target=float(weights @ scores) + need)
    room = np.minimum(caps, 100 - scores)
    solved = linprog(cost, A_ub=[-weights], b_ub=[-need], bounds=[(0, top) for top in room])
    if found.points is None:
        assert not solved.success or weights @ room < need + 1e-7
        return
    points = np.array(found.points)
    assert np.all((points >= 0) & (points <= room + 1e-12))
    assert weights @ (scores + points) >= weights @ scores + need - 1e-9
    assert found.cost == pytest.approx(solved.fun, rel=1e-9, abs=1e-9)


def test_a_target_out_of_reach_has_no_route_but_says_how_far_one_gets():
    found = cheapest_route([60.0, 90.0], [0.5, 0.5], caps=[5.0, 20.0], cost=[1.0, 1.0], target=83.0)
    assert (found.points, found.cost) == (None, None)
    assert found.best == pytest.approx(82.5)  # 5 points, and 10 more up to the ceiling of 100
    assert found.need == pytest.approx(8.0)


def test_a_margin_asks_for_more():
    plain, safe = (
        cheapest_route([60.0], [1.0], caps=[9.0], cost=[2.0], target=65.0, margin=margin)
        for margin in (0.0, 1.5)
    )
    assert (plain.cost, safe.cost) == (10.0, 13.0)


def test_who_is_there_already_needs_nothing():
    found = cheapest_route([60.0, 70.0], [0.5, 0.5], caps=[5.0, 5.0], cost=[1.0, 1.0], target=64.0)
    assert (found.points, found.cost) == ((0.0, 0.0), 0.0)


def test_free_improvement_is_refused():
    with pytest.raises(Refused, match="ESTIMATE-163"):
        cheapest_route([60.0], [1.0], caps=[5.0], cost=[0.0], target=64.0)


def test_the_others_move_too():
    x = np.array([70.0, 80.0, 60.0])
    sure = target_score(x, np.zeros(3), np.random.default_rng(1), institution=0, place=1, draws=1000)
    moving = target_score(x, np.full(3, 4.0), np.random.default_rng(1), institution=0, place=1, draws=50_000)
    assert sure == 80.0
    assert moving == pytest.approx(80 + 2 * 0.8416, abs=0.05)  # 80 % quantile of the one rival


def test_own_score_is_no_rival():
    x = np.array([95.0, 80.0, 60.0])
    assert target_score(x, np.zeros(3), np.random.default_rng(1), institution=0, place=2, draws=10) == 60.0


def test_there_must_be_somebody_to_overtake():
    with pytest.raises(Refused, match="ESTIMATE-162"):
        target_score([70.0, 80.0], np.ones(2), np.random.default_rng(1), institution=0, place=2)


def test_caps_come_from_peers_that_started_alike():
    before = np.array([[50.0 + i] for i in range(12)] + [[80.0 + i] for i in range(12)])
    gain = np.array([[float(i % 12)] for i in range(12)] + [[0.0]] * 12)
    low, high = (
        yearly_caps([start], before=before, after=before + gain, error=np.zeros((24, 1)))[0]
        for start in (51.0, 91.0)
    )
    assert low == pytest.approx(np.quantile(np.arange(8), 0.75))
    assert high == 0.0


def test_noisy_differences_promise_less():
    gains = np.random.default_rng(2).normal(0, 2, 400)
    assert reliability(gains, np.full(400, 1.0)) == pytest.approx(0.75, abs=0.05)
    assert reliability(gains, np.full(400, 9.0)) == 0
    assert reliability(np.zeros(5), np.ones(5)) == 0


def test_too_few_peers_are_no_history():
    with pytest.raises(Refused, match="ESTIMATE-164"):
        yearly_caps(
            [50.0], before=np.array([[50.0], [60.0], [70.0]]), after=np.ones((3, 1)), error=np.ones((3, 1))
        )
