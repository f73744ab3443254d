"""Small units: scores pulled to the average of their institution (SAE-1 to 4).

Works on three figures a unit (mean, answers, squared deviations inside it), never on answers.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize_scalar
from scipy.stats import false_discovery_control, norm, t

from bening.core.kinds import Bools, Display, Floats, Ints, Shrunken, UnitShown
from bening.core.problems import refuse

LEAST_UNITS, LEAST_DF = 8, 30  # below these the spreads are borrowed from institutions of the same type


@dataclass(frozen=True, slots=True)
class Spreads:
    """Variance of true unit scores around their average and of answers inside a unit (points²)."""

    between: float
    within: float


def spreads(
    means: ArrayLike, answers: ArrayLike, *, squares: float, institution: ArrayLike | None = None
) -> Spreads:
    """SAE-1: REML of the two variances from unit means (U,), their answers (U,) and the sum of squares
    inside units.

    With `institution` (U,) the units of several institutions of one type are pooled, each institution with
    an average of its own. The ratio of the variances is searched on a line; the rest has a closed form.
    """
    y, n = np.asarray(means, float), np.asarray(answers, float)
    house = _codes(institution, len(y))
    if len(y) <= house.max() + 1 or n.sum() <= len(y):
        raise refuse("ESTIMATE-165")
    if squares <= 0:
        return Spreads(_around(y, house, np.ones(len(y))) / (len(y) - house.max() - 1), 0.0)

    def criterion(place: float) -> float:
        return _reml(y, n, house, squares=squares, ratio=place / (1 - place))[0]

    grid = np.linspace(0, 0.999, 200)
    at = int(np.argmin([criterion(place) for place in grid]))
    low, high = grid[max(at - 1, 0)], grid[min(at + 1, len(grid) - 1)]
    found = minimize_scalar(criterion, bounds=(low, high), method="bounded", options={"xatol": 1e-12})
    place = float(found.x) if found.fun < criterion(0.0) else 0.0
    ratio = place / (1 - place)
    within = _reml(y, n, house, squares=squares, ratio=ratio)[1]
    return Spreads(ratio * within, within)


def enough_units(answers: ArrayLike) -> bool:
    """SAE-1: whether an institution can estimate its own spreads or must borrow those of its type."""
    n = np.asarray(answers, float)
    return len(n) >= LEAST_UNITS and float(n.sum()) - len(n) >= LEAST_DF


def shrink(means: ArrayLike, answers: ArrayLike, found: Spreads) -> tuple[float, tuple[Shrunken, ...]]:
    """SAE-1: the average of the units and each unit pulled to it; `answers` may be effective numbers.

    One unit alone is left as it is. Without spread between units every unit equals the average.
    """
    y, n = np.asarray(means, float), np.asarray(answers, float)
    if np.any(n <= 0):
        raise refuse("ESTIMATE-171", field="answers", value=float(n.min()))
    if len(y) == 1:
        return float(y[0]), (Shrunken(float(y[0]), float(y[0]), math.sqrt(found.within / n[0]), 1.0),)
    centre, centre_variance = average(y, n, found)
    own = np.zeros(len(y)) if found.between == 0 else found.between / (found.between + found.within / n)
    value = own * y + (1 - own) * centre
    pse = np.sqrt(found.between * (1 - own) + (1 - own) ** 2 * centre_variance)
    rows = zip(y.tolist(), value.tolist(), pse.tolist(), own.tolist(), strict=True)
    return centre, tuple(Shrunken(*row) for row in rows)


def average(means: ArrayLike, answers: ArrayLike, found: Spreads) -> tuple[float, float]:
    """SAE-1: the average μ of the units and its variance, weighted by how sure each unit mean is."""
    v = found.between + found.within / np.asarray(answers, float)
    precision = 1 / v if np.all(v > 0) else np.ones(len(v))
    variance = 1 / precision.sum() if np.all(v > 0) else 0.0
    return float(precision @ np.asarray(means, float) / precision.sum()), float(variance)


def present(
    unit: Shrunken,
    answers: int,
    *,
    df: float,
    cuts: tuple[float, float],
    least: int = 10,
    interval_from: int = 15,
    sure: float = 0.8,
) -> UnitShown:
    """SAE-2: what may be printed of a unit; `cuts` part low, middle and high. Comes on top of disclosure
    control.
    """
    if answers < least:
        return UnitShown(Display.MERGED)
    if answers >= interval_from:
        half = float(t.ppf(0.975, df)) * unit.pse
        lower, upper = max(0.0, unit.value - half), min(100.0, unit.value + half)
        return UnitShown(Display.INTERVAL, value=unit.value, lower=lower, upper=upper)
    chances = _band_chances(unit, cuts, df)
    band = max(chances, key=lambda name: chances[name])
    return UnitShown(Display.BAND, band=band) if chances[band] >= sure else UnitShown(Display.SAME)


def benchmark(values: ArrayLike, shares: ArrayLike, *, institution: float) -> Floats:
    """SAE-3: unit values scaled so that their mean by population share is the institution's direct score."""
    y, w = np.asarray(values, float), np.asarray(shares, float)
    return np.asarray(y * institution / (w @ y / w.sum()))


def different(means: ArrayLike, answers: ArrayLike, found: Spreads, *, q: float = 0.1) -> Bools:
    """SAE-4: units whose direct mean differs from the average, at a false discovery rate of `q` per
    institution.
    """
    y, n = np.asarray(means, float), np.asarray(answers, float)
    v = found.between + found.within / n
    if len(y) < 2 or not np.all(v > 0):
        return np.zeros(len(y), bool)
    p = 2 * norm.sf(np.abs(y - average(y, n, found)[0]) / np.sqrt(v))
    return np.asarray(false_discovery_control(p) <= q)


def _reml(y: Floats, n: Floats, house: Ints, *, squares: float, ratio: float) -> tuple[float, float]:
    """−2 × restricted log likelihood (up to a constant) and the inner variance at a ratio between/within."""
    spread = ratio + 1 / n
    free = n.sum() - house.max() - 1
    within = (squares + _around(y, house, 1 / spread)) / free
    precision = np.bincount(house, 1 / spread)
    return float(free * np.log(within) + np.log(n * spread).sum() + np.log(precision).sum()), float(within)


def _codes(institution: ArrayLike | None, units: int) -> Ints:
    if institution is None:
        return np.zeros(units, np.int64)
    return np.unique(np.asarray(institution), return_inverse=True)[1].astype(np.int64)


def _around(y: Floats, house: Ints, weight: Floats) -> float:
    """Weighted squared deviations of unit means from the weighted mean of their institution."""
    centre = np.bincount(house, weight * y) / np.bincount(house, weight)
    return float((weight * (y - centre[house]) ** 2).sum())


def _band_chances(unit: Shrunken, cuts: Sequence[float], df: float) -> dict[str, float]:
    if unit.pse == 0:
        below = [float(unit.value < cut) for cut in cuts]
    else:
        below = [float(t.cdf((cut - unit.value) / unit.pse, df)) for cut in cuts]
    return {"low": below[0], "middle": below[1] - below[0], "high": 1 - below[1]}
