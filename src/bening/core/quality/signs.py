"""Screens of single answers (QLT-1). A sign is a remark: the answer stays in the main estimate."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bening.core.kinds import Screens, Sign
from bening.core.problems import refuse

MISSING = -1  # "do not know", "rather not say", not routed
LEAST_ANSWERED = 6  # fewer answered items: no screen
RARE = 99.5  # national percentile of runs

Codes = NDArray[np.integer]


def matrix(codes: Codes) -> Codes:
    """The answers as they are, refused unless they are a table with one row per respondent."""
    if codes.ndim != 2:
        raise refuse("QUALITY-101", what="codes", found=str(codes.shape), expected="(n, J)")
    return codes


def labels(codes: Codes, names: ArrayLike) -> NDArray[np.str_]:
    """The label of each row as text; QUALITY-101 unless there is one for each row of `codes`."""
    found = np.asarray(names)
    if found.shape != matrix(codes).shape[:1]:
        raise refuse("QUALITY-101", what="labels", found=str(found.shape), expected=f"({len(codes)},)")
    return found.astype(np.str_)


def mean_position(codes: Codes) -> NDArray[np.float64]:
    """Mean option position of each respondent's answered items: the total score that bins are made of."""
    answered = (codes != MISSING).sum(axis=1)
    return np.asarray(np.where(codes == MISSING, 0, codes).sum(axis=1) / np.maximum(answered, 1))


def long_string(codes: Codes) -> NDArray[np.int64]:
    """QLT-1: longest run of equal neighbouring answers of each respondent, in items.

    `codes` (n, J) holds option positions as printed (not reversed), MISSING where there is none; a missing
    answer breaks a run.
    """
    longest = np.zeros(len(matrix(codes)), dtype=np.int64)
    run = np.zeros_like(longest)
    before = np.full(len(codes), MISSING)
    for column in codes.T:
        run = np.where(column == MISSING, 0, np.where(column == before, run + 1, 1))
        longest = np.maximum(longest, run)
        before = column
    return longest


def spread(codes: Codes) -> NDArray[np.float64]:
    """QLT-1, IRV: standard deviation (n−1) of each respondent's answered items, in option positions.

    NaN where fewer than two items are answered.
    """
    answered = matrix(codes) != MISSING
    n = answered.sum(axis=1)
    total = np.where(answered, codes, 0).sum(axis=1)
    centre = total / np.maximum(n, 1)
    squares = np.where(answered, (codes - centre[:, None]) ** 2, 0.0).sum(axis=1)
    return np.where(n > 1, np.sqrt(squares / np.maximum(n - 1, 1)), np.nan)


def missing_rate(codes: Codes) -> NDArray[np.float64]:
    """QLT-1: share (0–1) of items without an answer: information on fear, never a flag."""
    return np.asarray((matrix(codes) == MISSING).mean(axis=1), dtype=np.float64)


def contradictions(codes: Codes, opposites: Sequence[tuple[int, int]], *, agree: int) -> NDArray[np.int64]:
    """QLT-1: in how many reverse-keyed pairs both statements are agreed to (position ≥ `agree`)."""
    both = [(codes[:, first] >= agree) & (codes[:, second] >= agree) for first, second in opposites]
    return np.asarray(sum(both, np.zeros(len(matrix(codes)), dtype=np.int64)), dtype=np.int64)


def national_runs(codes: Codes, blocks: Sequence[tuple[int, ...]]) -> tuple[float, ...]:
    """QLT-1: for each mixed block the 99.5th percentile of runs over all answers of the country."""
    return tuple(float(np.percentile(long_string(codes[:, list(block)]), RARE)) for block in blocks)


def signs(codes: Codes, time_band: NDArray[np.integer], *, screens: Screens) -> tuple[frozenset[Sign], ...]:
    """QLT-1: the signs of each answer, one set per respondent, empty for most.

    `codes` (n, J) option positions, `time_band` (n,) total time as 1–4 (MISSING where unknown).
    """
    if time_band.shape != matrix(codes).shape[:1]:
        raise refuse("QUALITY-101", what="time_band", found=str(time_band.shape), expected=f"({len(codes)},)")
    screened = (codes != MISSING).sum(axis=1) >= LEAST_ANSWERED
    pairs = contradictions(codes, screens.opposites, agree=screens.agree)
    seen = {
        Sign.LONG_STRING: np.zeros(len(codes), dtype=bool),
        Sign.NO_VARIATION: np.zeros(len(codes), dtype=bool),
        Sign.SPEED: screened & (time_band > 0) & (time_band <= screens.fast_band),
        Sign.CONTRADICTION: screened & (pairs >= screens.contradictions),
    }
    for block, rare in zip(screens.mixed_blocks, screens.runs, strict=True):
        part = codes[:, list(block)]
        enough = (part != MISSING).sum(axis=1) >= LEAST_ANSWERED
        run = long_string(part)
        seen[Sign.LONG_STRING] |= enough & (run > screens.long_share * len(block)) & (run > rare)
        seen[Sign.NO_VARIATION] |= enough & (spread(part) == 0)
    return tuple(frozenset(sign for sign, hit in seen.items() if hit[row]) for row in range(len(codes)))
