"""Which places an institution may hold, given how sure its score is (RNK-1, 2, 3).

All functions take direct estimates without fpc. `covariance` is (p,p), or (p,) variances where the
institutions are independent. An institution whose variance is NaN is not ranked: it gets None and the
others are ranked without it. Rank 1 is the highest score.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.stats import norm

from bening.core.kinds import Bools, Floats, Ints, RankSet
from bening.core.problems import refuse

DRAWS, DRAWS_MANY, MANY = 10_000, 2_000, 100  # of RNK-1: fewer draws above a hundred institutions
BLOCK = 256  # draws at a time: a block of 650 institutions stays in cache


def rank_sets(
    values: ArrayLike,
    covariance: ArrayLike,
    rng: np.random.Generator,
    *,
    alpha: float = 0.05,
    draws: int | None = None,
) -> tuple[RankSet | None, ...]:
    """RNK-1: places that hold for all institutions at once with probability 1 − `alpha`."""
    return _of_the_ranked(
        values, covariance, lambda x, cov: _sets(told_apart(x, cov, rng, alpha=alpha, draws=draws)[0])
    )


def marginal_rank_sets(
    values: ArrayLike,
    covariance: ArrayLike,
    rng: np.random.Generator,
    *,
    alpha: float = 0.05,
    draws: int | None = None,
) -> tuple[RankSet | None, ...]:
    """RNK-1: places of each institution taken alone; only for a reader who looks at one institution."""

    def sets(x: Floats, cov: Floats) -> tuple[RankSet, ...]:
        noise = _noise(cov, rng, draws or (DRAWS if len(x) <= MANY else DRAWS_MANY))
        return tuple(_marginal(j, x, noise, spread=_spread(cov), alpha=alpha) for j in range(len(x)))

    return _of_the_ranked(values, covariance, sets)


def told_apart(
    values: ArrayLike,
    covariance: ArrayLike,
    rng: np.random.Generator,
    *,
    alpha: float = 0.05,
    draws: int | None = None,
) -> tuple[Bools, tuple[float, ...]]:
    """RNK-1: (p,p) pairs with j surely better than k, all pairs at once, and the critical value of each step.

    Step-down: pairs once told apart leave the maximum, which lowers the bar for the rest.
    """
    x, cov = np.asarray(values, float), np.asarray(covariance, float)
    noise = _noise(cov, rng, draws or (DRAWS if len(x) <= MANY else DRAWS_MANY))
    spread = _spread(cov)
    gap = _gaps(x, spread)
    open_pairs = np.isfinite(spread)
    worst, criticals = _Maxima(noise, spread), []
    while open_pairs.any():
        criticals.append(float(np.quantile(worst.over(open_pairs), 1 - alpha)))
        found = open_pairs & (gap > criticals[-1])
        if not found.any():
            break
        open_pairs &= ~found
    return gap > (criticals[-1] if criticals else np.inf), tuple(criticals)


def joint_ranks(
    values: ArrayLike, se: ArrayLike, *, alpha: float = 0.05, independent: bool = True
) -> tuple[RankSet | None, ...]:
    """RNK-2: places by bars that do not overlap, jointly sure at 1 − `alpha`; the published table, no
    draws.
    """

    def sets(x: Floats, variance: Floats) -> tuple[RankSet, ...]:
        half = joint_z(len(x), alpha=alpha, independent=independent) * np.sqrt(variance)
        return _sets((x - half)[:, None] > (x + half)[None, :])

    return _of_the_ranked(values, np.asarray(se, float) ** 2, sets)


def joint_z(p: int, *, alpha: float = 0.05, independent: bool = True) -> float:
    """RNK-2: multiple of the se with which p bars hold together (Šidák, or Bonferroni when dependent)."""
    tail = (1 - (1 - alpha) ** (1 / p)) / 2 if independent else alpha / (2 * p)
    return float(norm.isf(tail))


def chance_of_top(
    values: ArrayLike,
    covariance: ArrayLike,
    rng: np.random.Generator,
    *,
    ks: Sequence[int] = (1, 3, 5),
    draws: int = 100_000,
) -> Floats:
    """RNK-3: (p,K) chances to be among the best k if the survey were repeated; NaN where not ranked.

    Not a confidence set: simulated places of equals are pulled to the middle.
    """
    bounds = np.asarray(ks, np.int64)
    return _chance(values, covariance, rng, draws, lambda ranks, _: ranks[:, :, None] <= bounds)


def chance_of_rank(
    values: ArrayLike,
    covariance: ArrayLike,
    rng: np.random.Generator,
    *,
    at_most: ArrayLike,
    draws: int = 100_000,
) -> Floats:
    """RNK-3: (p,) chance of each institution to reach its own place `at_most` (p,), for instance last
    year's.
    """
    bounds = np.asarray(at_most, float)
    return _chance(values, covariance, rng, draws, lambda ranks, ranked: ranks <= bounds[ranked])


def ranks(values: ArrayLike) -> Ints:
    """Places along the last axis, 1 = highest; equal scores share the better place."""
    x = np.asarray(values, float)
    order = np.argsort(-x, axis=-1, kind="stable")
    ordered = np.take_along_axis(x, order, axis=-1)
    fresh = np.ones(x.shape, bool)
    fresh[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    places = np.maximum.accumulate(np.where(fresh, np.arange(x.shape[-1]), 0), axis=-1) + 1
    result = np.empty(x.shape, np.int64)
    np.put_along_axis(result, order, places, axis=-1)
    return result


def score_draws(values: Floats, covariance: Floats, rng: np.random.Generator, draws: int) -> Iterator[Floats]:
    """Scores (block,p) of imagined repetitions of the survey, in blocks, `draws` in total."""
    factor = _factor(covariance)
    for start in range(0, draws, 4096):
        yield values + _scaled(rng.standard_normal((min(4096, draws - start), len(values))), factor)


def _chance(
    values: ArrayLike,
    covariance: ArrayLike,
    rng: np.random.Generator,
    draws: int,
    hit: Callable[[Ints, Bools], Bools],
) -> Floats:
    x, cov, ranked = _ranked(values, covariance)
    counts = sum(hit(ranks(scores), ranked).sum(axis=0) for scores in score_draws(x, cov, rng, draws))
    result = np.full((len(ranked), *np.shape(counts)[1:]), np.nan)
    result[ranked] = counts / draws
    return result


class _Maxima:
    """Per draw the largest standardised difference over the open pairs.

    Closing a pair changes only the draws in which that pair held the maximum, so only these are searched
    again.
    """

    def __init__(self, noise: Floats, spread: Floats) -> None:
        self.noise, self.spread = noise, spread
        self.best = np.full(len(noise), -np.inf)
        self.pair = np.full((2, len(noise)), -1)

    def over(self, open_pairs: Bools) -> Floats:
        stale = (self.pair[0] < 0) | ~open_pairs[self.pair[0], self.pair[1]]
        self.best[stale] = -np.inf
        for rows in np.array_split(np.flatnonzero(stale), max(1, stale.sum() // BLOCK)):
            self._search(rows, open_pairs)
        return self.best

    def _search(self, rows: Ints, open_pairs: Bools) -> None:
        block = np.ascontiguousarray(self.noise[rows].T)  # (p, rows): one institution's draws lie together
        best, pair = self.best[rows], self.pair[:, rows]
        for j, others in enumerate(open_pairs):
            partners = np.flatnonzero(others)
            if len(partners) == 0:
                continue
            ratio = (block[j] - block[partners]) / self.spread[j, partners, None]
            at = ratio.argmax(axis=0)
            top = ratio[at, np.arange(len(rows))]
            better = top > best
            best[better] = top[better]
            pair[0, better], pair[1, better] = j, partners[at[better]]
        self.best[rows], self.pair[:, rows] = best, pair


def _marginal(j: int, x: Floats, noise: Floats, *, spread: Floats, alpha: float) -> RankSet:
    """Step-down over the pairs of one institution, in both directions."""
    usable = np.flatnonzero(np.isfinite(spread[j]))
    gap = (x[j] - x[usable]) / spread[j, usable]
    ratio = (noise[:, [j]] - noise[:, usable]) / spread[j, usable]
    both, gaps = np.hstack([ratio, -ratio]), np.hstack([gap, -gap])
    still = np.ones(len(gaps), bool)
    while still.any():
        found = still & (gaps > np.quantile(both[:, still].max(axis=1), 1 - alpha))
        if not found.any():
            break
        still &= ~found
    worse, better = (~still).reshape(2, -1).sum(axis=1)
    return RankSet(1 + int(better), len(x) - int(worse))


def _sets(better: Bools) -> tuple[RankSet, ...]:
    """Rank sets from (p,p) flags 'row surely better than column'."""
    above, below = better.sum(axis=0), better.sum(axis=1)
    return tuple(RankSet(1 + int(a), len(better) - int(b)) for a, b in zip(above, below, strict=True))


def _of_the_ranked(
    values: ArrayLike, covariance: ArrayLike, sets: Callable[[Floats, Floats], tuple[RankSet, ...]]
) -> tuple[RankSet | None, ...]:
    x, cov, ranked = _ranked(values, covariance)
    found = iter(sets(x, cov))
    return tuple(next(found) if has_place else None for has_place in ranked)


def _ranked(values: ArrayLike, covariance: ArrayLike) -> tuple[Floats, Floats, Bools]:
    """The scores and covariance of those with a score and a variance, and who they are."""
    x, cov = np.asarray(values, float), np.asarray(covariance, float)
    if cov.shape not in {(len(x),), (len(x), len(x))}:
        raise refuse("ESTIMATE-160", values=len(x), covariance="×".join(map(str, cov.shape)))
    variance = cov if cov.ndim == 1 else np.diag(cov)
    ranked = np.isfinite(x) & np.isfinite(variance)
    if not ranked.any():
        raise refuse("ESTIMATE-161")
    return x[ranked], cov[ranked] if cov.ndim == 1 else cov[np.ix_(ranked, ranked)], ranked


def _spread(cov: Floats) -> Floats:
    """(p,p) standard deviations of differences; infinite on the diagonal and where they are 0 (a tie)."""
    if cov.ndim == 1:
        variance = cov[:, None] + cov[None, :]
    else:
        variance = np.diag(cov)[:, None] + np.diag(cov)[None, :] - 2 * cov
    scale = np.max(variance, initial=0.0)
    tied = variance <= 1e-14 * scale
    np.fill_diagonal(tied, True)
    return np.where(tied, np.inf, np.sqrt(np.where(tied, 1.0, variance)))


def _gaps(x: Floats, spread: Floats) -> Floats:
    return (x[:, None] - x[None, :]) / spread


def _noise(cov: Floats, rng: np.random.Generator, draws: int) -> Floats:
    return _scaled(rng.standard_normal((draws, len(cov))), _factor(cov))


def _factor(cov: Floats) -> Floats | csr_array:
    """A square root of the covariance, also of a singular one; block by block where they are independent."""
    if cov.ndim == 1:
        return np.sqrt(cov)
    count, block = connected_components(csr_array(cov))
    if count == len(cov):
        return np.sqrt(np.diag(cov))
    root = np.zeros_like(cov)
    for members in (np.flatnonzero(block == b) for b in range(count)):
        values, vectors = np.linalg.eigh(cov[np.ix_(members, members)])
        root[np.ix_(members, members)] = vectors * np.sqrt(np.clip(values, 0, None))
    return root if count == 1 else csr_array(root)


def _scaled(standard: Floats, factor: Floats | csr_array) -> Floats:
    return standard * factor if factor.ndim == 1 else np.asarray(standard @ factor.T)
