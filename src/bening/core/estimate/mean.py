"""Mean and share of one sample with Taylor variance, for numbers beside the index (EST-1, 2, 3, 7, 9)."""

from dataclasses import dataclass

import numpy as np

from bening.core.estimate.design import Design
from bening.core.estimate.intervals import interval
from bening.core.estimate.variance import Spread, spread
from bening.core.kinds import Bools, Estimate, Floats
from bening.core.problems import refuse


@dataclass(frozen=True, slots=True)
class Taylor:
    """A weighted mean with its linearised variances; `influence` (n,) is z_k of EST-1."""

    value: float
    fpc: float  # variance with finite population correction
    repeat: float  # variance without
    df: float
    n: int
    deff: float  # EST-13
    kish: float  # WGT-5
    flags: frozenset[str]
    census: bool
    influence: Floats


def taylor(y: Floats, weight: Floats, made: Design, domain: Bools | None = None) -> Taylor:
    """m = Σ w y / Σ w and its variance (EST-1, EST-2, EST-3), in a domain without dropping anybody (EST-9).

    y, weight (n,), final weights above zero (ESTIMATE-108). NaN in y is outside the domain. A domain without
    answers is ESTIMATE-101.
    """
    if not (np.isfinite(weight) & (weight > 0)).all():
        raise refuse("ESTIMATE-108", weight=float(np.min(weight)))
    inside = ~np.isnan(y) if domain is None else domain & ~np.isnan(y)
    if not inside.any():
        raise refuse("ESTIMATE-101", what="domain")
    w = np.where(inside, weight, 0)
    value = float((w * np.where(inside, y, 0)).sum() / w.sum())
    z = w * np.where(inside, y - value, 0) / w.sum()
    return _described(value, y[inside], weight[inside], made, _spread(z, inside, made), z)


def _spread(z: Floats, inside: Bools, made: Design) -> Spread:
    """EST-2, EST-3, EST-10 for one column of influences."""
    nobody = np.zeros(len(z), np.int64)
    return spread(made, z[:, None], (z * z)[:, None], inside.astype(np.int64)[:, None], nobody, nobody[:1])


def variance_of(influence: Floats, made: Design) -> tuple[float, float]:
    """Variance with and without fpc of a total of influences (n,), such as those of WGT-4 (EST-2, EST-3)."""
    found = _spread(influence, np.ones(len(influence), bool), made)
    return float(found.fpc[0, 0]), float(found.repeat[0, 0])


def _described(value: float, y: Floats, w: Floats, made: Design, found: Spread, z: Floats) -> Taylor:
    """Counts, design effect (EST-13) and flags beside the variances."""
    n = len(y)
    kish = float(n * (w**2).sum() / w.sum() ** 2)
    s2 = float((w * (y - value) ** 2).sum() / w.sum() * n / (n - 1)) if n > 1 else 0.0
    finite = bool(np.isfinite(made.stratum_size).all()) and w.sum() > n
    simple = (1 - n / w.sum() if finite else 1.0) * s2 / n
    flags = {word for word, holds in (("lonely_adjusted", found.lonely[0]), ("fpc", found.high[0])) if holds}
    return Taylor(
        value,
        float(found.fpc[0, 0]),
        float(found.repeat[0, 0]),
        float(found.df[0, 0]),
        n,
        float(found.fpc[0, 0]) / simple if simple > 0 else kish,
        kish,
        frozenset(flags),
        bool(found.census[0]),
        z,
    )


def mean(y: Floats, weight: Floats, made: Design, domain: Bools | None = None) -> Estimate:
    """A mean of scores 0–100 with its logit-t interval (EST-1, EST-6); scores outside are ESTIMATE-111."""
    outside = y[(y < 0) | (y > 100)]
    if outside.size:
        raise refuse("ESTIMATE-111", item="y", score=float(outside[0]))
    return _estimate(taylor(y, weight, made, domain), 1.0, "mean, Taylor, logit-t")


def proportion(
    event: Floats, weight: Floats, made: Design, domain: Bools | None = None, *, sibling_deff: float = 1.0
) -> Estimate:
    """A share in percent of events coded 0 and 1, NaN for no answer (EST-6; EST-7 where nobody or everybody).

    `sibling_deff` is the design effect of a comparable item, used where the events themselves do not vary.
    """
    if not np.isin(event[~np.isnan(event)], (0.0, 1.0)).all():
        raise refuse("ESTIMATE-111", item="event", score=float(np.nanmax(event)))
    return _estimate(
        taylor(100 * event, weight, made, domain), sibling_deff, "share, Taylor, logit-t or Beta"
    )


def _estimate(found: Taylor, sibling_deff: float, method: str) -> Estimate:
    """The record: where all gave the same score, a variance of 0 says nothing about a repetition (EST-2)."""
    flat = found.fpc == 0 and not found.census and found.n > 1
    known = found.df >= 1 or found.census
    se = float(np.sqrt(found.fpc)) if known and not flat else None
    deff = sibling_deff if flat else found.deff
    n_eff = found.n / deff if deff > 0 else float(found.n)
    lower, upper, none = interval(*(np.array([x], float) for x in (found.value, se, found.df, n_eff)))
    flags = {word for word, holds in (("zero_variance", flat), ("no_interval", none[0])) if holds}
    return Estimate(
        found.value,
        se,
        found.df if known else None,
        None if none[0] else float(lower[0]),
        None if none[0] else float(upper[0]),
        found.n,
        n_eff,
        found.deff,
        method,
        found.flags | flags,
    )
