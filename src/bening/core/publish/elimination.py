"""Exact linear algebra on the rows of a table: whole numbers only, so nothing is lost to rounding."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm

Row = dict[int, int]  # column -> whole number; zeros are left out


def whole(parts: Mapping[int, Fraction]) -> Row:
    """The same row in whole numbers: a published number gives away every multiple of itself."""
    scale = lcm(*(part.denominator for part in parts.values()))
    return shortened({column: int(part * scale) for column, part in parts.items() if part})


def shortened(row: Row) -> Row:
    """The row divided by the greatest divisor of its entries."""
    divisor = gcd(*row.values())
    return {column: value // divisor for column, value in row.items()} if divisor > 1 else row


def without(row: Row, column: int, *, pivot: Row) -> Row:
    """`row` with `column` eliminated by `pivot`, which is not 0 there."""
    here, there = row[column], pivot[column]
    result = {c: value * there for c, value in row.items()}
    for c, value in pivot.items():
        left = result.get(c, 0) - here * value
        if left:
            result[c] = left
        else:
            result.pop(c, None)
    return shortened(result)


def reduced(rows: Iterable[Row], order: Sequence[int]) -> dict[int, Row]:
    """Reduced echelon form by pivot: every pivot column is 0 in all other rows.

    The pivot of a row is its first column in `order`, so a row is 0 in every column before its pivot. Rows
    that follow from others vanish.
    """
    place = {column: number for number, column in enumerate(order)}
    found: dict[int, Row] = {}
    for row in rows:
        for column in [c for c in row if c in found]:
            row = without(row, column, pivot=found[column])
        if not row:
            continue
        pivot = min(row, key=place.__getitem__)
        for other, kept in found.items():
            if pivot in kept:
                found[other] = without(kept, pivot, pivot=row)
        found[pivot] = row
    return found
