"""Calibration of weights to known totals, many institutions at once, and the variance after it (WGT-3, 4)."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bening.core.estimate.fold import fold
from bening.core.kinds import Bools, Floats, Ints

STEPS, HALVINGS = 50, 12
CLOSE, DONE = 1e-8, 1e-13  # of the total: what counts as reached, and when there is nothing left to gain


class Distance(StrEnum):
    """How far a calibrated weight may move from its base weight."""

    LINEAR = "linear"  # GREG; weights may turn negative
    RAKING = "raking"  # always positive, without an upper bound
    LOGIT = "logit"  # between two bounds


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lowest and highest ratio of calibrated to base weight for the bounded logit."""

    lower: float = 0.4
    upper: float = 3.0


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Weights (n,) and for each institution (I,) whether its totals were reached."""

    weight: Floats
    reached: Bools


def calibrate(
    base: Floats,
    x: Floats,
    totals: Floats,
    *,
    of: Ints | None = None,
    distance: Distance = Distance.LOGIT,
    bounds: Bounds | None = None,
) -> Calibrated:
    """w = d·F(x'λ) with Σ w x = T in every institution, by Newton with step halving (WGT-3).

    base (n,), x (n, q), totals (I, q) or (q,), `of` (n,) the number of the institution. Columns may be
    redundant as long as their totals agree. Where the totals cannot be reached, the base weights stay and
    `reached` says so.
    """
    totals = np.atleast_2d(np.asarray(totals, float))
    of = np.zeros(len(base), np.int64) if of is None else of
    limits = bounds or Bounds()
    scale = np.maximum(np.abs(totals).max(axis=1), 1e-300)
    at = np.zeros(totals.shape)
    error = _error(base, x, totals, of, at, distance, limits)
    for _ in range(STEPS):
        worst = np.abs(error).max(axis=1) / scale
        if not (worst > DONE).any():
            break
        step = _newton(base * _slope((x * at[of]).sum(axis=1), distance, limits), x, of, error)
        for _ in range(HALVINGS):
            tried = _error(base, x, totals, of, at + step, distance, limits)
            better = np.abs(tried).max(axis=1) / scale < worst
            if better.all():
                break
            step[~better] /= 2
        if not better.any():
            break
        at = np.where(better[:, None], at + step, at)
        error = np.where(better[:, None], tried, error)
    reached = np.abs(error).max(axis=1) / scale < CLOSE
    ratio = _ratio((x * at[of]).sum(axis=1), distance, limits)
    return Calibrated(np.where(reached[of], base * ratio, base), reached)


def _ratio(u: Floats, distance: Distance, limits: Bounds) -> Floats:
    """F(u) of WGT-3; an overflow becomes infinite and the step is halved."""
    if distance == Distance.LINEAR:
        return 1 + u
    with np.errstate(over="ignore", invalid="ignore"):
        if distance == Distance.RAKING:
            return np.exp(u)
        low, high = limits.lower, limits.upper
        grown = np.exp(np.minimum(u * (high - low) / ((1 - low) * (high - 1)), 700))
        return (low * (high - 1) + high * (1 - low) * grown) / ((high - 1) + (1 - low) * grown)


def _slope(u: Floats, distance: Distance, limits: Bounds) -> Floats:
    """F'(u)."""
    ratio = _ratio(u, distance, limits)
    if distance == Distance.LINEAR:
        return np.ones_like(u)
    if distance == Distance.RAKING:
        return ratio
    low, high = limits.lower, limits.upper
    return (ratio - low) * (high - ratio) / ((1 - low) * (high - 1))


def _error(
    base: Floats, x: Floats, totals: Floats, of: Ints, at: Floats, distance: Distance, limits: Bounds
) -> Floats:
    """T − Σ w x of each institution (I, q); infinite where a weight is."""
    weight = base * _ratio((x * at[of]).sum(axis=1), distance, limits)
    with np.errstate(invalid="ignore"):
        error = totals - fold(weight[:, None] * x, of, len(totals))
    return np.where(np.isfinite(error), error, np.inf)


def _newton(weight: Floats, x: Floats, of: Ints, error: Floats) -> Floats:
    """[X' diag(dF') X]⁻¹ (T − X'w) of each institution; redundant columns share the step (I, q)."""
    size, q = error.shape
    matrix = np.empty((size, q, q))
    for a in range(q):
        matrix[:, a, a:] = matrix[:, a:, a] = fold((weight * x[:, a])[:, None] * x[:, a:], of, size)
    step: Floats = (np.linalg.pinv(matrix, rcond=1e-11, hermitian=True) @ error[:, :, None])[:, :, 0]
    return step


def calibration_influence(y: Floats, weight: Floats, base: Floats, x: Floats) -> Floats:
    """z_k of the calibrated mean: residuals of a base-weighted regression on the calibration columns (WGT-4).

    y, weight (calibrated), base (n,), x (n, q). Give the result to `variance_of`.
    """
    off = y - (weight * y).sum() / weight.sum()
    root = np.sqrt(base)
    fitted = np.linalg.lstsq(x * root[:, None], off * root, rcond=None)[0]
    influence: Floats = weight * (off - x @ fitted) / weight.sum()
    return influence
