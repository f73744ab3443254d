"""Sums of rows into numbered places."""

import numpy as np

from bening.core.kinds import Floats, Ints


def fold(values: Floats | Ints, of: Ints, size: int) -> Floats:
    """Sum rows (P, …) into `size` places; a row numbered -1 is left out. Rows in order are summed in runs."""
    kept = of >= 0
    values, of = (values, of) if kept.all() else (values[kept], of[kept])
    summed = np.zeros((size, *values.shape[1:]))
    if not len(of):
        return summed
    step = np.diff(of)
    if (step >= 0).all():
        heads = np.concatenate([[0], np.flatnonzero(step) + 1])
        summed[of[heads]] = np.add.reduceat(values, heads, axis=0)
    elif values.ndim == 1:
        summed += np.bincount(of, weights=values, minlength=size)
    else:
        for place, column in enumerate(values.T):
            summed[:, place] = np.bincount(of, weights=column, minlength=size)
    return summed
