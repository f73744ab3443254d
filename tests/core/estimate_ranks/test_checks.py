"""Checks of the composite (IDX-3, 4, 5)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.estimate.checks import alpha, disparities, importance
from bening.core.problems import Refused


@st.composite
def answers(draw):
    n, k = draw(st.integers(3, 20)), draw(st.integers(2, 6))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    return rng.integers(1, 6, (n, k)) + rng.normal(0, 0.1, (n, k)) + rng.normal(0, 1, (n, 1))


@given(answers())
def test_alpha_is_k_over_k_less_one_times_the_shared_part(items):
    k = items.shape[1]
    spread = sum(np.var(items[:, j], ddof=1) for j in range(k))
    literal = k / (k - 1) * (1 - spread / np.var(items.sum(axis=1), ddof=1))
    found = alpha(items)
    assert found.value == pytest.approx(literal)
    assert found.lower <= found.value <= found.upper
    rests = [np.corrcoef(items[:, j], np.delete(items, j, 1).sum(axis=1))[0, 1] for j in range(k)]
    assert found.rest == pytest.approx(rests)


@given(answers(), st.integers(1, 4))
def test_whole_weights_repeat_rows(items, times):
    weights = np.full(len(items), 2.0)
    weights[0] = 1 + times
    repeated = np.repeat(items, weights.astype(int), axis=0)
    assert alpha(items, weights).value == pytest.approx(alpha(repeated).value)


def test_rows_with_a_missing_item_are_left_out_and_counted():
    items = np.array([[1.0, 2, 3], [2, 3, 3], [np.nan, 5, 5], [5, 4, 5]])
    found = alpha(items)
    assert found.n == 3
    assert found.value == pytest.approx(alpha(items[[0, 1, 3]]).value)


def test_two_items_have_no_alpha_without_one():
    assert alpha([[1.0, 2], [2, 1], [4, 5]]).dropped == ()


@pytest.mark.parametrize("items", [[[3.0, 3], [3, 3], [3, 3]], [[1.0], [2.0]], [[1.0, 2.0]]])
def test_alpha_is_undefined_when_all_answered_the_same(items):
    with pytest.raises(Refused, match="ESTIMATE-166"):
        alpha(items)


def test_importance_is_the_squared_correlation():
    rng = np.random.default_rng(1)
    dimensions = rng.normal(70, [1.0, 5.0, 0.0], (40, 3))
    index = dimensions.mean(axis=1)
    found = importance(dimensions, index)
    assert found[1] == pytest.approx(np.corrcoef(dimensions[:, 1], index)[0, 1] ** 2)
    assert found[2] == 0
    with pytest.raises(Refused, match="ESTIMATE-167"):
        importance(dimensions[:9], index[:9])


def test_the_usual_gap_is_taken_away_before_a_place_is_called_odd():
    rng = np.random.default_rng(2)
    size = rng.normal(6, 1, 60)
    external = rng.normal(70, 4, 60)
    internal = external + 3 + 2 * size + rng.normal(0, 1, 60)
    internal[7] += 9
    error = {"internal_variance": np.full(60, 1.0), "external_variance": np.full(60, 3.0)}
    found = disparities(internal, external, covariates=size[:, None], **error)
    scores = [one.z for one in found]
    assert scores.index(max(scores)) == 7
    assert scores[7] > 6
    assert sum(abs(z) > 3.5 for z in scores) <= 2
    assert found[0].gap == pytest.approx(internal[0] - external[0])
    assert found[0].se == 2.0
    assert abs(np.corrcoef([one.residual for one in found], size)[0, 1]) < 1e-9


def test_few_institutions_have_a_gap_but_no_usual_one():
    error = {"internal_variance": np.ones(29), "external_variance": np.ones(29)}
    found = disparities([80.0] * 29, [70.0] * 29, covariates=np.zeros((29, 1)), **error)
    assert all(one.residual is None and one.z is None for one in found)


def test_a_gap_that_never_varies_has_no_z():
    x = np.linspace(60, 80, 30)
    found = disparities(
        x + 5, x, internal_variance=np.ones(30), external_variance=np.ones(30), covariates=x[:, None]
    )
    assert all(one.z is None for one in found)
