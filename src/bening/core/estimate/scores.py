"""From answers to scores: goalposts, items, and each respondent's score of a dimension (IDX-1, EST-4)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bening.core.kinds import MISSING, NOT_ASKED, Bools, Dimension, Floats, Group, Item, Method
from bening.core.problems import refuse

Column = NDArray[np.uint8] | Floats


@dataclass(frozen=True, slots=True)
class Scorer:
    """One item ready to be summed: its column, and for codes the score of each of 256 codes."""

    column: Column
    table: Floats | None  # (256,) points, 0 where there is no score; None: the column holds scores
    scored: int  # codes below it have a score


def normalise(value: Floats | float, lowest: float, highest: float, *, reverse: bool = False) -> Floats:
    """Scores 0–100 between fixed goalposts, never those of the sample (IDX-1)."""
    if not highest > lowest:
        raise refuse("ESTIMATE-110", lowest=lowest, highest=highest)
    share = (np.asarray(value, float) - lowest) / (highest - lowest)
    return 100 * (1 - share if reverse else share)


def likert(categories: int, *, reverse: bool = False) -> tuple[tuple[str, float | None], ...]:
    """Scores of the codes "1" … "C" in equal steps from 0 to 100 (IDX-1)."""
    points = normalise(np.arange(1, categories + 1, dtype=float), 1, categories, reverse=reverse)
    return tuple((str(code), float(score)) for code, score in enumerate(points, start=1))


def codes_of(item: Item) -> tuple[str, ...]:
    """The answer codes of an item in the order of their uint8 numbers: those with a score first."""
    return tuple(code for code, _ in sorted(item.scores, key=lambda pair: pair[1] is None))


def encode(item: Item, answers: Sequence[str]) -> NDArray[np.uint8]:
    """Answer codes (n,) as uint8; an empty text is MISSING. An unknown code is ESTIMATE-106."""
    number = {code: place for place, code in enumerate(codes_of(item))} | {"": MISSING}
    unknown = sorted(set(answers) - set(number))
    if unknown:
        raise refuse("ESTIMATE-106", item=item.id, answer=unknown[0])
    return np.fromiter((number[code] for code in answers), np.uint8, len(answers))


def scorer(item: Item, column: Column) -> Scorer:
    """An item with its column; refuses scores outside 0–100 (ESTIMATE-111)."""
    if item.scale == "score":
        outside = column[(column < 0) | (column > 100)]
        if outside.size:
            raise refuse("ESTIMATE-111", item=item.id, score=float(outside[0]))
        return Scorer(column, None, 0)
    points = [points for _, points in item.scores if points is not None]
    if not all(0 <= score <= 100 for score in points):
        raise refuse("ESTIMATE-111", item=item.id, score=min(points, key=lambda score: 50 - abs(score - 50)))
    table = np.zeros(256)
    table[: len(points)] = points
    return Scorer(column, table, len(points))


def scorers(method: Method, group: Group, columns: Mapping[str, Column]) -> tuple[tuple[Scorer, ...], ...]:
    """The scorers of each dimension of a group, in the order of the method (ESTIMATE-112: one has none)."""
    found = []
    for dimension in dimensions(method, group):
        items = [item for item in method.items if (item.group, item.dimension) == (group, dimension)]
        absent = [item.id for item in items if item.id not in columns]
        if absent or not items:
            raise refuse("ESTIMATE-112", group=group, dimension=dimension, item=", ".join(absent) or "–")
        found.append(tuple(scorer(item, columns[item.id]) for item in items))
    return tuple(found)


def dimensions(method: Method, group: Group) -> tuple[str, ...]:
    """The dimension codes of a group, in the order of the method."""
    return tuple(part.code for part in method.dimensions if part.group == group)


def by_indicator(method: Method) -> Method:
    """The method with its indicators in place of dimensions, to estimate each of them (IDX-2).

    Inside a dimension indicators weigh the same. Items that are no part of the index stay out.
    """
    items = [item for item in method.items if item.dimension and item.indicator]
    inside = {(item.group, item.dimension, item.indicator): None for item in items}
    weights = {(part.group, part.code): part.weight for part in method.dimensions}
    many = Counter((group, dimension) for group, dimension, _ in inside)
    names = {(one.group, one.code): one.name for one in method.indicators}
    return replace(
        method,
        dimensions=tuple(
            Dimension(code, group, names[group, code], weights[group, dimension] / many[group, dimension])
            for group, dimension, code in inside
        ),
        items=tuple(replace(item, dimension=item.indicator) for item in items),
    )


def dimension_score(items: Sequence[Scorer], rows: slice | NDArray[np.intp]) -> tuple[Floats, Bools]:
    """x_kd and d_kd of EST-4 for some rows: the mean of the answered items, and whether half were answered.

    Both are (m,); the score is 0 where it does not count. Half is taken of the items the respondent was
    asked.
    """
    size = rows.stop - rows.start if isinstance(rows, slice) else len(rows)
    total, answered, asked = np.zeros(size), np.zeros(size, np.uint16), np.zeros(size, np.uint16)
    buffer = np.empty(size)
    for item in items:
        column = item.column[rows] if isinstance(rows, slice) else item.column.take(rows, mode="clip")
        if item.table is None:
            given = ~np.isnan(column)
            total += np.where(given, column, 0)
            asked += 1
        else:
            codes = column.astype(np.uint8, casting="safe", copy=False)
            given = codes < item.scored
            total += item.table.take(codes, out=buffer, mode="clip")
            asked += codes != NOT_ASKED
        answered += given
    counts = (answered > 0) & (2 * answered >= asked)
    np.divide(total, answered, out=total, where=counts)
    total[~counts] = 0
    return total, counts
