"""One pattern for a table family (DSC-3): counts of the groups, and the rows that stand on them.

What is withheld is decided once, from counts, for all indicators of the family together: index and dimensions
are linear in one another, so a row hidden in one and shown in another could be solved.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bening.core.kinds import Aggregate, Atom, Level, Output
from bening.core.problems import refuse


def atoms_of(atom: ArrayLike, answered: NDArray[np.bool_], *, census: NDArray[np.bool_]) -> tuple[Atom, ...]:
    """DSC-3: the atoms with their counts of each indicator.

    `atom` (n,) label of every respondent, `answered` (n, Q) which indicators of the family each answered,
    `census` (n,) whether everyone of the stratum was invited. PUBLISH-104 when the sizes differ.
    """
    names = np.asarray(atom).astype(np.str_)
    if (
        names.ndim != 1
        or answered.shape[:1] != names.shape
        or census.shape != names.shape
        or not answered.size
    ):
        found = f"{names.shape}, {answered.shape}, {census.shape}"
        raise refuse("PUBLISH-104", found=found)
    labels, index = np.unique(names, return_inverse=True)
    counts = np.zeros((len(labels), answered.shape[1]), dtype=np.int64)
    np.add.at(counts, index, answered)
    whole = np.bincount(index, weights=census) > 0
    return tuple(
        Atom(str(label), tuple(row.tolist()), bool(everyone))
        for label, row, everyone in zip(labels, counts, whole, strict=True)
    )


def mean_of(
    name: str, members: Iterable[str], *, level: Level, output: Output = Output.MEAN, pool: str = ""
) -> Aggregate:
    """A mean, percentage or band over the atoms `members`."""
    return Aggregate(name, level, dict.fromkeys(members, Fraction(1)), output, pool)


def composite_of(
    name: str,
    sources: Sequence[tuple[Fraction, Collection[str]]],
    *,
    respondents: Mapping[str, int],
    level: Level = Level.COMPOSITE,
    output: Output = Output.INSTITUTION,
) -> Aggregate:
    """An index over sources: each source s with its weight a_s has the coefficient a_s/n_s in sum units.

    `respondents` counts the people of each atom, whatever they answered.
    """
    parts: dict[str, Fraction] = {}
    for weight, members in sources:
        n = sum(respondents[atom] for atom in members)
        parts |= {atom: weight / n for atom in members if n}
    return Aggregate(name, level, parts, output)


def respondents(aggregate: Aggregate, atoms: Mapping[str, Atom]) -> int:
    """DSC-3: the count of a row is the smallest number of answers over the indicators of the family."""
    return min(map(sum, zip(*(atoms[part].counts for part in aggregate.parts), strict=True)), default=0)


def check_family(aggregates: Sequence[Aggregate], atoms: Sequence[Atom]) -> None:
    """Every id once, every part a known atom, pooled rows plain means; PUBLISH-105 to 107."""
    for name, times in Counter(row.id for row in aggregates).items():
        if times > 1:
            raise refuse("PUBLISH-105", id=name)
    known = {atom.id for atom in atoms}
    for row in aggregates:
        if unknown := sorted(set(row.parts) - known):
            raise refuse("PUBLISH-106", id=row.id, atom=unknown[0])
        if row.pool and set(row.parts.values()) != {Fraction(1)}:
            raise refuse("PUBLISH-107", id=row.id)
