"""Equal answers (QLT-2) and nearly equal ones (QLT-3) inside a unit."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import poisson

from bening.core.quality.bins import bin_of, cuts
from bening.core.quality.signs import LEAST_ANSWERED, MISSING, Codes, labels, mean_position

FIELDS = 15  # 4-bit answers in one machine word; the last four bits stay 0
OWN_CODE = 15  # missing, or an option beyond the fourteenth
ONES = np.uint64(0x0111111111111111)
BLOCK = 1 << 15  # rows compared at a time: both words of a block stay in the cache

Words = NDArray[np.uint64]


def pack(codes: Codes) -> Words:
    """Answers (n, J) as 4-bit fields, 15 to a word, (n, ⌈J/15⌉); MISSING and options above 13 become 15."""
    fields = np.where((codes < 0) | (codes > 13), OWN_CODE, codes).astype(np.uint64)
    words = np.zeros((len(codes), -(-codes.shape[1] // FIELDS)), dtype=np.uint64)
    for item in range(codes.shape[1]):
        words[:, item // FIELDS] |= fields[:, item] << np.uint64(4 * (item % FIELDS))
    return words


def spread_bits(words: Words) -> Words:
    """One bit per field: set where any of its four bits is."""
    words = words | (words >> np.uint64(2))
    return (words | (words >> np.uint64(1))) & ONES


def gaps(words: Words) -> Words:
    """One bit per field: set where the answer has its own code and cannot be compared."""
    return spread_bits(words) & ~spread_bits(~words & (ONES * np.uint64(15)))


def match_block(words: Words, unit: NDArray[np.intp], *, items: int) -> NDArray[np.float64]:
    """Highest share of equal answers with another row of the same unit; rows sorted by unit."""
    best = np.zeros(len(unit))
    missing = gaps(words)
    complete = not missing.any()
    for lag in range(1, int(np.bincount(unit - unit[0]).max())):
        left = np.flatnonzero(unit[lag:] == unit[:-lag])
        right = left + lag
        differ = spread_bits(words[left] ^ words[right])
        compared: NDArray[np.int64] = np.full(len(left), items)
        if not complete:
            open_fields = missing[left] | missing[right]
            differ &= ~open_fields
            compared = items - np.bitwise_count(open_fields).sum(axis=1, dtype=np.int64)
        share = 1 - np.bitwise_count(differ).sum(axis=1, dtype=np.int64) / np.maximum(compared, 1)
        share[compared < min(LEAST_ANSWERED, items)] = 0.0
        best[left] = np.maximum(best[left], share)
        best[right] = np.maximum(best[right], share)
    return best


def percent_match(codes: Codes, unit: ArrayLike) -> NDArray[np.float64]:
    """QLT-3: for every respondent the highest share (0–1) of equal answers with anyone else of the unit.

    `codes` (n, J) option positions, MISSING compares with nothing; pairs with fewer than six common answers
    count as 0. A description, with no threshold: honest people of one office are often this alike.
    """
    _, numbers = np.unique(labels(codes, unit), return_inverse=True)
    order = np.argsort(numbers, kind="stable")
    words, numbers = pack(codes[order]), numbers[order]
    ends = np.append(np.flatnonzero(np.diff(numbers)) + 1, len(numbers))
    sorted_best = np.zeros(len(codes))
    start = 0
    for here, after in zip(ends, [*ends[1:], None], strict=True):
        if after is None or after - start > BLOCK:
            sorted_best[start:here] = match_block(
                words[start:here], numbers[start:here], items=codes.shape[1]
            )
            start = int(here)
    best = np.zeros(len(codes))
    best[order] = sorted_best
    return best


def pairs(counts: NDArray[np.integer]) -> NDArray[np.float64]:
    """Number of pairs among `counts` people."""
    return np.asarray(counts * (counts - 1) / 2.0, dtype=np.float64)


def duplicates(codes: Codes, unit: ArrayLike, *, pool: ArrayLike) -> dict[str, tuple[int, float, float]]:
    """QLT-2: for each unit (equal pairs D, pairs expected λ, p-value), the pool being the rest of its type.

    `codes` (n, J) option positions turned so that higher is better; `unit`, `pool` (n,) labels, pool =
    institution type. Rows with fewer than six answers are left out: equal silence proves nothing.
    """
    units, pools = labels(codes, unit), labels(codes, pool)
    answered = (codes != MISSING).sum(axis=1)
    found: dict[str, tuple[int, float, float]] = {}
    for name in np.unique(pools):
        rows = np.flatnonzero((pools == name) & (answered >= LEAST_ANSWERED))
        if not rows.size:
            continue
        names, member = np.unique(units[rows], return_inverse=True)
        equal, expected = pool_pairs(codes[rows], member)
        p = poisson.sf(equal - 1, expected)
        for label, d, rate, each in zip(names.tolist(), equal, expected, p, strict=True):
            found[label] = (int(d), float(rate), float(each))
    return dict(sorted(found.items()))


def pool_pairs(codes: Codes, member: NDArray[np.intp]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Equal pairs D (U,) of each unit and the λ (U,) that the other units of the pool let expect."""
    scores = mean_position(codes)
    bins = bin_of(scores, cuts(scores))
    width, count = int(bins.max()) + 1, int(member.max()) + 1
    _, value = np.unique(codes, axis=0, return_inverse=True)
    value = value.reshape(-1)
    everywhere = np.bincount(value)
    cell, here = np.unique(member * len(everywhere) + value, return_counts=True)
    u, v = np.divmod(cell, len(everywhere))
    bin_of_value = np.zeros(len(everywhere), dtype=np.intp)
    bin_of_value[value] = bins
    equal = np.bincount(u, weights=pairs(here), minlength=count).astype(np.float64)
    all_pairs = np.bincount(bin_of_value, weights=pairs(everywhere), minlength=width)
    lost = pairs(everywhere[v]) - pairs(everywhere[v] - here)
    lost_pairs = np.bincount(u * width + bin_of_value[v], weights=lost, minlength=count * width)
    inside = np.bincount(member * width + bins, minlength=count * width).reshape(count, width)
    outside = np.bincount(bins, minlength=width) - inside
    chance = (all_pairs - lost_pairs.reshape(count, width) + 0.5) / (pairs(outside) + 1)
    expected: NDArray[np.float64] = (pairs(inside) * chance).sum(axis=1)
    return equal, expected
