"""How the answers of an institution are spread over its strata (SMP-3, 4).

The rules of SMP-3 give real numbers that sum to n; `whole` turns them into whole answers between floors and
caps; `allocate` does both for a list of strata and adds the invitations of SMP-5.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from bening.core.kinds import Allocation, Floats, Ints, Stratum
from bening.core.problems import refuse
from bening.core.sample.size import invitations


def proportional(n: float, population: ArrayLike) -> Floats:
    """SMP-3: n answers in proportion to the population (H,)."""
    return _share(n, np.asarray(population, float))


def equal(n: float, population: ArrayLike) -> Floats:
    """SMP-3: the same number of answers in each of the H strata."""
    return _share(n, np.ones(len(np.asarray(population))))


def neyman(n: float, population: ArrayLike, *, sd: ArrayLike) -> Floats:
    """SMP-3: least variance of the overall mean; `sd` (H,) in score points."""
    return _share(n, np.asarray(population, float) * np.asarray(sd, float))


def cost_optimal(budget: float, population: ArrayLike, *, sd: ArrayLike, cost: ArrayLike) -> Floats:
    """SMP-3: least variance for a budget; `cost` (H,) of one answer in the units of `budget`."""
    size, price = np.asarray(population, float) * np.asarray(sd, float), np.asarray(cost, float)
    if not np.all(price > 0):
        raise refuse("SAMPLE-104", field="cost", value=float(price.min()))
    return np.asarray(budget * (size / np.sqrt(price)) / np.sum(size * np.sqrt(price)))


def power(n: float, population: ArrayLike, *, sd: ArrayLike, mean: ArrayLike, q: float = 0.5) -> Floats:
    """SMP-3 (Bankier): between Neyman (q = 1) and equal coefficients of variation (q = 0); the default
    rule.
    """
    size, level = np.asarray(population, float), np.asarray(mean, float)
    return _share(n, np.asarray(sd, float) / level * (size * level) ** q)


def compromise(n: float, population: ArrayLike, *, k: float = 0.5) -> Floats:
    """SMP-3 (Costa): k parts proportional, 1 − k parts equal."""
    return k * proportional(n, population) + (1 - k) * equal(n, population)


def whole(wanted: ArrayLike, *, floors: ArrayLike, caps: ArrayLike) -> Ints:
    """SMP-4: whole answers (H,) with the same total as `wanted`, each between its floor and its cap.

    A stratum not larger than its floor is taken whole; what floors and caps take or leave is spread again
    over the free strata in proportion to `wanted`; largest remainders last. Refuses totals that cannot be
    met.
    """
    size = np.asarray(wanted, float)
    high = np.asarray(caps, np.int64)
    low = np.minimum(np.asarray(floors, np.int64), high)
    total = round(float(size.sum()))
    if total < low.sum():
        raise refuse("SAMPLE-103", wanted=total, feasible=int(low.sum()))
    if total > high.sum():
        raise refuse("SAMPLE-105", wanted=total, feasible=int(high.sum()))
    return _largest_remainders(_between(size, low, high, total), high, total)


def allocate(
    strata: Sequence[Stratum], answers: int, *, q: float = 0.5, census_from: int = 60
) -> tuple[Allocation, ...]:
    """SMP-3, 4, 5: invitations of each stratum so that about `answers` people answer in total.

    Power allocation with floor `Stratum.answers` and cap N_h × response. The means of the strata are taken
    as equal, because precision is wanted in points and not in percent of the mean. A stratum with fewer
    than `census_from` people is never asked whole, since its list would then show who was drawn: it gets
    its floor, and is refused where the floor needs everybody (merge it first: `token_keys`). Same order as
    `strata`.
    """
    _check(strata)
    by_code = sorted(strata, key=lambda stratum: stratum.code)  # ties must not hang on the order of rows
    floors = [min(stratum.answers, attainable(stratum)) for stratum in by_code]
    caps = [_cap(stratum, floor, census_from) for stratum, floor in zip(by_code, floors, strict=True)]
    population = [stratum.population for stratum in by_code]
    wanted = power(
        answers, population, sd=[stratum.sd for stratum in by_code], mean=np.ones(len(by_code)), q=q
    )
    counts = whole(wanted, floors=floors, caps=caps)
    made = {
        stratum.code: _invite(stratum, int(count), census_from)
        for stratum, count in zip(by_code, counts, strict=True)
    }
    return tuple(made[stratum.code] for stratum in strata)


def attainable(stratum: Stratum) -> int:
    """The answers to expect when everybody of the stratum is invited, at least one."""
    return max(1, int(stratum.population * stratum.response + 1e-9))


def _invite(stratum: Stratum, answers: int, census_from: int) -> Allocation:
    sampled = invitations(answers, stratum.population, response=stratum.response)
    if answers == attainable(stratum):
        sampled = stratum.population  # all who can be expected to answer are wanted: ask everybody
    if sampled == stratum.population < census_from:
        raise refuse("SAMPLE-106", stratum=stratum.code, population=stratum.population, least=census_from)
    return Allocation(stratum.code, stratum.population, sampled, sampled == stratum.population)


def _cap(stratum: Stratum, floor: int, census_from: int) -> int:
    return floor if stratum.population < census_from else attainable(stratum)


def _share(n: float, size: Floats) -> Floats:
    if not (np.all(np.isfinite(size)) and np.all(size > 0)):
        raise refuse("SAMPLE-104", field="population, sd", value=float(np.min(size, initial=0)))
    return np.asarray(n * size / size.sum())


def _between(size: Floats, low: Ints, high: Ints, total: int) -> Floats:
    """The multiple of `size`, cut at floors and caps, that sums to `total`.

    Each round fixes only the side with the larger misfit: fixing both at once can leave a stratum on its
    floor although what the caps gave back would have lifted it.
    """
    result = np.zeros(len(size))
    free = np.ones(len(size), bool)
    while free.any():
        result[free] = (total - result[~free].sum()) * size[free] / size[free].sum()
        over, under = free & (result > high), free & (result < low)
        excess, lack = (result - high)[over].sum(), (low - result)[under].sum()
        if not (over.any() or under.any()):
            break
        side, bound = (over, high) if excess >= lack else (under, low)
        result[side] = bound[side]
        free &= ~side
    return np.clip(result, low, high)


def _largest_remainders(exact: Floats, high: Ints, total: int) -> Ints:
    counts = np.floor(exact + 1e-9).astype(np.int64)
    remainder = np.round(exact - counts, 9)
    for h in np.argsort(-remainder, kind="stable"):
        if counts.sum() < total and counts[h] < high[h]:
            counts[h] += 1
    return counts


def _check(strata: Sequence[Stratum]) -> None:
    codes = [stratum.code for stratum in strata]
    if len(set(codes)) != len(codes):
        raise refuse("SAMPLE-107", stratum=next(code for code in codes if codes.count(code) > 1))
    for stratum in strata:
        if stratum.population < 1:
            raise refuse("SAMPLE-102", population=stratum.population)
        if not 0 < stratum.response <= 1:
            raise refuse("SAMPLE-104", field=f"response of {stratum.code}", value=stratum.response)
