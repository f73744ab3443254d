"""From the two small tables to the estimates of one group; no respondent is seen here (EST-2, 4, 5)."""

from dataclasses import dataclass, fields

import numpy as np

from bening.core.estimate.cells import Cells, Units, centres
from bening.core.estimate.fold import fold
from bening.core.estimate.plan import Plan
from bening.core.estimate.variance import Spread, spread
from bening.core.kinds import FLAGS, Bools, Floats, Ints

BIT = {word: 1 << place for place, word in enumerate(FLAGS)}
FLAT = 1e-18  # squared points: a variance below it is rounding noise of equal scores


@dataclass(frozen=True, slots=True)
class Nodes:
    """Estimates of one group: C cells and then U domains, in K = D + 1 columns, the last the group itself.

    NaN where a number does not exist; who builds rows from it leaves those out and names the reason.
    """

    value: Floats  # (C + U, K) points
    fpc: Floats  # variance with fpc, squared points; NaN where unknown
    repeat: Floats  # variance without
    df: Floats
    n: Ints  # respondents behind the number
    n_eff: Floats  # WGT-5, times the share of the respondents that counts
    flags: Ints  # bits of FLAGS
    borrowed: Floats  # variance pooled over the institutions of the type, for one that is unknown; NaN: none
    borrowed_df: Floats
    population: Floats  # (C + U,) persons; NaN where the frame does not say


@dataclass(frozen=True, slots=True)
class _Raw:
    """Values and spreads before any rule for missing variances."""

    value: Floats
    n: Ints
    n_eff: Floats
    fpc: Floats
    repeat: Floats
    df: Floats
    census: Bools
    flags: Ints
    population: Floats


def nodes(plan: Plan, cells: Cells, units: Units, weights: Floats, kind: Ints, *, reweight: bool) -> Nodes:
    """All estimates of a group, whole institutions first and then units.

    `kind` (C,) numbers the type of institution of each cell: variances are pooled inside a type (EST-2,
    EST-5).
    """
    each = np.arange(len(plan.cell_institution))
    whole = _raw(plan, cells, units.total, units.square, plan.cell, each, weights, reweight)
    domains = _raw(
        plan, cells, units.domain_total, units.domain_square, plan.domain, plan.domain_cell, weights, reweight
    )
    raw = _Raw(
        *(
            np.concatenate([getattr(whole, field.name), getattr(domains, field.name)])
            for field in fields(_Raw)
        )
    )
    unit_variance, pooled_df = _pooled(whole, kind)
    kinds = np.concatenate([kind, kind[plan.domain_cell]])
    nothing = np.full(raw.n_eff.shape, np.nan)
    borrowed = np.divide(unit_variance[kinds], raw.n_eff, out=nothing, where=raw.n_eff > 0)
    return _mended(raw, borrowed, pooled_df[kinds])


def _raw(
    plan: Plan,
    cells: Cells,
    total: Floats,
    square: Floats,
    of: Ints,
    cell: Ints,
    weights: Floats,
    reweight: bool,
) -> _Raw:
    """Values and variances of cells or domains, as the parts add up."""
    size = len(cell)
    centre = centres(cells, of, size, weights, reweight=reweight)
    needed = (centre.weighted > 0) | (weights == 0)
    whole = np.where(
        (needed.all(axis=1) | reweight) & needed.any(axis=1), (centre.share * centre.mean).sum(axis=1), np.nan
    )
    value = np.column_stack([np.where(centre.weighted > 0, centre.mean, np.nan), whole])
    count = np.column_stack([cells.count, cells.present])
    n = fold(count, of, size)
    kish = fold(cells.weight, of, size) ** 2 / fold(cells.square, of, size)
    made = spread(plan.design, total, square, count, of, cell)
    return _Raw(
        value,
        n.astype(np.int64),
        kish[:, None] * n / fold(plan.n, of, size)[:, None],
        made.fpc,
        made.repeat,
        made.df,
        made.census,
        _flags(plan, made, of, size),
        _population(plan, of, size),
    )


def _flags(plan: Plan, made: Spread, of: Ints, size: int) -> Ints:
    """The flags that concern all columns alike (C,)."""
    stratum = plan.design.pool_stratum[plan.design.pool]
    collapsed = plan.merged[stratum] | (plan.cell_stratum[plan.cell] >= 0)
    flags: Ints = (
        BIT["lonely_adjusted"] * made.lonely
        + BIT["fpc"] * made.high
        + BIT["strata_collapsed"] * (fold(collapsed.astype(float), of, size) > 0)
    )
    return flags


def _population(plan: Plan, of: Ints, size: int) -> Floats:
    """Persons behind cells or domains; NaN for one that shares a stratum with another, as units may (C,)."""
    stratum = plan.design.pool_stratum[plan.design.pool]
    first = np.unique(stratum * (size + 1) + of + 1, return_index=True)[1]
    split = np.bincount(stratum[first])[stratum[first]] > 1
    persons = np.where(split, np.nan, plan.population[stratum[first]])
    return fold(persons, of[first], size)


def _pooled(whole: _Raw, kind: Ints) -> tuple[Floats, Floats]:
    """Variance of one effective answer pooled inside each type, and its degrees of freedom (kinds, K)."""
    df = np.where((whole.df >= 1) & np.isfinite(whole.value), whole.df, 0)
    kinds = int(kind.max()) + 1
    pooled_df = fold(df, kind, kinds)
    summed = fold(df * whole.repeat * whole.n_eff, kind, kinds)
    return np.divide(summed, pooled_df, out=np.full_like(summed, np.nan), where=summed > 0), pooled_df


def _mended(raw: _Raw, borrowed: Floats, borrowed_df: Floats) -> Nodes:
    """Variances that say nothing: unknown with a single answer, borrowed where all gave the same score."""
    single = raw.df < 1
    flat = ~single & (raw.repeat < FLAT) & np.isfinite(raw.value)
    census = raw.census[:, None]
    repeat = np.where(single, np.nan, np.where(flat, borrowed, raw.repeat))
    fpc = np.where(census, 0, np.where(single, np.nan, np.where(flat, borrowed, raw.fpc)))
    flags = (
        raw.flags[:, None]
        + BIT["zero_variance"] * flat
        + BIT["pooled_variance"] * (flat & np.isfinite(borrowed))
    )
    df = np.where(flat & np.isfinite(borrowed), borrowed_df, raw.df)
    gone = np.isnan(raw.value)
    return Nodes(
        raw.value,
        np.where(gone, np.nan, fpc),
        np.where(gone, np.nan, repeat),
        df,
        raw.n,
        raw.n_eff,
        flags,
        borrowed,
        borrowed_df,
        raw.population,
    )
