"""The attacker of DSC-4: the smallest group whose sum follows from everything that is published.

A group is derivable when its 0/1 vector is a combination of published rows. The rows are first brought into
reduced echelon form, exactly; every combination that is 0/1 then has 0/1 multipliers, because a pivot column
belongs to one row alone. So multipliers need no bound, and an atom alone is derivable exactly when it
is a row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csr_array

from bening.core.kinds import Aggregate, Atom, Output
from bening.core.publish.elimination import Row, reduced, whole
from bening.core.publish.thresholds import floor

OPTIMAL, INFEASIBLE = 0, 2
USED = 1e-7  # a multiplier above this counts as used


@dataclass(frozen=True, slots=True)
class Found:
    """A set of columns that is a 0/1 combination of the rows; all doubtful columns when not `certain`."""

    columns: frozenset[int]
    certain: bool


@dataclass(frozen=True, slots=True)
class Leak:
    """A group below its floor that can be computed; `certain` is False when the solver gave up."""

    atoms: tuple[str, ...]
    count: int
    certain: bool = True


def components(rows: Mapping[int, Row]) -> list[list[int]]:
    """Pivots of rows that share a column, directly or through others: each part can be searched alone."""
    owner: dict[int, int] = {}
    parts: dict[int, list[int]] = {}
    for pivot, row in rows.items():
        merged = [pivot]
        for old in {owner[column] for column in row if column in owner}:
            merged += parts.pop(old)
        parts[pivot] = merged
        owner |= {column: pivot for member in merged for column in rows[member]}
    return [sorted(part) for part in parts.values()]


def smallest_combination(
    rows: Sequence[Row], pivots: Sequence[int], *, counts: Mapping[int, int], must: frozenset[int]
) -> Found | None:
    """The 0/1 combination of echelon `rows` with fewest people that touches a column of `must`, if any."""
    columns = sorted({column for row in rows for column in row})
    if not must.intersection(columns):
        return None
    if len(rows) == 1:
        alike = len(set(rows[0].values())) == 1
        return Found(frozenset(columns), True) if alike else None
    found = programme(rows, pivots, columns=columns, counts=counts, must=must)
    if found.status == INFEASIBLE:
        return None
    if found.status != OPTIMAL:
        return Found(frozenset(columns), False)
    return Found(frozenset(c for c, x in zip(columns, found.x, strict=False) if x > 0.5), True)


def programme(
    rows: Sequence[Row],
    pivots: Sequence[int],
    *,
    columns: Sequence[int],
    counts: Mapping[int, int],
    must: frozenset[int],
) -> OptimizeResult:
    """The integer programme: x of every column, then the multiplier of every row; x = R'λ, all 0/1."""
    place = {column: number for number, column in enumerate(columns)}
    m, r = len(columns), len(rows)
    entries = [(i, i, -1.0) for i in range(m)]
    for i, (row, pivot) in enumerate(zip(rows, pivots, strict=True)):
        entries += [(place[c], m + i, value / row[pivot]) for c, value in row.items()]
    at, by, value = zip(*entries, strict=True)
    combine = csr_array((value, (at, by)), shape=(m, m + r))
    touch = csr_array(np.array([[float(c in must) for c in columns] + [0.0] * r]))
    return milp(
        np.array([float(counts[c]) for c in columns] + [0.0] * r),
        integrality=np.ones(m + r),
        bounds=Bounds(0, 1),
        constraints=[LinearConstraint(combine, 0, 0), LinearConstraint(touch, 1, np.inf)],
    )


def smallest_set(
    rows: Sequence[Row], counts: Mapping[int, int], *, below: float, must: frozenset[int]
) -> Found | None:
    """DSC-4: the smallest derivable set of columns with fewer than `below` people that touches `must`.

    Columns with `below` people or more cannot be part of it: they come first in the echelon form, and only
    rows that are 0 on all of them are combined.
    """
    large = [c for c in counts if counts[c] >= below]
    small = [c for c in counts if counts[c] < below]
    echelon = reduced(rows, [*large, *small])
    inner = {pivot: row for pivot, row in echelon.items() if counts[pivot] < below}
    best, fewest = None, below
    for part in components(inner):
        found = smallest_combination([inner[p] for p in part], part, counts=counts, must=must)
        if found and not found.certain:
            return found
        if found and (size := sum(counts[c] for c in found.columns)) < fewest:
            best, fewest = found, size
    return best


def named(found: Found, atoms: Sequence[Atom]) -> Leak:
    """The set in the words of the table."""
    members = sorted(found.columns)
    return Leak(tuple(atoms[c].id for c in members), sum(atoms[c].count for c in members), found.certain)


def rows_of(aggregates: Sequence[Aggregate], atoms: Sequence[Atom]) -> list[Row]:
    """The published rows in whole numbers over the positions of the atoms."""
    number = {atom.id: i for i, atom in enumerate(atoms)}
    return [whole({number[part]: value for part, value in row.parts.items()}) for row in aggregates]


def floors_of(atoms: Sequence[Atom], output: Output, floors: Mapping[str, int]) -> dict[str, int]:
    """The fewest people that a set with this atom may have: a census raises it."""
    return {atom.id: floor(output, floors, census=atom.census) for atom in atoms}


def presences(atoms: Sequence[Atom]) -> list[frozenset[int]]:
    """The atoms that answered an indicator, every pattern once: atoms without answers to it hide nothing."""
    indicators = range(len(atoms[0].counts)) if atoms else range(0)
    patterns = {frozenset(i for i, atom in enumerate(atoms) if atom.counts[q]) for q in indicators}
    return sorted(patterns, key=sorted)


def attack(
    aggregates: Sequence[Aggregate],
    atoms: Sequence[Atom],
    *,
    floors: Mapping[str, int],
    output: Output = Output.MEAN,
) -> Leak | None:
    """DSC-4: a derivable group below its floor, or None when there is none.

    The floor is that of `output` for the family (10; 30 for prevalence), 20 for a set with a census atom.
    Counts are the smallest over the indicators, so the answer holds for each of them. The rounding of what is
    published is not counted as protection, and the weights are taken as known.
    """
    needed = floors_of(atoms, output, floors)
    rows = rows_of(aggregates, atoms)
    for present in presences(atoms):
        seen = [row for row in ({c: v for c, v in each.items() if c in present} for each in rows) if row]
        counts = {i: max(atoms[i].count, 1) for i in sorted(present)}
        for least in sorted({needed[atoms[i].id] for i in present}):
            must = frozenset(i for i in present if needed[atoms[i].id] >= least)
            found = smallest_set(seen, counts, below=least, must=must)
            if found:
                return named(found, atoms)
    return None


def smallest_derivable(aggregates: Sequence[Aggregate], atoms: Sequence[Atom]) -> Leak | None:
    """DSC-4: the smallest derivable group of all, also when it is large enough; for the report."""
    counts = {i: atom.count for i, atom in enumerate(atoms)}
    found = smallest_set(rows_of(aggregates, atoms), counts, below=np.inf, must=frozenset(counts))
    return named(found, atoms) if found else None


def scaled(aggregates: Sequence[Aggregate], atoms: Sequence[Atom]) -> NDArray[np.float64]:
    """Rows over atoms (rows, m), each divided by its largest entry."""
    number = {atom.id: i for i, atom in enumerate(atoms)}
    table = np.zeros((len(aggregates), len(atoms)))
    for i, row in enumerate(aggregates):
        largest = max(row.parts.values())
        for part, value in row.parts.items():
            table[i, number[part]] = float(value / largest)
    return table


def rows_used(leak: Leak, aggregates: Sequence[Aggregate], *, atoms: Sequence[Atom]) -> tuple[Aggregate, ...]:
    """DSC-4: the published rows of the shortest combination (least sum of multipliers) that gives the leak.

    Where the solver gave up, every row that touches the doubtful atoms counts as used.
    """
    touching = tuple(row for row in aggregates if set(row.parts) & set(leak.atoms))
    if not leak.certain:
        return touching
    present = [i for i, atom in enumerate(atoms) if atom.count or atom.id in leak.atoms]
    table = scaled(aggregates, atoms)[:, present]
    target = np.array([float(atoms[i].id in leak.atoms) for i in present])
    found = linprog(np.ones(2 * len(table)), A_eq=np.hstack([table.T, -table.T]), b_eq=target, method="highs")
    if found.status != OPTIMAL:
        return touching
    plus, minus = np.split(found.x, 2)
    return tuple(row for row, each in zip(aggregates, abs(plus - minus), strict=True) if each > USED)
