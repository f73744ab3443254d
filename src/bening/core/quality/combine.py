"""Several signals, one p-value (QLT-8). Red lights are never added up."""

from math import atan, fsum, pi

import numpy as np
from numpy.typing import ArrayLike

from bening.core.problems import refuse
from bening.core.quality.false_discovery import p_values

NEAREST = 1e-15  # p-values are kept this far from 0 and 1


def combine(p: ArrayLike) -> float:
    """QLT-8, Cauchy combination of the p-values that exist (NaN = signal not available).

    Holds when the signals depend on one another. QUALITY-102 when there is none or one lies outside 0–1.
    """
    values = p_values(p).ravel()
    values = values[~np.isnan(values)]
    if not values.size:
        raise refuse("QUALITY-102", value="–")
    tangents = np.tan((0.5 - np.clip(values, NEAREST, 1 - NEAREST)) * np.pi)
    # A p-value near 0 beside one near 1 cancels 15 digits: only an exact sum does not depend on their order.
    return 0.5 - atan(fsum(tangents) / len(tangents)) / pi
