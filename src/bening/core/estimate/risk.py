"""Drivers of an index and the risk map (RSK-1, 2, 3)."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t

from bening.core.kinds import Floats, RiskCell, RiskLevel
from bening.core.problems import refuse

STEPS = 5  # of likelihood and of impact
STARTS = (1, 5, 10, 15)  # least product of low, moderate, high and extreme in the default table
Table = Mapping[tuple[int, int], RiskLevel]  # (likelihood, impact) -> level, 25 entries


def drivers(weights: ArrayLike, scores: ArrayLike, reference: ArrayLike) -> Floats:
    """RSK-1: exact contribution w(s − ref) of each part, in index points; they sum to the difference of the
    indices.
    """
    w, s, ref = _same_length(weights, scores, reference)
    return np.asarray(w * (s - ref))


def change_drivers(
    weights_then: ArrayLike, scores_then: ArrayLike, weights_now: ArrayLike, scores_now: ArrayLike
) -> tuple[Floats, float]:
    """RSK-1: contribution of each part to the change between two years, and that of changed weights."""
    w1, s1, w2, s2 = _same_length(weights_then, scores_then, weights_now, scores_now)
    return w1 * (s2 - s1), float((w2 - w1) @ s2)


def likelihood(score: float, cuts: Sequence[float]) -> int:
    """RSK-2: 1 (rare) to 5 (almost certain) from a score by the four rising cut points of the edition; 100
    gives 1.
    """
    return STEPS - int(np.searchsorted(_cuts(cuts), score, side="right"))


def product_table(starts: Sequence[int] = STARTS) -> Table:
    """RSK-2: the 25 entries by the product of likelihood and impact; an edition file may change single
    entries.
    """
    if len(starts) != len(RiskLevel) or starts[0] != 1 or list(starts) != sorted(set(starts)):
        raise refuse("ESTIMATE-169", field="starts", wanted="1 < moderate < high < extreme")
    levels = tuple(RiskLevel)
    pairs = [(a, b) for a in range(1, STEPS + 1) for b in range(1, STEPS + 1)]
    return {(a, b): levels[int(np.searchsorted(starts, a * b, side="right")) - 1] for a, b in pairs}


def level_of(likelihood_step: int, impact: int, table: Table) -> RiskLevel:
    """RSK-2: the level of one cell by lookup; products of ordinal numbers can rank wrongly, a table can be
    mended.
    """
    if (likelihood_step, impact) not in table:
        raise refuse("ESTIMATE-169", field=f"({likelihood_step}, {impact})", wanted="1–5, 1–5")
    return table[likelihood_step, impact]


def risk_cell(
    score: float,
    *,
    se: float | None,
    df: float | None,
    cuts: Sequence[float],
    impact: int,
    table: Table,
    sure: float = 0.8,
) -> RiskCell:
    """RSK-3: the level of a cell with the chance of every level; certain only if its own reaches `sure`.

    `score` is that of a dimension × unit group (0–100), `se` None where it is unknown.
    """
    step = likelihood(score, cuts)
    level = level_of(step, impact, table)
    if se is None or df is None:
        return RiskCell(step, level, {}, False)
    chances = dict.fromkeys(RiskLevel, 0.0)
    for at, chance in enumerate(likelihood_chances(score, se=se, df=df, cuts=cuts), start=1):
        chances[level_of(at, impact, table)] += chance
    return RiskCell(step, level, chances, chances[level] >= sure)


def likelihood_chances(score: float, *, se: float, df: float, cuts: Sequence[float]) -> tuple[float, ...]:
    """RSK-3: chance of likelihood 1, …, 5 given a score with its se and degrees of freedom."""
    if se <= 0:
        return tuple(float(step == likelihood(score, cuts)) for step in range(1, STEPS + 1))
    below = np.concatenate([[0.0], t.cdf((_cuts(cuts) - score) / se, df), [1.0]])
    return tuple(np.diff(below)[::-1].tolist())


def _cuts(cuts: Sequence[float]) -> Floats:
    points = np.asarray(cuts, float)
    if len(points) != STEPS - 1 or np.any(np.diff(points) <= 0):
        raise refuse("ESTIMATE-169", field="cuts", wanted="c1 < c2 < c3 < c4")
    return points


def _same_length(*parts: ArrayLike) -> list[Floats]:
    arrays = [np.asarray(part, float) for part in parts]
    for array in arrays:
        if array.shape != arrays[0].shape:
            raise refuse("ESTIMATE-168", left=len(arrays[0]), right=len(array))
    return arrays
