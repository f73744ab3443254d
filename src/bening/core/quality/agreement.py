"""Conditional excess agreement (QLT-4) and the share that was coached (QLT-6).

Are the answers of a unit more alike than those of people elsewhere with the same scores? Every respondent is
replaced by a random one with about the same total score; what remains is agreement beyond the score.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm

from bening.core.kinds import Agreement
from bening.core.problems import refuse
from bening.core.quality.bins import bin_of, cuts
from bening.core.quality.signs import MISSING, Codes, labels, matrix, mean_position

LEAST_UNIT = 6  # respondents; smaller units are not tested
LEAST_POOL = 50
DRAWS = 199  # 999 for the record
BYTE = 255  # respondents that fit into one byte counter
CEILING = 0.85  # agreement expected where everybody follows one key

Floats = NDArray[np.float64]
Labels = NDArray[np.str_]


def indicators(codes: Codes, categories: int) -> NDArray[np.uint8]:
    """One byte for every item and option, (n, J, C): 1 where that option was taken; all 0 where missing."""
    return np.asarray(codes[:, :, None] == np.arange(categories), dtype=np.uint8)


def share_equal(counts: Floats) -> Floats:
    """O_u from option counts (…, J, C): equal among answered pairs, mean over items with ≥ 2 answers."""
    answered = counts @ np.ones(counts.shape[-1])
    pairs = answered * (answered - 1)
    equal = np.einsum("...jc,...jc->...j", counts, counts) - answered
    usable = answered >= 2
    shares = np.where(usable, equal / np.where(usable, pairs, 1.0), 0.0)
    return np.asarray(shares.sum(axis=-1) / np.maximum(usable.sum(axis=-1), 1), dtype=np.float64)


def observed_agreement(codes: Codes) -> float:
    """QLT-4, O_u: share (0–1) of equal answers over all pairs of the rows of `codes` (n, J)."""
    top = int(matrix(codes).max(initial=0)) + 1
    return float(share_equal(indicators(codes, top).sum(axis=0, dtype=np.float64)))


def expected_agreement(shares: Floats) -> float:
    """QLT-4, E_u in closed form: `shares` (n, J, C) are the option shares in each respondent's score bin.

    With missing answers the shares of an item sum to less than 1; pairs count by the chance that both answer.
    """
    equal = (shares.sum(axis=0) ** 2 - (shares**2).sum(axis=0)).sum(axis=-1)
    answer = shares.sum(axis=-1)
    pairs = answer.sum(axis=0) ** 2 - (answer**2).sum(axis=0)
    usable = pairs > 0
    return float((equal[usable] / pairs[usable]).mean()) if usable.any() else nan


@dataclass(frozen=True, slots=True)
class Pool:
    """The rows of one institution and unit type, sorted by unit and content, with their option bytes."""

    taken: NDArray[np.uint8]  # (n, J·C padded to whole machine words)
    items: int
    categories: int
    scores: Floats  # (n,) total scores


def pool_of(codes: Codes, scores: Floats, *, categories: int) -> Pool:
    """Lay out the option bytes so that eight counters are added in one machine word."""
    n, items = codes.shape
    flat = indicators(codes, categories).reshape(n, items * categories)
    padded = np.zeros((n, -(-flat.shape[1] // 8) * 8), dtype=np.uint8)
    padded[:, : flat.shape[1]] = flat
    return Pool(padded, items, categories, scores)


def counts_of(pool: Pool, rows: NDArray[np.intp]) -> Floats:
    """Option counts (B, J, C) of the draws `rows` (B, n); bytes hold up to 255 respondents at a time."""
    words = pool.taken.view(np.uint64)
    total = np.zeros((len(rows), pool.taken.shape[1]))
    for start in range(0, rows.shape[1], BYTE):
        total += words[rows[:, start : start + BYTE]].sum(axis=1).view(np.uint8)
    return total[:, : pool.items * pool.categories].reshape(len(rows), pool.items, pool.categories)


def inter_item(counts: Floats, scores: Floats) -> Floats:
    """Mean covariance between two items: (variance of the totals − Σ item variances)/(J(J−1)), for each draw.

    `counts` (B, J, C), `scores` (B, n) mean option position of each respondent.
    """
    value = np.arange(float(counts.shape[-1]))
    items = counts.shape[-2]
    n = np.maximum(counts @ np.ones_like(value), 2)
    variance = (counts @ value**2 - (counts @ value) ** 2 / n) / (n - 1)
    totals = (items * scores).var(axis=-1, ddof=1)
    return np.asarray((totals - variance.sum(axis=-1)) / max(items * (items - 1), 1), dtype=np.float64)


def stand_ins(
    members: NDArray[np.intp], others: NDArray[np.intp], *, draws: int, rng: np.random.Generator
) -> NDArray[np.intp]:
    """For every member (by bin) `draws` random rows of the others in the same bin, (draws, n).

    `members` (n,) bins of the unit; `others` (m,) bins of the pool without it.
    """
    order = np.argsort(others, kind="stable")
    start = np.searchsorted(others[order], members, side="left")
    end = np.searchsorted(others[order], members, side="right")
    return order[rng.integers(start, end, size=(draws, len(members)))]


def bin_shares(pool: Pool, others: NDArray[np.intp], *, bins: NDArray[np.intp]) -> Floats:
    """Option shares (bins, J, C) of the `others`, sorted into `bins`; every bin holds some of them."""
    order = np.argsort(bins, kind="stable")
    sizes = np.bincount(bins)
    starts = np.cumsum(sizes) - sizes
    width = pool.items * pool.categories
    sums = np.add.reduceat(pool.taken[others[order], :width], starts, axis=0, dtype=np.int64)
    return np.asarray((sums / sizes[:, None]).reshape(-1, pool.items, pool.categories), dtype=np.float64)


def one_unit(
    pool: Pool, inside: NDArray[np.bool_], *, rng: np.random.Generator, unit: str, draws: int, shift: float
) -> Agreement:
    """QLT-4 for the unit whose rows of the pool are `inside`."""
    mine, others = np.flatnonzero(inside), np.flatnonzero(~inside)
    n = len(mine)
    if n < LEAST_UNIT or len(others) < LEAST_POOL:
        reason = "unit_too_small" if n < LEAST_UNIT else "pool_too_small"
        return Agreement(unit, n, nan, nan, nan, nan, nan, nan, reason)
    edges = cuts(pool.scores[others])
    bins, bins_of_others = bin_of(pool.scores[mine], edges), bin_of(pool.scores[others], edges)
    rows = others[stand_ins(bins, bins_of_others, draws=draws, rng=rng)]
    own, drawn = counts_of(pool, mine[None, :]), counts_of(pool, rows)
    observed = float(share_equal(own)[0])
    expected = expected_agreement(bin_shares(pool, others, bins=bins_of_others)[bins]) + shift
    sd = float(share_equal(drawn).std(ddof=1))
    if not sd > 0:
        return Agreement(unit, n, observed, expected, 0.0, nan, nan, nan, "no_spread")
    covariance = inter_item(own, pool.scores[mine][None, :])[0]
    as_large = (inter_item(drawn, pool.scores[rows]) >= covariance - 1e-12).sum()
    z = (observed - expected) / sd
    return Agreement(
        unit, n, observed, expected, sd, z, float(norm.sf(z)), float((1 + as_large) / (draws + 1))
    )


def canonical(codes: Codes, unit: ArrayLike, *, pool: ArrayLike) -> tuple[Codes, Labels, Labels]:
    """Answers, unit and pool of all who answered anything, sorted so that input order leaves no trace."""
    units, pools = labels(codes, unit), labels(codes, pool)
    kept = np.flatnonzero((codes != MISSING).any(axis=1))
    order = kept[np.lexsort((*codes[kept].T, units[kept], pools[kept]))]
    return codes[order], units[order], pools[order]


def agreement(
    codes: Codes,
    unit: ArrayLike,
    *,
    pool: ArrayLike,
    rng: np.random.Generator,
    draws: int = DRAWS,
    natural: Mapping[str, float] | None = None,
) -> tuple[Agreement, ...]:
    """QLT-4: excess agreement of every unit, in the order of unit labels.

    `codes` (n, J) option positions from 0, turned so that higher is better, MISSING where there is none;
    `unit` and `pool` (n,) labels, pool = institution and unit type. A row's total score is its mean position;
    rows without any answer are left out. `natural` adds the agreement (0–1) that a trusted year showed to be
    normal for the type of a unit. The order of rows changes nothing. QUALITY-101 when sizes differ,
    QUALITY-103 when a unit lies in two pools.
    """
    codes, units, pools = canonical(matrix(codes), unit, pool=pool)
    scores = mean_position(codes)
    categories = int(codes.max(initial=0)) + 1
    names = np.unique(units).tolist()
    dice = dict(zip(names, rng.spawn(len(names)), strict=True))  # each unit its own: others change nothing
    found: dict[str, Agreement] = {}
    for name in np.unique(pools):
        rows = np.flatnonzero(pools == name)
        laid = pool_of(codes[rows], scores[rows], categories=categories)
        for label in np.unique(units[rows]).tolist():
            if label in found:
                raise refuse("QUALITY-103", unit=label)
            shift = (natural or {}).get(label, 0.0)
            inside = units[rows] == label
            found[label] = one_unit(laid, inside, rng=dice[label], unit=label, draws=draws, shift=shift)
    return tuple(found[name] for name in names)


def coached_share(observed: float, expected: float) -> float:
    """QLT-6: share (0–1) of a unit that followed one key; NaN where chance alone reaches the ceiling."""
    if expected >= CEILING:
        return nan
    return min(1.0, sqrt(max(0.0, observed - expected) / (CEILING - expected)))


def coached_share_least(found: Agreement) -> float:
    """QLT-6: lower 95 % bound of the coached share; only for flagged units."""
    return coached_share(found.observed - 1.645 * found.sd, found.expected)
