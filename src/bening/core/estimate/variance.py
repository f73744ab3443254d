"""Taylor variances from sums of linearised scores (EST-2, EST-3, EST-9, EST-10)."""

from dataclasses import dataclass

import numpy as np

from bening.core.estimate.design import Design, design_df
from bening.core.estimate.fold import fold
from bening.core.kinds import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Spread:
    """Variances of C estimates (cells, or domains of cells) in K columns, squared points."""

    fpc: Floats  # (C, K) with finite population correction: this year's people
    repeat: Floats  # (C, K) without: what a repetition would give
    df: Floats  # (C, K)
    lonely: Bools  # (C,) a single first-stage unit in a stratum was adjusted for
    high: Bools  # (C,) a stratum answered by more than half: both statements are due
    census: Bools  # (C,) everybody of its strata answered


def spread(made: Design, total: Floats, square: Floats, count: Ints, of: Ints, cell: Ints) -> Spread:
    """Variances of the estimates `of` (R,) names, from Σ u, Σ u² and counts of rows (R, K).

    `cell` (C,) is the independent sample each estimate belongs to. A domain keeps all strata and first-stage
    units of its cell in n_h (EST-9); a row numbered -1 belongs to no estimate.
    """
    kept = of >= 0
    pools, size = len(made.pool_stratum), len(cell)
    key, row = np.unique(of[kept] * pools + made.pool[kept], return_inverse=True)
    total, square, answered = (fold(table[kept], row, len(key)) for table in (total, square, count))
    owner, pool = key // pools, key % pools
    stratum = made.pool_stratum[pool]
    within = np.maximum(square - total**2 / made.pool_n[pool][:, None], 0)
    second = _second_stage(made, pool)[:, None] * within
    clustered = made.clustered[stratum][:, None]
    first = _first_stage(
        made,
        np.where(clustered, total**2, square),
        total,
        np.where(clustered, answered > 0, answered),
        owner * len(made.stratum_n) + stratum,
        cell,
    )
    alone = fold(
        ((made.pool_n == 1) & (_second_stage(made, np.arange(pools)) > 0))[pool].astype(float), owner, size
    )
    return Spread(
        first.fpc + fold(second, owner, size),
        first.repeat,
        first.df,
        first.lonely | (alone > 0),
        first.high,
        first.census & (fold((made.pool_size > made.pool_n)[pool].astype(float), owner, size) == 0),
    )


def _second_stage(made: Design, pool: Ints) -> Floats:
    """The factor f_h (1 − f_hi) m/(m − 1) of EST-3 for some pools; 0 where a pool is no PSU of known size."""
    stratum = made.pool_stratum[pool]
    n, size = made.pool_n[pool], made.pool_size[pool]
    known = made.clustered[stratum] & ~np.isnan(size)
    fraction = np.where(known, made.stratum_n[stratum] / made.stratum_size[stratum], 0)
    open_share = 1 - n / np.where(known, size, n)
    return fraction * open_share * n / np.maximum(n - 1, 1)


def _first_stage(made: Design, square: Floats, total: Floats, count: Floats, key: Ints, cell: Ints) -> Spread:
    """EST-2 between first-stage units, with the single unit of a stratum adjusted (EST-10)."""
    strata, size = len(made.stratum_n), len(cell)
    seen, row = np.unique(key, return_inverse=True)
    square, total, count = (fold(table, row, len(seen)) for table in (square, total, count))
    owner, stratum = seen // strata, seen % strata
    n, exist = made.stratum_n[stratum], made.stratum_size[stratum]
    single = n == 1
    among = np.bincount(made.stratum_cell, weights=made.stratum_n)[cell]
    middle = fold(total, owner, size) / among[:, None]
    part = np.where(
        single[:, None],
        (total - middle[owner]) ** 2,
        (n / np.maximum(n - 1, 1))[:, None] * np.maximum(square - total**2 / n[:, None], 0),
    )
    inside = fold(count, owner, size) - fold((count > 0).astype(float), owner, size)
    whole = design_df(made)[cell][:, None]

    def some(found: Bools) -> Bools:
        return np.bincount(owner[found], minlength=size) > 0

    return Spread(
        fpc=fold((1 - n / exist)[:, None] * part, owner, size),
        repeat=fold(part, owner, size),
        df=np.minimum(inside, whole).astype(float),
        lonely=some(single & (exist > 1) & (among[owner] > 1)),
        high=some(n / exist > 0.5),
        census=~some(n < exist),
    )
