"""The release ledger (DSC-6): every number ever published, as the set of people behind it.

A breakdown that moves one to nine people between two releases gives them away; so a new release is attacked
together with all earlier ones of the same answers, and handing a table to an institution is a release.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bening.core.kinds import Aggregate, Atom, Disclosure, LedgerEntry, Level
from bening.core.problems import refuse
from bening.core.publish.pattern import atoms_of


def bitmap(members: NDArray[np.bool_]) -> int:
    """The set of records (n,) as one whole number: bit i stands for record i."""
    return int.from_bytes(np.packbits(members, bitorder="little").tobytes(), "little")


def members_of(bits: int, n: int) -> NDArray[np.bool_]:
    """The records (n,) of a bitmap; PUBLISH-108 when it names a record beyond the last."""
    if bits < 0 or bits >> n:
        raise refuse("PUBLISH-108", n=n)
    packed = np.frombuffer(bits.to_bytes(-(-n // 8) or 1, "little"), dtype=np.uint8)
    return np.unpackbits(packed, bitorder="little")[:n].astype(np.bool_)


@dataclass(frozen=True, slots=True)
class Refined:
    """A new table and all earlier releases over common atoms."""

    names: NDArray[np.str_]  # (n,) atom of every record
    atoms: tuple[Atom, ...]
    aggregates: tuple[Aggregate, ...]
    earlier: tuple[Aggregate, ...]


def refine(
    aggregates: Sequence[Aggregate],
    atom: ArrayLike,
    *,
    answered: NDArray[np.bool_],
    census: NDArray[np.bool_],
    ledger: Sequence[LedgerEntry],
) -> Refined:
    """DSC-6: split the atoms of a new table until no row, new or published, divides one.

    `atom` (n,) label of every record in the new table; `answered` (n, Q) and `census` (n,) as in `atoms_of`;
    `ledger` the entries of the same answers and the same table family.
    """
    labels = np.asarray(atom).astype(np.str_)
    n = len(labels)
    sets = [[members_of(bits, n) for _, bits in entry.parts] for entry in ledger]
    cuts = np.array([np.ones(n, dtype=np.bool_), *(row for entry in sets for row in entry)])
    _, group = np.unique(cuts, axis=1, return_inverse=True)
    names = np.array([f"{label}·{number}" for label, number in zip(labels, group.reshape(-1), strict=True)])
    new = tuple(replace(row, parts=split(row, labels, names=names)) for row in aggregates)
    earlier = tuple(republished(entry, rows, names=names) for entry, rows in zip(ledger, sets, strict=True))
    return Refined(names, atoms_of(names, answered, census=census), new, earlier)


def split(row: Aggregate, labels: NDArray[np.str_], *, names: NDArray[np.str_]) -> dict[str, Fraction]:
    """The parts of `row` over finer atoms; an atom without any record vanishes."""
    return {
        str(name): value for part, value in row.parts.items() for name in np.unique(names[labels == part])
    }


def republished(
    entry: LedgerEntry, sets: Sequence[NDArray[np.bool_]], *, names: NDArray[np.str_]
) -> Aggregate:
    """An entry of the ledger as a row over the new atoms."""
    parts = {
        str(name): value
        for (value, _), members in zip(entry.parts, sets, strict=True)
        for name in np.unique(names[members])
    }
    return Aggregate(f"{entry.release}:{entry.aggregate}", Level.COMPOSITE, parts)


def entries_of(
    disclosure: Disclosure, refined: Refined, *, release: str, family: str, rounding: str
) -> tuple[LedgerEntry, ...]:
    """DSC-6: what `disclosure` shows, for the ledger."""
    shown = [row for row in refined.aggregates if row.id in disclosure.shown]
    return tuple(
        LedgerEntry(release, family, row.id, rounding, bits_of(row, refined.names))
        for row in [*shown, *disclosure.merged]
    )


def bits_of(row: Aggregate, names: NDArray[np.str_]) -> tuple[tuple[Fraction, int], ...]:
    """Each coefficient of a row with the bitmap of its records."""
    return tuple(
        (value, bitmap(np.isin(names, [part for part, each in row.parts.items() if each == value])))
        for value in sorted(set(row.parts.values()))
    )
