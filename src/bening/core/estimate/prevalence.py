"""Bribery experience of those who had a contact, and what people saw or heard: two measures (EST-12)."""

from dataclasses import replace

import numpy as np

from bening.core.estimate.design import Design
from bening.core.estimate.intervals import LEAST_DF, none_of, student_t
from bening.core.estimate.mean import proportion, taylor
from bening.core.kinds import Bools, Estimate, Floats, Measure
from bening.core.problems import refuse

LEAST = 30  # contacts below which nothing is said


def prevalence(
    event: Floats,
    contact: Bools,
    weight: Floats,
    made: Design,
    *,
    sibling_deff: float = 1.0,
    least: int = LEAST,
) -> Estimate:
    """People asked for or giving a bribe per hundred with a contact, both in the same twelve months (EST-12).

    event (n,) is 1, 0 or NaN for no answer, contact (n,). Everybody stays in the design; only people with
    contact count in the share. Fewer contacts than `least` are ESTIMATE-120.
    """
    asked = int((contact & ~np.isnan(event)).sum())
    if asked < least:
        raise refuse("ESTIMATE-120", n=asked, least=least)
    return replace(
        proportion(event, weight, made, contact, sibling_deff=sibling_deff), method=Measure.BRIBE_16_5_1.value
    )


def witnessed(
    event: Floats, weight: Floats, made: Design, measure: Measure = Measure.WITNESSED_EVER
) -> Estimate:
    """People who saw or heard of it, per hundred who answered; never added to a prevalence (EST-12)."""
    if measure not in (Measure.WITNESSED_EVER, Measure.WITNESSED_12M):
        raise refuse("ESTIMATE-124", measure=measure)
    return replace(proportion(event, weight, made), method=measure.value)


def silence(declined: Floats, contact: Bools, weight: Floats, made: Design) -> Estimate:
    """Those with a contact who would rather not say, in percent; shown beside the prevalence (EST-12)."""
    return proportion(declined, weight, made, contact)


def payments(times: Floats, paid: Bools, weight: Floats, made: Design) -> Estimate:
    """Average number of bribes of those who paid, with a t interval not below 0 (EST-12).

    times (n,) is NaN where not said; nobody who paid is ESTIMATE-101.
    """
    found = taylor(times, weight, made, paid)
    se = float(np.sqrt(found.fpc))
    known = found.df >= LEAST_DF and se > 0
    lower, upper = student_t(found.value, se, found.df) if known else (np.nan, np.nan)
    return Estimate(
        found.value,
        se if known else None,
        found.df if known else None,
        max(0.0, float(lower)) if known else None,
        float(upper) if known else None,
        found.n,
        found.n / found.deff if found.deff > 0 else float(found.n),
        found.deff,
        "mean of payers, Taylor, t",
        found.flags | (set() if known else {"no_interval"}),
    )


def at_most(made: Estimate) -> float:
    """The one-sided 95 % limit in percent where nobody reported it: about 300 / n* (EST-7, EST-12)."""
    return 100 * none_of(made.n_eff)
