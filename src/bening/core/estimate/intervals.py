"""Intervals for scores and proportions, and the chance of a class (EST-6, EST-7, EST-8)."""

from collections.abc import Sequence

import numpy as np
from scipy import special, stats

from bening.core.kinds import Bools, Bound, Floats
from bening.core.problems import refuse

LEAST_DF = 4.0  # below it a value stands without an interval


def quantile(df: Floats | float) -> Floats:
    """t₀.₉₇₅(df), each different df computed once: most of a round's are the same few whole numbers."""
    seen, of = np.unique(np.asarray(df, float), return_inverse=True)
    found: Floats = stats.t.ppf(0.975, seen)[of].reshape(np.shape(df))
    return found


def student_t(value: Floats | float, se: Floats | float, df: Floats | float) -> tuple[Floats, Floats]:
    """value ± t₀.₉₇₅(df)·se: for differences, which have no edges (EST-6)."""
    margin = quantile(df) * np.asarray(se)
    return value - margin, value + margin


def logit_t(value: Floats | float, se: Floats | float, df: Floats | float) -> tuple[Floats, Floats]:
    """The default interval of a score strictly between 0 and 100, never beyond them (EST-6)."""
    share = np.asarray(value, float) / 100
    width = quantile(df) * np.asarray(se) / 100 / (share * (1 - share))
    middle = special.logit(share)
    return 100 * special.expit(middle - width), 100 * special.expit(middle + width)


def beta(share: Floats | float, n_star: Floats | float) -> tuple[Floats, Floats]:
    """Korn–Graubard limits of a proportion with n* effective answers (EST-7)."""
    events = np.asarray(share, float) * n_star
    others = n_star - events
    with np.errstate(invalid="ignore"):
        lower = np.where(events > 0, stats.beta.ppf(0.025, events, others + 1), 0.0)
        upper = np.where(others > 0, stats.beta.ppf(0.975, events + 1, others), 1.0)
    return lower, upper


def effective(share: Floats | float, se: Floats | float, n: Floats | float, df: Floats | float) -> Floats:
    """n* of EST-7: the simple random sample as sure as this one, corrected for its degrees of freedom."""
    share = np.asarray(share, float)
    ratio = quantile(np.asarray(n) - 1.0) / quantile(df)
    found: Floats = share * (1 - share) / np.asarray(se) ** 2 * ratio**2
    return found


def none_of(n_star: float) -> float:
    """Upper limit (95 %, one-sided) of a share nobody of n* reported: about 3/n* (EST-7)."""
    return float(1 - 0.05 ** (1 / n_star))


def interval(value: Floats, se: Floats, df: Floats, n_eff: Floats) -> tuple[Floats, Floats, Bools]:
    """Limits of scores 0–100 and where there are none: no se, or fewer than 4 degrees of freedom (EST-6, 7).

    At 0 or 100 the limits come from the Beta distribution with n* = `n_eff`, which needs no se; a se of 0 (a
    census) gives the value itself, whatever the degrees of freedom.
    """
    lower, upper = np.full(value.shape, np.nan), np.full(value.shape, np.nan)
    sure, enough, edge = se == 0, df >= LEAST_DF, (value <= 0) | (value >= 100)
    lower[sure] = upper[sure] = value[sure]
    inner = enough & ~edge & ~sure & np.isfinite(se)
    lower[inner], upper[inner] = logit_t(value[inner], se[inner], df[inner])
    edge &= enough & ~sure
    low, high = beta(value[edge] / 100, n_eff[edge])
    lower[edge], upper[edge] = 100 * low, 100 * high
    return lower, upper, np.isnan(lower)


def chance_below(value: float, se: float, df: float, bound: float) -> float:
    """P(I < bound): the chance that a repetition stays below the lower bound of a class (EST-8).

    `value` and `se` belong to the index before deductions, without fpc; a deduction is added to `bound`.
    ESTIMATE-113 where the se is unknown or the value stands at 0 or 100.
    """
    if not (se > 0 and 0 < value < 100 and df > 0):
        raise refuse("ESTIMATE-113", value=value)
    if not 0 < bound < 100:
        return float(bound >= 100)
    share = value / 100
    spread = se / 100 / (share * (1 - share))
    return float(stats.t.cdf((special.logit(bound / 100) - special.logit(share)) / spread, df))


def chances(
    value: float, se: float, df: float, bounds: Sequence[Bound], deduction: float = 0.0
) -> dict[str, float]:
    """P(class) of every class, ascending; they sum to 1 (EST-8)."""
    below = [chance_below(value, se, df, bound.lower + deduction) for bound in bounds] + [1.0]
    below[0] = 0.0
    return {bound.code: below[place + 1] - below[place] for place, bound in enumerate(bounds)}
