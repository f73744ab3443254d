"""Other signals of steering (QLT-7): one p-value each. None of them flags a unit alone."""

from math import isnan, nan

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, chi2, norm

LEAST_TOLD = 10  # answers to the coaching questions
LEAST_BURST = 10  # answers of a unit with a known hour


def agreement_signal(duplicates: float, excess: float) -> float:
    """QLT-7: the smaller of two p-values of one family, doubled; NaN = not tested, then the other alone."""
    tested = [p for p in (duplicates, excess) if not isnan(p)]
    return min(1.0, min(tested) * len(tested)) if tested else nan


def burst(
    unit: NDArray[np.integer], rest: NDArray[np.integer], rng: np.random.Generator, draws: int = 999
) -> float:
    """QLT-7, timing: p-value of the hour in which a unit answered most beyond its institution's profile.

    `unit`, `rest` (H,) issued rights per hour in this unit and in the others. Hours are permuted over all
    rights of the institution. NaN below ten rights or without others to compare with.
    """
    n, profile = int(unit.sum()), unit + rest
    if n < LEAST_BURST or not rest.sum():
        return nan
    shares = profile / profile.sum()
    null = rng.multivariate_hypergeometric(profile, n, size=draws) / n - shares
    observed = (unit / n - shares).max()
    return float((1 + (null.max(axis=1) >= observed - 1e-12).sum()) / (draws + 1))


def high_and_even(z: float, n: int, *, variance: float, pooled: float) -> float:
    """QLT-7, level: p-value of a mean far above others (`z`) together with a spread far below theirs.

    `variance` of the unit and `pooled` of its type, in squared index points; the larger of both p-values
    counts, so that neither a good office nor a quiet one is a signal. NaN below two answers or without
    pooled spread.
    """
    if n < 2 or pooled <= 0:
        return nan
    return float(max(norm.sf(z), chi2.cdf((n - 1) * variance / pooled, n - 1)))


def gap_signal(z: float) -> float:
    """QLT-7, source gap: p-value of insiders far above users (IDX-5 z of the institution)."""
    return float(norm.sf(z))


def jump(change: float, others: NDArray[np.float64]) -> float:
    """QLT-7, year jump: share of institutions whose EST-11 change is as large, this one counted with them.

    A signal when it falls below 0.01, which takes a hundred institutions. NaN without others.
    """
    return float((1 + (others >= change).sum()) / (1 + others.size)) if others.size else nan


def told(n: int, said: int, *, usual: float) -> float:
    """QLT-7, told what to answer: exact binomial p-value of `said` among `n`; `usual` is the share (0–1) in
    units of the type. NaN below ten answers. The result is for the agency and never shown to the institution.
    """
    return float(binom.sf(said - 1, n, usual)) if n >= LEAST_TOLD else nan
