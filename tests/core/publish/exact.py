"""A second attacker without a line of the defender's: null space in fractions, a search without a solver.

A set is derivable exactly when its 0/1 vector is orthogonal to every null vector of the published rows.
Starting from one group, a null vector that is not yet cancelled names the groups of which one must be added;
the search tries them all and stops at the floor.
"""

from fractions import Fraction
from math import lcm


def null_space(rows, m):
    """Basis of {z: A z = 0} for `rows`, dictionaries over columns 0..m−1, as lists of fractions."""
    table = [[Fraction(row.get(j, 0)) for j in range(m)] for row in rows]
    pivots = []
    for column in range(m):
        done = len(pivots)
        hit = next((i for i in range(done, len(table)) if table[i][column]), None)
        if hit is None:
            continue
        table[done], table[hit] = table[hit], table[done]
        lead = table[done][column]
        table[done] = [value / lead if value else value for value in table[done]]
        for i, row in enumerate(table):
            if i != done and row[column]:
                factor = row[column]
                table[i] = [a - factor * b if b else a for a, b in zip(row, table[done], strict=True)]
        pivots.append(column)
    basis = []
    for free in (j for j in range(m) if j not in pivots):
        vector = [Fraction(0)] * m
        vector[free] = Fraction(1)
        for i, pivot in enumerate(pivots):
            vector[pivot] = -table[i][free]
        basis.append(vector)
    return basis


def whole(vector):
    """A null vector in whole numbers, zeros left out."""
    scale = lcm(*(value.denominator for value in vector))
    return {j: int(value * scale) for j, value in enumerate(vector) if value}


def complete(members, people, banned, state):
    """Extend `members` to a derivable set: a null vector they do not cancel must get one more column."""
    vectors, counts, floor = state
    fewest = None
    for vector in vectors:
        if sum(vector.get(j, 0) for j in members):
            open_columns = [
                j for j in vector if j not in members and j not in banned and people + counts[j] < floor
            ]
            if fewest is None or len(open_columns) < len(fewest):
                fewest = open_columns
            if not fewest:
                return None
    if fewest is None:
        return members
    tried = set(banned)
    for j in fewest:
        found = complete(members | {j}, people + counts[j], tried, state)
        if found:
            return found
        tried.add(j)
    return None


def derivable_below(rows, counts, floor):
    """A set of columns with fewer than `floor` people that follows from `rows`, or None."""
    vectors = [whole(vector) for vector in null_space(rows, len(counts))]
    banned = set()
    for j in sorted(range(len(counts)), key=lambda j: counts[j]):
        if counts[j] >= floor:
            break
        found = complete(frozenset({j}), counts[j], banned, (vectors, counts, floor))
        if found:
            return found
        banned.add(j)
    return None


def twins(aggregates, atoms):
    """Atoms by their coefficients in all rows: whoever is never told apart can only be derived together."""
    groups = {}
    for atom in atoms:
        groups.setdefault(tuple(row.parts.get(atom.id, 0) for row in aggregates), []).append(atom)
    return [(column, members) for column, members in groups.items() if any(column)]


def leak(aggregates, atoms, floor=10):
    """The same on the kinds of the house; counts are the smallest over the indicators."""
    groups = twins(aggregates, atoms)
    rows = [
        {j: column[i] for j, (column, _) in enumerate(groups) if column[i]} for i in range(len(aggregates))
    ]
    found = derivable_below(rows, [sum(atom.count for atom in members) for _, members in groups], floor)
    return found and tuple(atom.id for j in sorted(found) for atom in groups[j][1])
