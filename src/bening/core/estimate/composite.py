"""The index of independent groups and its variance (EST-5, IDX-2)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bening.core.kinds import Floats


@dataclass(frozen=True, slots=True)
class Composite:
    """The index of p places; all arrays (p,), NaN where it does not exist or is unknown."""

    value: Floats
    variance: Floats
    df: Floats


def composite(weights: Floats, value: Floats, variance: Floats, df: Floats) -> Composite:
    """I = Σ a m, V = Σ a² V, Satterthwaite df (EST-5), for p places and G groups ((G,) and (p, G) arrays).

    A group that is NaN makes the place NaN; groups of weight 0 play no part. Where every variance is 0 the
    degrees of freedom are those of the groups together.
    """
    used = weights > 0
    a, value, variance, df = weights[used], value[:, used], variance[:, used], df[:, used]
    part = a**2 * variance
    return Composite(value @ a, part.sum(axis=1), satterthwaite(part, df))


def satterthwaite(part: Floats, df: Floats) -> Floats:
    """Degrees of freedom of a sum of independent variances along the last axis, kept fractional (EST-5).

    Parts that are exactly 0 bring none; where all are, the sum of the df stands. A part without df gives NaN.
    """
    share = np.divide(part**2, df, out=np.full(part.shape, np.nan), where=df > 0)
    below = np.atleast_1d(np.where(part == 0, 0, share).sum(axis=-1))
    total, together = np.atleast_1d(part.sum(axis=-1) ** 2), np.atleast_1d(df.sum(axis=-1)).astype(float)
    found: Floats = np.divide(total, below, out=together, where=below != 0)
    return found.reshape(part.shape[:-1])


def deducted(value: float, deductions: Mapping[str, float]) -> float:
    """A value or limit after constant deductions, kept inside 0–100 last (EST-5)."""
    return min(100.0, max(0.0, value - sum(deductions.values())))
