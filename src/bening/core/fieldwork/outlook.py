"""What more there is to come: answers by the end of the field, and how sure the R-indicator is."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm

from bening.core.fieldwork.representativity import design, merge_extremes, representativity


def expected_final(invited: int, issued: int, *, chance: float, left: int) -> float:
    """RPR-3: tokens at the end if each of the reminders that are left wins `chance` of the still open."""
    return invited - (invited - issued) * (1 - chance) ** left


def indicator_interval(
    factors: Mapping[str, Sequence[str]], invited: ArrayLike, issued: ArrayLike, *, confidence: float = 0.95
) -> tuple[float, float]:
    """RPR-4: interval of the bias-adjusted R-indicator, its variance linearised in the coefficients.

    The term of second order keeps it from shrinking to a point where all answer alike. Arguments as
    `representativity`; within [−1, 1] and never above 1.
    """
    found = representativity(factors, invited, issued)
    n = np.asarray(invited, float)
    merged = {name: merge_extremes(values, n, np.asarray(issued, float)) for name, values in factors.items()}
    x, rho, total = design(merged), np.asarray(found.propensities), n.sum()
    slope = (rho * (1 - rho))[:, None] * x
    slope -= n @ slope / total
    spread = np.linalg.inv((x * (n * rho * (1 - rho))[:, None]).T @ x)
    first = 2 * (n * (rho - found.rate)) @ slope / (total - 1)
    second = (slope * n[:, None]).T @ slope / (total - 1) @ spread
    sd = math.sqrt(float(first @ spread @ first) + 2 * float(np.trace(second @ second)))
    z = float(norm.ppf(0.5 + confidence / 2))
    middle = found.variance - found.bias
    lower, upper = (max(0.0, middle + sign * z * sd) for sign in (1, -1))
    return max(-1.0, 1 - 2 * math.sqrt(lower)), 1 - 2 * math.sqrt(upper)
