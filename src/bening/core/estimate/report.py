"""Rows of the result: every number that exists, and a reason for every one that should and does not."""

from dataclasses import dataclass

import numpy as np

from bening.core.estimate.composite import composite
from bening.core.estimate.finish import BIT, Nodes
from bening.core.estimate.intervals import interval
from bening.core.estimate.parts import Parts
from bening.core.estimate.places import Found, Places, missing_nodes, places_of
from bening.core.estimate.scores import dimensions
from bening.core.estimate.strata import Joined, uncovered
from bening.core.kinds import (
    Coded,
    Estimates,
    Floats,
    Group,
    Ints,
    Method,
    MissingNode,
    PublicationStatus,
    SharedStratum,
)

LEVELS = ("index", "group", "dimension")
SUFFICIENT = 30  # respondents an institution needs where the method file says nothing (QLT-9)


@dataclass(frozen=True, slots=True)
class Rows:
    """A batch of rows of the result, (R,) arrays; `place` first counts institutions, then units."""

    place: Ints
    order: Ints  # of the row inside its place
    level: Ints
    group: Ints
    dimension: Ints
    value: Floats
    fpc: Floats
    repeat: Floats
    df: Floats
    df_repeat: Floats
    n: Ints
    n_eff: Floats
    population: Floats
    flags: Ints


def report(method: Method, parts: Parts, joined: Joined, found: Found) -> Estimates:
    """All rows in the order institutions, their units, and within each index, groups and dimensions."""
    places = places_of(joined, found, len(parts.unit.names))
    batches = [_index_rows(method, places, found)]
    batches += [_group_rows(method, group, places.at[group], found[group][1]) for group in found]
    value, place, rank = (
        np.concatenate([getattr(batch, name) for batch in batches]) for name in ("value", "place", "order")
    )
    kept = np.flatnonzero(np.isfinite(value))
    order = kept[np.lexsort((rank[kept], place[kept]))]
    rows = Rows(
        **{name: np.concatenate([getattr(b, name) for b in batches])[order] for name in Rows.__slots__}
    )
    missing = missing_nodes(method, joined, places, found)
    return _estimates(method, parts, joined, places, rows, missing, _shared(method, joined, places, found))


def _group_rows(method: Method, group: Group, at: Ints, node: Nodes) -> Rows:
    """The rows of one group: itself first, then its dimensions; places without it get no row."""
    place = np.flatnonzero(at >= 0)
    columns = node.value.shape[1]
    row, column = np.repeat(at[place], columns), np.tile([columns - 1, *range(columns - 1)], len(place))
    number = list(method.groups).index(group)
    return Rows(
        place=np.repeat(place, columns),
        order=np.tile(1 + number * 1000 + np.arange(columns), len(place)),
        level=np.where(column == columns - 1, 1, 2),
        group=np.full(len(row), number),
        dimension=np.where(column == columns - 1, -1, column),
        value=node.value[row, column],
        fpc=node.fpc[row, column],
        repeat=node.repeat[row, column],
        df=node.df[row, column],
        df_repeat=node.df[row, column],
        n=node.n[row, column],
        n_eff=node.n_eff[row, column],
        population=node.population[row],
        flags=node.flags[row, column],
    )


def _index_rows(method: Method, places: Places, found: Found) -> Rows:
    """The row of the index of each place, NaN where a group it needs is not there (EST-5)."""
    size = len(places.institution)
    groups = [group for group, weight in method.groups.items() if weight > 0]
    columns = [_column(found[group][1], places.at[group]) if group in found else None for group in groups]
    nothing = np.full(size, np.nan)
    zero = np.zeros(size)
    empty = _Column(nothing, nothing, nothing, nothing, nothing, zero, zero, np.zeros(size, np.int64))
    table = [empty if column is None else column for column in columns]
    a = np.array([method.groups[group] for group in groups])
    value, df = (np.stack([getattr(c, name) for c in table], axis=1) for name in ("value", "df"))
    fpc, repeat = (np.stack([getattr(c, name) for c in table], axis=1) for name in ("fpc", "repeat"))
    made, again = composite(a, value, fpc, df), composite(a, value, repeat, df)
    return Rows(
        place=np.arange(size),
        order=np.zeros(size, np.int64),
        level=np.zeros(size, np.int64),
        group=np.full(size, -1),
        dimension=np.full(size, -1),
        value=made.value,
        fpc=made.variance,
        repeat=again.variance,
        df=made.df,
        df_repeat=again.df,
        n=np.sum([c.n for c in table], axis=0).astype(np.int64),
        n_eff=np.sum([c.n_eff for c in table], axis=0),
        population=np.sum([c.population for c in table], axis=0),
        flags=np.bitwise_or.reduce([c.flags for c in table]),
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """What one group brings to the index of each place, all (p,)."""

    value: Floats
    fpc: Floats
    repeat: Floats
    df: Floats
    population: Floats
    n: Floats
    n_eff: Floats
    flags: Ints


def _column(node: Nodes, at: Ints) -> _Column:
    """A group in the index: an unknown variance is replaced by the pooled one of its type (EST-5)."""
    own = np.isfinite(node.fpc[:, -1]) & np.isfinite(node.repeat[:, -1])
    census = node.fpc[:, -1] == 0
    borrow = ~own & np.isfinite(node.borrowed[:, -1])
    fpc = np.where(borrow & ~census, node.borrowed[:, -1], node.fpc[:, -1])
    repeat = np.where(borrow, node.borrowed[:, -1], node.repeat[:, -1])
    df = np.where(borrow, node.borrowed_df[:, -1], node.df[:, -1])
    flags = node.flags[:, -1] | np.where(borrow, BIT["pooled_variance"], 0)

    def laid(column: Floats, absent: float = np.nan) -> Floats:
        return np.where(at >= 0, column[at], absent)

    return _Column(
        laid(node.value[:, -1]),
        laid(fpc),
        laid(repeat),
        laid(df),
        laid(node.population),
        laid(node.n[:, -1].astype(float), 0),
        laid(node.n_eff[:, -1], 0),
        np.where(at >= 0, flags[at], 0),
    )


def _shared(method: Method, joined: Joined, places: Places, found: Found) -> tuple[SharedStratum, ...]:
    """The covariance a² V that a shared stratum puts between the indices of those who lean on it."""
    shared = []
    for group, (made, node) in found.items():
        for cell in np.flatnonzero(made.cell_stratum >= 0):
            members = joined.leaning[joined.leaning[:, 1] == made.cell_stratum[cell], 0]
            variance = _column(node, np.array([cell])).repeat[0]
            names = tuple(joined.strata.institutions[member] for member in members)
            shared.append(SharedStratum(names, float(method.groups[group] ** 2 * variance)))
    return tuple(shared)


def _estimates(
    method: Method,
    parts: Parts,
    joined: Joined,
    places: Places,
    rows: Rows,
    missing: tuple[MissingNode, ...],
    shared: tuple[SharedStratum, ...],
) -> Estimates:
    """The rows with their intervals and names."""
    se, again = np.sqrt(rows.fpc), np.sqrt(rows.repeat)
    lower, upper, none = interval(rows.value, se, rows.df, rows.n_eff)
    low, high, _ = interval(rows.value, again, rows.df_repeat, rows.n_eff)
    place = places.institution[rows.place].astype(np.int32)
    return Estimates(
        method=method.id,
        label=method.label,
        institution=Coded(place, joined.strata.institutions),
        unit=_named(places.unit[rows.place], parts.unit.names),
        level=Coded(rows.level.astype(np.int32), LEVELS),
        group=_named(rows.group, tuple(str(group) for group in method.groups)),
        dimension=_dimension_names(method, rows),
        estimate=rows.value,
        se=se,
        df=rows.df,
        lower=lower,
        upper=upper,
        se_repeat=again,
        df_repeat=rows.df_repeat,
        lower_repeat=low,
        upper_repeat=high,
        **{name: getattr(rows, name) for name in ("n", "n_eff", "population")},
        flags=(rows.flags | np.where(none, BIT["no_interval"], 0)).astype(np.uint8),
        status=_status(method, joined, rows),
        missing=missing,
        uncovered=uncovered(joined),
        shared=shared,
    )


def _dimension_names(method: Method, rows: Rows) -> Coded:
    """The dimension of each row by name; groups may number theirs differently."""
    codes = tuple(dict.fromkeys(part.code for part in method.dimensions))
    own = [[codes.index(code) for code in dimensions(method, group)] for group in method.groups]
    width = max(map(len, own))
    number = np.array([line + [-1] * (width - len(line)) for line in own])
    return _named(np.where(rows.dimension < 0, -1, number[rows.group, rows.dimension]), codes)


def _named(codes: Ints, names: tuple[str, ...]) -> Coded:
    """Codes with -1 for "none of them", which becomes the empty name."""
    return Coded((codes + 1).astype(np.int32), ("", *names))


def _status(method: Method, joined: Joined, rows: Rows) -> dict[str, PublicationStatus]:
    """Enough answers for a number or not; every other status is somebody's decision (QLT-9)."""
    least = method.floors.get("sufficiency", SUFFICIENT)
    whole = rows.place[(rows.level == 0) & (rows.n >= least)]
    enough = {int(place) for place in whole if place < len(joined.strata.institutions)}
    return {
        name: PublicationStatus.PUBLISHED if number in enough else PublicationStatus.INSUFFICIENT_SAMPLE
        for number, name in enumerate(joined.strata.institutions)
    }
