"""Random institutions, tables of units and groups, overlapping releases; also for the coverage study."""

import numpy as np

from bening.core.kinds import Level
from bening.core.publish import atoms_of, disclose, entries_of, mean_of, refine
from tests.core.publish import exact

GROUPS = 4


def people(rng):
    """Unit, group and grade of every respondent of one institution."""
    units = int(rng.integers(5, 15))
    size = np.maximum(rng.lognormal(3.4, 0.6, units).astype(int), 3)
    unit = np.repeat(np.arange(units), size)
    shares = rng.dirichlet(np.full(GROUPS, 2.0), units)
    group = np.array([rng.choice(GROUPS, p=shares[u]) for u in unit])
    return unit, group, rng.integers(0, 4, len(unit))


def table(one, other, names):
    """Cells, rows, columns and total of two crossed classifications; atoms are the cells."""
    atom = np.array([f"{a}/{b}" for a, b in zip(one, other, strict=True)])
    cells = sorted(set(atom.tolist()))
    rows = [mean_of(f"cell {c}", [c], level=Level.CELL) for c in cells]
    for level, name, values, side in ((Level.UNIT, names[0], one, 0), (Level.GROUP, names[1], other, 1)):
        for value in sorted(set(values.tolist())):
            members = [c for c in cells if c.split("/")[side] == str(value)]
            pool = f"other {name}" if level is Level.UNIT else ""
            rows.append(mean_of(f"{name} {value}", members, level=level, pool=pool))
    return atom, [*rows, mean_of("total", cells, level=Level.TOTAL)]


def release(one, other, names, *, ledger=(), protect=True):
    """One release of a table beside the ledger: (what is refined, disclosure, rows published)."""
    atom, rows = table(one, other, names)
    n = len(atom)
    everybody = {"answered": np.ones((n, 1), dtype=bool), "census": np.zeros(n, dtype=bool)}
    refined = refine(rows, atom, **everybody, ledger=ledger)
    result = disclose(
        refined.aggregates, refined.atoms, floors={}, earlier=refined.earlier if protect else ()
    )
    rows = [row for row in refined.aggregates if row.id in result.shown]
    return refined, result, [*rows, *result.merged]


def unprotected(one, other, names):
    """Only the threshold of ten: what a table gives away without secondary suppression."""
    atom, rows = table(one, other, names)
    n = len(atom)
    atoms = atoms_of(atom, np.ones((n, 1), dtype=bool), census=np.zeros(n, dtype=bool))
    count = {each.id: each.count for each in atoms}
    return [row for row in rows if sum(count[part] for part in row.parts) >= 10], atoms


def institution_leaks(rng):
    """(leak with the threshold alone, leak after the defender) of one random institution."""
    unit, group, _ = people(rng)
    open_rows, atoms = unprotected(unit, group, ("unit", "group"))
    refined, result, shown = release(unit, group, ("unit", "group"))
    return exact.leak(open_rows, atoms), exact.leak(shown, refined.atoms), result


def moved(unit, rng):
    """The units of a second cut in which one to nine people stand in another unit."""
    cut = unit.copy()
    movers = rng.choice(len(unit), int(rng.integers(1, 10)), replace=False)
    cut[movers] = (cut[movers] + 1) % (unit.max() + 1)
    return cut


def pair_leaks(rng):
    """(leak when the second release ignores the first, leak when it is checked with it) of two releases.

    The second table has the same cut with one to nine people moved.
    """
    unit, group, _ = people(rng)
    first, result, _ = release(unit, group, ("unit", "group"))
    ledger = entries_of(result, first, release="1", family="index", rounding="0.1")
    cut = moved(unit, rng)
    found = []
    for protect in (False, True):
        refined, _, shown = release(cut, group, ("unit", "group"), ledger=ledger, protect=protect)
        found.append(exact.leak([*refined.earlier, *shown], refined.atoms))
    return tuple(found)
