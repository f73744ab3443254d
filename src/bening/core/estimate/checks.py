"""Checks of the composite: consistency, importance, disparity of sources (IDX-3, 4, 5)."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import f

from bening.core.kinds import Alpha, Disparity, Floats
from bening.core.problems import refuse

LEAST_IMPORTANCE, LEAST_DISPARITY = 10, 30  # institutions


def alpha(items: ArrayLike, weights: ArrayLike | None = None) -> Alpha:
    """IDX-3: Cronbach's alpha of items (n,k) of one dimension in one group, over complete rows, with
    Feldt's 95 %.

    Alpha without an item needs three items. An internal screen: above 0.95 inside one unit it means copied
    answers, not quality.
    """
    x = np.asarray(items, float)
    complete = np.isfinite(x).all(axis=1)
    w = np.ones(len(x)) if weights is None else np.asarray(weights, float)
    x, w = x[complete], w[complete]
    if len(x) < 2 or x.shape[1] < 2:
        raise refuse("ESTIMATE-166")
    cov = np.cov(x, rowvar=False, aweights=w)
    value = _alpha_of(cov)
    n, k = x.shape
    df = (n - 1, (n - 1) * (k - 1))
    lower, upper = (float(1 - (1 - value) * f.ppf(q, *df)) for q in (0.975, 0.025))
    dropped = tuple(_alpha_of(np.delete(np.delete(cov, j, 0), j, 1)) for j in range(k) if k > 2)
    return Alpha(value, lower, upper, n, dropped, tuple(_item_rest(cov, j) for j in range(k)))


def importance(dimensions: ArrayLike, index: ArrayLike) -> Floats:
    """IDX-4: squared correlation (D,) of each dimension (p,D) with the index (p,): what a weight amounts to.

    A dimension in which all institutions are equal has none.
    """
    x, y = np.asarray(dimensions, float), np.asarray(index, float)
    if len(y) < LEAST_IMPORTANCE:
        raise refuse("ESTIMATE-167", count=len(y), least=LEAST_IMPORTANCE)
    x, y = x - x.mean(axis=0), y - y.mean()
    scale = (x**2).sum(axis=0) * (y @ y)
    share = np.divide((x.T @ y) ** 2, scale, out=np.zeros(x.shape[1]), where=scale > 0)
    return np.asarray(share)


def disparities(
    internal: ArrayLike,
    external: ArrayLike,
    *,
    internal_variance: ArrayLike,
    external_variance: ArrayLike,
    covariates: ArrayLike,
) -> tuple[Disparity, ...]:
    """IDX-5: internal minus external score (p,) on parallel items, and how far it departs from what is usual.

    `covariates` (p,q): type and log size; the usual gap is a least-squares fit on them. Below 30 institutions
    there is no usual gap. A large z is a reason to look, not proof.
    """
    gap = np.asarray(internal, float) - np.asarray(external, float)
    se = np.sqrt(np.asarray(internal_variance, float) + np.asarray(external_variance, float))
    if len(gap) < LEAST_DISPARITY:
        return tuple(Disparity(g, s, None, None) for g, s in zip(gap.tolist(), se.tolist(), strict=True))
    x = np.column_stack([np.ones(len(gap)), np.asarray(covariates, float)])
    residual = gap - x @ np.linalg.lstsq(x, gap, rcond=None)[0]
    mad = float(np.median(np.abs(residual - np.median(residual))))
    z: list[float | None] = [None] * len(gap) if mad < 1e-12 else (residual / (1.4826 * mad)).tolist()
    rows = zip(gap.tolist(), se.tolist(), residual.tolist(), z, strict=True)
    return tuple(Disparity(*row) for row in rows)


def _alpha_of(cov: Floats) -> float:
    k, total = len(cov), float(cov.sum())
    if total <= 1e-12 * max(1.0, float(np.trace(cov))):
        raise refuse("ESTIMATE-166")
    return float(k / (k - 1) * (1 - np.trace(cov) / total))


def _item_rest(cov: Floats, j: int) -> float:
    own, with_rest = cov[j, j], cov[j].sum() - cov[j, j]
    rest = cov.sum() - 2 * with_rest - own
    return float(with_rest / np.sqrt(own * rest)) if own > 0 and rest > 0 else 0.0
