"""Change from one round to the next, and which changes are clear over all institutions (EST-11)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from bening.core.estimate.composite import satterthwaite
from bening.core.estimate.intervals import student_t
from bening.core.kinds import Change, Estimates, Floats, Ints
from bening.core.problems import refuse

LEAST = 30  # respondents in both years


@dataclass(frozen=True, slots=True)
class Year:
    """What one round says about one number; `variance` without fpc, squared points."""

    value: float
    variance: float
    df: float
    n: int


def change(name: str, before: Year, after: Year, *, same_method: bool, covariance: float = 0.0) -> Change:
    """D = after − before with its t interval and two-sided p (EST-11).

    `covariance` comes from units that took part in both rounds (`paired_covariance`); without stable codes of
    units it is 0. Refused where the editions differ in method (ESTIMATE-121), with fewer than 30 respondents
    in a year (ESTIMATE-122), and where a variance is unknown (ESTIMATE-123).
    """
    if not same_method:
        raise refuse("ESTIMATE-121", what=name)
    if min(before.n, after.n) < LEAST:
        raise refuse("ESTIMATE-122", what=name, n=min(before.n, after.n), least=LEAST)
    variance = before.variance + after.variance - 2 * covariance
    if not variance > 0:
        raise refuse("ESTIMATE-123", what=name)
    difference, se = after.value - before.value, float(np.sqrt(variance))
    df = float(satterthwaite(np.array([before.variance, after.variance]), np.array([before.df, after.df])))
    lower, upper = student_t(difference, se, df)
    p = float(2 * stats.t.sf(abs(difference) / se, df))
    return Change(name, difference, se, df, float(lower), float(upper), p, False)


def paired_covariance(before: Floats, after: Floats, stratum: Ints) -> float:
    """C of two rounds from the influences of their common units (EST-11).

    before, after, stratum (units,): Σ z of a unit in each round, 0 where it was absent.
    """
    of = np.unique(stratum, return_inverse=True)[1]
    n = np.bincount(of)
    product = (
        np.bincount(of, weights=before * after)
        - np.bincount(of, weights=before) * np.bincount(of, weights=after) / n
    )
    return float((np.where(n > 1, n / np.maximum(n - 1, 1), 0) * product).sum())


def changes(
    before: Estimates, after: Estimates, *, same_method: bool, level: float = 0.05
) -> tuple[Change, ...]:
    """The change of the index of every institution in both rounds, with Benjamini–Hochberg over all of them.

    Institutions with too few answers or an unknown variance in either round are left out, not refused
    (EST-11).
    """
    then, now = _indices(before), _indices(after)
    found = [
        change(name, then[name], now[name], same_method=same_method)
        for name in now
        if name in then
        and min(then[name].n, now[name].n) >= LEAST
        and then[name].variance + now[name].variance > 0
    ]
    return clear(found, level)


def clear(found: Sequence[Change], level: float = 0.05) -> tuple[Change, ...]:
    """Mark the changes that stay clear when all are tested together (EST-11, QLT-5)."""
    adjusted = stats.false_discovery_control([one.p for one in found]) if found else ()
    return tuple(replace(one, clear=bool(q <= level)) for one, q in zip(found, adjusted, strict=True))


def _indices(made: Estimates) -> dict[str, Year]:
    """The index rows of whole institutions."""
    rows = np.flatnonzero((made.level.codes == made.level.names.index("index")) & (made.unit.codes == 0))
    return {
        made.institution.names[made.institution.codes[row]]: Year(
            float(made.estimate[row]),
            float(made.se_repeat[row] ** 2),
            float(made.df_repeat[row]),
            int(made.n[row]),
        )
        for row in rows
    }
