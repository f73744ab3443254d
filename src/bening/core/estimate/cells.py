"""The two grouped sums. Everything later works on their outputs and never sees a respondent (EST-1, EST-4).

`Cells` is what one GROUP BY over the parts gives, `Units` what a second one gives once the means are known.
Both are plain sums: tables of two halves of the answers, laid out on the same parts, add up to the table of
the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from bening.core.estimate.fold import fold
from bening.core.estimate.parts import Rows
from bening.core.estimate.plan import Plan
from bening.core.estimate.scores import Scorer, dimension_score
from bening.core.kinds import Bools, Floats, Ints

BLOCK = 32_768  # rows worked on at a time: their scores stay in the cache of a core


@dataclass(frozen=True, slots=True)
class Cells:
    """First sums: a row a part (P), a column a dimension (D); w weight, o the score counts, s the score."""

    weight: Floats  # (P,) Σ w
    square: Floats  # (P,) Σ w²
    present: Ints  # (P,) persons with any score that counts
    count: Ints  # (P, D) Σ o
    weighted: Floats  # (P, D) Σ w o
    total: Floats  # (P, D) Σ w o s, points × weight


@dataclass(frozen=True, slots=True)
class Units:
    """Second sums over linearised scores u, points; the last of D + 1 columns is the group itself."""

    total: Floats  # (P, D + 1) Σ u about the means of the institution
    square: Floats  # (P, D + 1) Σ u²
    domain_total: Floats  # the same about the means of the unit, 0 for parts without one
    domain_square: Floats


@dataclass(frozen=True, slots=True)
class Centres:
    """Means and shares of cells or domains (C), by dimension (D)."""

    mean: Floats  # (C, D) points; 0 where nobody counts
    weighted: Floats  # (C, D) Σ w o
    share: Floats  # (C, D) weight of the dimension in the group


def added(one: Cells, other: Cells) -> Cells:
    """The cells of two disjoint sets of answers laid out on the same parts."""
    return Cells(*(getattr(one, field.name) + getattr(other, field.name) for field in fields(Cells)))


def centres(cells: Cells, of: Ints, size: int, weights: Floats, *, reweight: bool) -> Centres:
    """Means of `size` cells or domains from the sums of their parts (EST-4).

    `weights` (D,) are those of the method. A dimension without answers keeps its place with mean 0; only with
    `reweight` do the others take over its share.
    """
    weighted, total = fold(cells.weighted, of, size), fold(cells.total, of, size)
    there = weighted > 0
    mean = np.divide(total, weighted, out=np.zeros_like(total), where=there)
    share = np.broadcast_to(weights, mean.shape).copy()
    if reweight:
        present = (there * weights).sum(axis=1, keepdims=True)
        share = np.divide(there * weights, present, out=np.zeros_like(share), where=present > 0)
    return Centres(mean, weighted, share)


@dataclass(frozen=True, slots=True)
class Block:
    """The scores of some consecutive parts: m rows, D dimensions."""

    starts: Ints  # (p,) first row of each part inside the block
    lengths: Ints  # (p,)
    base: Floats  # (p,) base weight of the part
    weight: Floats | None  # (m,) final weight of each row, where given
    score: Sequence[Floats]  # D × (m,), 0 where the score does not count
    counts: Sequence[Bools]  # D × (m,)


def block(
    plan: Plan, rows: Rows, scorers: Sequence[Sequence[Scorer]], weight: Floats | None, parts: slice
) -> Block:
    """Score the rows of some parts of a plan (`parts` counts inside the plan)."""
    starts = rows.starts[plan.parts.start + parts.start : plan.parts.start + parts.stop + 1]
    chosen = slice(starts[0], starts[-1]) if rows.order is None else rows.order[starts[0] : starts[-1]]
    scored = [dimension_score(items, chosen) for items in scorers]
    return Block(
        starts[:-1] - starts[0],
        np.diff(starts),
        plan.base[parts],
        None if weight is None else weight[chosen],
        [score for score, _ in scored],
        [counts for _, counts in scored],
    )


def cell_sums(scored: Block) -> Cells:
    """The first grouped sum over one block."""
    ones = np.ones(int(scored.lengths.sum())) if scored.weight is None else scored.weight
    base = scored.base[:, None]

    def weighed(column: Floats | Bools) -> Floats:
        values = column if scored.weight is None else column * scored.weight
        return np.add.reduceat(values, scored.starts, dtype=float)

    count = [np.add.reduceat(counts, scored.starts, dtype=np.int64) for counts in scored.counts]
    weighted = count if scored.weight is None else [weighed(counts) for counts in scored.counts]
    return Cells(
        weight=scored.base * np.add.reduceat(ones, scored.starts),
        square=scored.base**2 * np.add.reduceat(ones * ones, scored.starts),
        present=np.add.reduceat(np.logical_or.reduce(scored.counts), scored.starts, dtype=np.int64),
        count=np.stack(count, axis=1),
        weighted=base * np.stack(weighted, axis=1),
        total=base * np.stack([weighed(score) for score in scored.score], axis=1),
    )


def linearised(scored: Block, centre: Centres, of: Ints) -> tuple[Floats, Floats]:
    """Σ u and Σ u² of each part of a block about the centres `of` its parts (EST-4): two (p, D + 1) arrays.

    Parts numbered -1 belong to no centre and get 0.
    """
    inside = (of >= 0)[:, None] & (centre.weighted[of] > 0)
    scale = np.divide(scored.base[:, None], centre.weighted[of], out=np.zeros(inside.shape), where=inside)
    factor = scale * centre.share[of]
    whole = np.zeros(int(scored.lengths.sum()))
    totals, squares = [], []
    for d, (score, counts) in enumerate(zip(scored.score, scored.counts, strict=True)):
        off = score - np.repeat(centre.mean[of, d], scored.lengths)
        off *= counts
        if scored.weight is not None:
            off *= scored.weight
        totals.append(scale[:, d] * np.add.reduceat(off, scored.starts))
        whole += off * np.repeat(factor[:, d], scored.lengths)
        off *= off
        squares.append(scale[:, d] ** 2 * np.add.reduceat(off, scored.starts))
    totals.append(np.add.reduceat(whole, scored.starts))
    squares.append(np.add.reduceat(whole * whole, scored.starts))
    return np.stack(totals, axis=1), np.stack(squares, axis=1)


def sums(
    plan: Plan,
    rows: Rows,
    scorers: Sequence[Sequence[Scorer]],
    weights: Floats,
    weight: Floats | None,
    *,
    reweight: bool,
) -> tuple[Cells, Units]:
    """Both grouped sums of one group in one pass: each block holds whole cells, so its means are final."""
    done = [_both(plan, rows, scorers, weights, weight, reweight, parts) for parts in spans(plan)]
    return (
        Cells(*(np.concatenate([getattr(cells, f.name) for cells, _ in done]) for f in fields(Cells))),
        Units(*(np.concatenate([getattr(about, f.name) for _, about in done]) for f in fields(Units))),
    )


def _both(
    plan: Plan,
    rows: Rows,
    scorers: Sequence[Sequence[Scorer]],
    weights: Floats,
    weight: Floats | None,
    reweight: bool,
    parts: slice,
) -> tuple[Cells, Units]:
    scored = block(plan, rows, scorers, weight, parts)
    cells = cell_sums(scored)
    total, square = _about(scored, cells, plan.cell[parts], weights, reweight)
    domain = plan.domain[parts]
    if domain.max() >= 0:
        return cells, Units(total, square, *_about(scored, cells, domain, weights, reweight))
    return cells, Units(total, square, np.zeros_like(total), np.zeros_like(total))


def _about(scored: Block, cells: Cells, of: Ints, weights: Floats, reweight: bool) -> tuple[Floats, Floats]:
    """Linearised sums of a block about the means of its own cells or domains."""
    first = int(of[of >= 0].min())
    local = np.where(of < 0, -1, of - first)
    centre = centres(cells, local, int(local.max()) + 1, weights, reweight=reweight)
    return linearised(scored, centre, local)


def spans(plan: Plan) -> list[slice]:
    """Cut the parts into runs of whole cells of about BLOCK rows."""
    before = np.cumsum(plan.n) - plan.n
    heads = np.flatnonzero(np.diff(plan.cell, prepend=-1))
    number = before[heads] // BLOCK
    cuts = heads[np.flatnonzero(np.diff(number, prepend=-1))]
    return [slice(int(a), int(b)) for a, b in zip(cuts, [*cuts[1:], len(plan.n)], strict=True)]
