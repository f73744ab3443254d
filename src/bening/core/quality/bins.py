"""Comparable people: respondents of other units with about the same total score (QLT-2, QLT-4)."""

import numpy as np
from numpy.typing import NDArray

BINS = 12  # quantile bins of the total score
LEAST_IN_BIN = 20  # a smaller bin merges with its neighbour

Floats = NDArray[np.float64]


def cuts(scores: Floats) -> Floats:
    """Inner edges of the score bins of a pool: at most 12 quantile bins, each with 20 of the pool or more.

    Bins grow from the lowest score upward; what is left over at the top joins the bin below.
    """
    edges = np.unique(np.quantile(scores, np.arange(1, BINS) / BINS))
    kept: list[float] = []
    below = np.searchsorted(np.sort(scores), edges)
    taken = 0
    for edge, upto in zip(edges, below, strict=True):
        if upto - taken >= LEAST_IN_BIN and len(scores) - upto >= LEAST_IN_BIN:
            kept.append(float(edge))
            taken = int(upto)
    return np.array(kept)


def bin_of(scores: Floats, edges: Floats) -> NDArray[np.intp]:
    """The bin of each score, counted from 0; a score equal to an edge belongs to the bin above it."""
    return np.searchsorted(edges, scores, side="right")
