"""Rao–Wu bootstrap with finite population correction (EST-14).

Each stratum draws n_h − 1 of its n_h sampling units with replacement; the weight of a unit drawn t times
becomes w (1 − l + l n/(n − 1) t) with l = √(1 − f), f = n_h/N_h. Every institution has a stream of its own,
so neither the order nor the number of processes changes a replicate.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import ArrayLike

from bening.core.kinds import Floats, Ints
from bening.core.problems import refuse

BLOCK = 50_000  # drawn units at a time: index and score blocks stay in the second-level cache


def institution_rng(seed: bytes, institution: str) -> np.random.Generator:
    """EST-14: the stream of one institution, from the seed of the run and the institution's code."""
    digest = hashlib.sha256(seed + b"\x00" + institution.encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))


def resampled(n: int, rng: np.random.Generator, draws: int) -> Ints:
    """EST-14: (draws,n) how often each of n units is drawn; every row sums to n − 1."""
    picked = rng.integers(0, n, (draws, n - 1), dtype=_narrow(n))
    places = picked + np.arange(draws)[:, None] * n
    return np.bincount(places.ravel(), minlength=draws * n).reshape(draws, n)


def multipliers(
    stratum: ArrayLike, population: ArrayLike, rng: np.random.Generator, *, draws: int
) -> Iterator[Floats]:
    """EST-14: factors w*/w (block,n) of all units, in blocks of replicates; never all at once.

    `stratum` (n,) holds codes 0, …, H−1 and `population` (H,) their N_h in sampling units (inf: without fpc).
    """
    codes, sizes, scale = _design(stratum, population)
    order, starts = np.argsort(codes, kind="stable"), np.cumsum(sizes) - sizes
    per_block = max(1, BLOCK // len(codes))
    for first in range(0, draws, per_block):
        factors = np.ones((min(per_block, draws - first), len(codes)))
        for n, start, part in zip(sizes, starts, scale, strict=True):
            if n > 1:
                counts = resampled(int(n), rng, len(factors))
                factors[:, order[start : start + n]] = 1 - part + part * n / (n - 1) * counts
        yield factors


def bootstrap(
    statistic: Callable[[Floats], Floats | float],
    weights: ArrayLike,
    *,
    stratum: ArrayLike,
    population: ArrayLike,
    rng: np.random.Generator,
    draws: int,
) -> Floats:
    """EST-14: (draws,…) replicates of any statistic of the weights (n,): medians, ratios of ratios,
    calibrated means.

    Calibrate inside `statistic` when the estimate is calibrated.
    """
    w = np.asarray(weights, float)
    blocks = multipliers(stratum, population, rng, draws=draws)
    return np.array([statistic(w * row) for factors in blocks for row in factors])


def linear_replicates(
    influence: ArrayLike, *, stratum: ArrayLike, population: ArrayLike, rng: np.random.Generator, draws: int
) -> Floats:
    """EST-14: (draws,) deviations θ* − θ of a linearised statistic, for one institution.

    `influence` (n,) is the unit's part in the statistic (EST-1: w(y − m)/Σw; composites: times the group's
    weight, summed over its strata). Only sums over drawn units are made, no weights.
    """
    u = np.asarray(influence, float)
    codes, sizes, scale = _design(stratum, population)
    ordered = u[np.argsort(codes, kind="stable")]
    result = np.zeros(draws)
    for part, l_h in zip(np.split(ordered, np.cumsum(sizes)[:-1]), scale, strict=True):
        if len(part) > 1 and l_h > 0:
            drawn = _drawn_sums(part, rng, draws)
            result += l_h * (len(part) / (len(part) - 1) * drawn - part.sum())
    return result


def replicates_by_institution(
    parts: Mapping[str, tuple[Floats, Ints, Floats]], seed: bytes, *, draws: int
) -> dict[str, Floats]:
    """EST-14: `linear_replicates` of every institution, each from its own stream.

    `parts` holds influence (n,), stratum (n,) and population (H,) by institution code.
    """
    return {
        code: linear_replicates(
            influence, stratum=stratum, population=population, rng=institution_rng(seed, code), draws=draws
        )
        for code, (influence, stratum, population) in parts.items()
    }


def bootstrap_variance(replicates: ArrayLike, *, estimate: float = 0.0) -> float:
    """EST-14: mean squared deviation of the replicates from the full-sample estimate."""
    return float(np.mean((np.asarray(replicates, float) - estimate) ** 2))


def _drawn_sums(values: Floats, rng: np.random.Generator, draws: int) -> Floats:
    """(draws,) sums of n − 1 of the n values, drawn with replacement."""
    n, kind = len(values), _narrow(len(values))
    rows = max(1, BLOCK // n)
    sums = np.empty(draws)
    for first in range(0, draws, rows):
        picked = rng.integers(0, n, (min(rows, draws - first), n - 1), dtype=kind)
        values.take(picked).sum(axis=1, out=sums[first : first + rows])
    return sums


def _narrow(n: int) -> type[np.uint16] | type[np.uint32]:
    """Sixteen bits draw twice as fast as thirty-two."""
    return np.uint16 if n <= 1 << 16 else np.uint32


def _design(stratum: ArrayLike, population: ArrayLike) -> tuple[Ints, Ints, Floats]:
    """Codes, n_h and l_h; a stratum with one unit is refused unless that unit is all there is."""
    codes, people = np.asarray(stratum, np.int64), np.asarray(population, float)
    sizes = np.bincount(codes, minlength=len(people))
    for h in np.flatnonzero((sizes > people) | ((sizes == 1) & (people > 1))):
        raise refuse("ESTIMATE-170", stratum=int(h), n=int(sizes[h]), population=float(people[h]))
    return codes, sizes, np.sqrt(1 - np.divide(sizes, people, out=np.ones(len(people)), where=people > 0))
