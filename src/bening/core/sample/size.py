"""How many answers a wanted precision needs, and how many invitations those answers need (SMP-1, 2, 5)."""

import math

from scipy.stats import norm

from bening.core.problems import refuse

PRIOR_INVITATIONS = 10  # weight of the type's rate beside an institution's own history, in invitations
LOWEST_RATE = 0.1  # below this a rate is no basis for planning


def proportion_size(margin: float, population: float, *, p: float = 0.5, confidence: float = 0.95) -> float:
    """SMP-1: answers for a margin of error of a proportion (`margin` and `p` as shares, 0–1).

    `population` may be infinite. Unrounded; round up for planning. Says nothing about the index: use
    `mean_size`.
    """
    _check(margin, population)
    base = _z(confidence) ** 2 * p * (1 - p) / margin**2
    return base / (1 + (base - 1) / population)


def mean_size(half_width: float, population: float, *, sd: float, confidence: float = 0.95) -> float:
    """SMP-2: answers for a half-width of a mean score (`half_width` and `sd` in index points), unrounded."""
    _check(half_width, population)
    base = (_z(confidence) * sd / half_width) ** 2
    return base / (1 + base / population)


def response_rate_expected(answered: int, invited: int, *, kind_rate: float) -> float:
    """SMP-5: planning rate of a stratum from its last edition, pulled to the rate of its kind, at least
    0.1.
    """
    if not 0 <= answered <= invited:
        raise refuse("SAMPLE-104", field="answered", value=answered)
    pulled = (answered + PRIOR_INVITATIONS * kind_rate) / (invited + PRIOR_INVITATIONS)
    return max(LOWEST_RATE, pulled)


def invitations(answers: int, population: int, *, response: float) -> int:
    """SMP-5: people to invite for the wanted answers at the expected rate, never more than there are."""
    if not 0 < response <= 1:
        raise refuse("SAMPLE-104", field="response", value=response)
    # The tiny subtraction keeps 12 / 0.4 at 30 although floating point gives 30.000000000000004 elsewhere.
    return min(population, math.ceil(answers / response - 1e-9))


def _z(confidence: float) -> float:
    return float(norm.ppf(0.5 + confidence / 2))


def _check(margin: float, population: float) -> None:
    if not margin > 0:
        raise refuse("SAMPLE-101", margin=margin)
    if not population >= 1:
        raise refuse("SAMPLE-102", population=population)
