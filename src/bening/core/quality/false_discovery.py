"""Many tests at once (QLT-5)."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import false_discovery_control

from bening.core.problems import refuse


def p_values(p: ArrayLike) -> NDArray[np.float64]:
    """The values as an array, refused outside 0–1; NaN stands for a test that was not made."""
    values = np.asarray(p, dtype=np.float64)
    wrong = values[~np.isnan(values) & ((values < 0) | (values > 1))]
    if wrong.size:
        raise refuse("QUALITY-102", value=float(wrong[0]))
    return values


def false_discovery(p: ArrayLike) -> NDArray[np.float64]:
    """QLT-5, Benjamini–Hochberg: q of each p (m,); flag where q ≤ level. NaN stays NaN and is not counted."""
    values = p_values(p)
    tested = ~np.isnan(values)
    q = np.full(values.shape, np.nan)
    if tested.any():
        q[tested] = false_discovery_control(values[tested])
    return q
