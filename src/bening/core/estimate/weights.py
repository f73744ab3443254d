"""Weights of respondents before and after calibration (WGT-1, WGT-2, WGT-5, WGT-6)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bening.core.kinds import Floats, Ints
from bening.core.problems import refuse


@dataclass(frozen=True, slots=True)
class Cell:
    """An adjustment cell: counts at the gate, never answers. `parent` is the declared cell it merges into."""

    code: str
    invited: float  # Σ base weight of everybody invited
    answered: float  # Σ base weight of those who answered
    respondents: int
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What the non-response adjustment did to one cell."""

    code: str  # the cell as declared
    merged: str  # the cell it was adjusted in
    factor: float  # by which its base weights are multiplied


@dataclass(frozen=True, slots=True)
class Trimmed:
    """Weights after trimming, how much moved, and how much found no place."""

    weight: Floats  # (n,)
    moved: float  # share of the total weight taken from the trimmed
    unplaced: float  # weight that no untrimmed respondent of the cell could take


def base_weights(population: Floats | Ints, answers: Ints) -> Floats:
    """N/r of each stratum (H,); more answers than people is ESTIMATE-104, no answers ESTIMATE-101 (WGT-1)."""
    empty, over = np.flatnonzero(answers == 0), np.flatnonzero(answers > population)
    if empty.size:
        raise refuse("ESTIMATE-101", what=f"stratum {empty[0] + 1}")
    if over.size:
        raise refuse(
            "ESTIMATE-104",
            n=int(answers[over[0]]),
            population=int(population[over[0]]),
            institution="–",
            group="–",
            stratum=str(over[0] + 1),
        )
    return np.asarray(population, float) / answers


def adjust(cells: Sequence[Cell], *, least: int = 20, cap: float = 2.5) -> tuple[Adjusted, ...]:
    """Weight factors of adjustment cells, merged into their parents until each is large enough (WGT-2).

    A cell is merged while it has fewer than `least` respondents or a factor above `cap`; all cells with the
    same parent go with it. A cell that is too small and has no parent keeps its factor; without any
    respondent it is ESTIMATE-134.
    """
    place = {cell.code: cell.code for cell in cells}
    parent = {cell.code: cell.parent for cell in cells}
    while True:
        sums = _summed(cells, place)
        small = [
            code
            for code, (invited, answered, n) in sums.items()
            if parent.get(code) and (n < least or invited > cap * answered)
        ]
        if not small:
            break
        target = parent[small[0]]
        place = {code: target if parent.get(now) == target else now for code, now in place.items()}
    for code, (_, answered, _) in sums.items():
        if answered <= 0:
            raise refuse("ESTIMATE-134", cell=code)
    return tuple(
        Adjusted(cell.code, place[cell.code], sums[place[cell.code]][0] / sums[place[cell.code]][1])
        for cell in cells
    )


def _summed(cells: Sequence[Cell], place: dict[str, str]) -> dict[str, tuple[float, float, int]]:
    """Invited, answered and respondents of the cells as merged so far."""
    sums: dict[str, tuple[float, float, int]] = {}
    for cell in cells:
        invited, answered, n = sums.get(place[cell.code], (0.0, 0.0, 0))
        sums[place[cell.code]] = (invited + cell.invited, answered + cell.answered, n + cell.respondents)
    return sums


def kish(weight: Floats) -> tuple[float, float]:
    """Design effect of unequal weights and the effective number of answers, n Σw²/(Σw)² (WGT-5)."""
    deff = float(len(weight) * (weight**2).sum() / weight.sum() ** 2)
    return deff, len(weight) / deff


def cap_of(weight: Floats, spread: float = 5.0) -> float:
    """The default cap of weights: median + 5 interquartile ranges (WGT-6)."""
    low, middle, high = np.quantile(weight, (0.25, 0.5, 0.75))
    return float(middle + spread * (high - low))


def trim(weight: Floats, cap: float, cell: Ints | None = None) -> Trimmed:
    """Cut weights at the cap and hand the excess in equal amounts to the others of the same cell (WGT-6).

    weight, cell (n,). Repeats until nobody stands above the cap; totals of cells are kept as far as there is
    room.
    """
    weight = np.asarray(weight, float).copy()
    of = np.zeros(len(weight), np.int64) if cell is None else np.unique(cell, return_inverse=True)[1]
    before, unplaced = weight.copy(), 0.0
    while (weight > cap).any():
        excess = np.bincount(of, weights=np.maximum(weight - cap, 0))
        weight = np.minimum(weight, cap)
        room = weight < cap
        takers = np.bincount(of, weights=room, minlength=len(excess))
        unplaced += float(excess[takers == 0].sum())
        weight += np.where(room, (excess / np.maximum(takers, 1))[of], 0)
    return Trimmed(weight, float(np.maximum(before - weight, 0).sum() / before.sum()), unplaced)
