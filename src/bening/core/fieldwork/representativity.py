"""Whether those who answer mirror those who were invited, from counts at the gate alone (WGT-7, 8, 9).

A cell is a combination of frame classes with the number invited and the number of tokens issued. Nothing
here sees a person or an answer. Only the bias-adjusted indicator is shown: the plain one makes small places
look bad.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from bening.core.kinds import Floats, Ints, Representativity
from bening.core.problems import refuse

MOST_VARIABLES = 3
STEPS = 60


def representativity(
    factors: Mapping[str, Sequence[str]], invited: ArrayLike, issued: ArrayLike
) -> Representativity:
    """WGT-7: bias-adjusted R-indicator of cells: categories by variable (C each), counts (C,).

    Main-effects logistic propensities; categories in which nobody or everybody answered are merged first.
    """
    n, r = _counts(invited, issued)
    if not 1 <= len(factors) <= MOST_VARIABLES:
        raise refuse("FIELD-102", count=len(factors))
    x = design({name: merge_extremes(values, n, r) for name, values in factors.items()})
    rho = expit(x @ _logistic(x, n, r))
    total, rate = n.sum(), float(r.sum() / n.sum())
    variance = float(n @ (rho - rate) ** 2 / (total - 1))
    slope = (rho * (1 - rho))[:, None] * x
    slope -= n @ slope / total
    information = (x * (n * rho * (1 - rho))[:, None]).T @ x
    bias = float(np.einsum("c,ci,ij,cj->", n, slope, np.linalg.inv(information), slope) / total)
    adjusted = math.sqrt(max(0.0, variance - bias))
    return Representativity(rate, tuple(rho.tolist()), variance, bias, 1 - 2 * adjusted, adjusted / rate)


def partial(
    categories: Sequence[str], invited: ArrayLike, propensities: ArrayLike
) -> tuple[float, dict[str, float]]:
    """WGT-8, unconditional: how much of the unevenness one variable carries, and each category with its sign.

    Negative: the group is missing. Divisor N. All (C,).
    """
    n, rho = np.asarray(invited, float), np.asarray(propensities, float)
    names, code = _categories(categories)
    size = np.bincount(code, n)
    departure = np.sqrt(size / n.sum()) * (np.bincount(code, n * rho) / size - n @ rho / n.sum())
    return float(np.sqrt((departure**2).sum())), dict(zip(names, departure.tolist(), strict=True))


def partial_given(
    categories: Sequence[str], given: Sequence[str], invited: ArrayLike, *, propensities: ArrayLike
) -> tuple[float, dict[str, float]]:
    """WGT-8, conditional: the unevenness that is left inside the classes `given`, in total and by category.
    All (C,).
    """
    n, rho = np.asarray(invited, float), np.asarray(propensities, float)
    names, code = _categories(categories)
    _, inside = _categories(given)
    centre = np.bincount(inside, n * rho) / np.bincount(inside, n)
    squares = np.bincount(code, n * (rho - centre[inside]) ** 2) / n.sum()
    return float(np.sqrt(squares.sum())), dict(zip(names, np.sqrt(squares).tolist(), strict=True))


def worst_bias(sd: float, cv: float) -> float:
    """WGT-9: points by which the score could be wrong if propensity and score went together as far as
    possible.

    `sd` of the score from last year or pooled, `cv` of `representativity`. Not an estimate of the bias.
    """
    return sd * cv


def merge_extremes(categories: Sequence[str], invited: ArrayLike, issued: ArrayLike) -> tuple[str, ...]:
    """WGT-7: categories in which nobody or everybody answered, merged with the next smallest of their
    variable.
    """
    n, r = np.asarray(invited, float), np.asarray(issued, float)
    current = tuple(categories)
    while True:
        names, code = _categories(current)
        size, got = np.bincount(code, n), np.bincount(code, r)
        extreme = np.flatnonzero((got == 0) | (got == size))
        if len(extreme) == 0 or len(names) == 1:
            return current
        at = int(extreme[np.argmin(size[extreme])])
        other = min((k for k in range(len(names)) if k != at), key=lambda k: (size[k], names[k]))
        pair, merged = {names[at], names[other]}, " + ".join(sorted([names[at], names[other]]))
        current = tuple(merged if name in pair else name for name in current)


def design(factors: Mapping[str, Sequence[str]]) -> Floats:
    """WGT-7: intercept and one indicator for every category but the first of each variable (C,q)."""
    cells = len(next(iter(factors.values())))
    columns = [np.ones(cells)]
    for values in factors.values():
        names, code = _categories(values)
        columns += [(code == k).astype(float) for k in range(1, len(names))]
    return np.column_stack(columns)


def _logistic(x: Floats, n: Floats, r: Floats) -> Floats:
    """Maximum likelihood by Newton; a combination of categories without a maximum is refused."""
    b = np.zeros(x.shape[1])
    b[0] = math.log(max(r.sum(), 0.5) / max(n.sum() - r.sum(), 0.5))
    for _ in range(STEPS):
        rho = expit(x @ b)
        information = (x * (n * rho * (1 - rho))[:, None]).T @ x
        if np.linalg.cond(information) > 1e12:
            break
        step = np.linalg.solve(information, x.T @ (r - n * rho))
        b = b + step
        if np.abs(step).max() < 1e-12:
            return b
    raise refuse("FIELD-103")


def _counts(invited: ArrayLike, issued: ArrayLike) -> tuple[Floats, Floats]:
    n, r = np.asarray(invited, float), np.asarray(issued, float)
    for c in np.flatnonzero((n < 1) | (r < 0) | (r > n)):
        raise refuse("FIELD-101", cell=int(c) + 1, issued=float(r[c]), invited=float(n[c]))
    return n, r


def _categories(values: Sequence[str]) -> tuple[list[str], Ints]:
    names, code = np.unique(np.asarray(values, str), return_inverse=True)
    return names.tolist(), code
