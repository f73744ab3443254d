"""The defender of DSC-5: withdraw as little as possible until the attacker finds nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bening.core.kinds import Aggregate, Atom, Disclosure, Output, Reason
from bening.core.publish.attacker import Leak, attack, rows_used
from bening.core.publish.pattern import check_family, respondents
from bening.core.publish.thresholds import floor


def enough(row: Aggregate, atoms: Mapping[str, Atom], *, floors: Mapping[str, int]) -> bool:
    """DSC-1: whether the respondents of a row reach its floor."""
    census = any(atoms[part].census for part in row.parts)
    return respondents(row, atoms) >= floor(row.output, floors, census=census)


def pooled(rows: Sequence[Aggregate]) -> Aggregate:
    """Declared siblings as one row, named after their pool."""
    parts = {part: value for row in rows for part, value in row.parts.items()}
    return Aggregate(rows[0].pool, min(row.level for row in rows), parts, rows[0].output)


def pools(rows: Sequence[Aggregate]) -> list[Aggregate]:
    """The withheld rows merged by pool, where a pool holds at least two that share nobody."""
    named = sorted((row for row in rows if row.pool), key=lambda row: (row.pool, row.id))
    merged = []
    for _, siblings in groupby(named, key=lambda row: row.pool):
        members = list(siblings)
        people = [part for row in members for part in row.parts]
        if len(members) > 1 and len(people) == len(set(people)):
            merged.append(pooled(members))
    return merged


@dataclass(frozen=True, slots=True)
class Table:
    """A table family under attack: everything that stays the same while rows are withdrawn."""

    rows: tuple[Aggregate, ...]
    fixed: tuple[Aggregate, ...]  # already published, cannot be withdrawn
    atoms: tuple[Atom, ...]
    floors: Mapping[str, int]
    output: Output

    def leak(self, shown: Sequence[Aggregate]) -> Leak | None:
        """What the attacker finds when `shown` is added to what is published."""
        return attack([*self.fixed, *shown], self.atoms, floors=self.floors, output=self.output)

    def cheapest(self, leak: Leak, shown: Sequence[Aggregate]) -> Aggregate | None:
        """DSC-5: the cheapest of the rows the attacker used; None when all are published already."""
        used = {row.id for row in rows_used(leak, [*self.fixed, *shown], atoms=self.atoms)}
        known = {atom.id: atom for atom in self.atoms}
        own = [row for row in shown if row.id in used]
        return min(own, key=lambda row: (row.level, respondents(row, known), row.id), default=None)


def disclose(
    aggregates: Sequence[Aggregate],
    atoms: Sequence[Atom],
    *,
    floors: Mapping[str, int],
    output: Output = Output.MEAN,
    earlier: Sequence[Aggregate] = (),
) -> Disclosure:
    """DSC-1, DSC-3 to DSC-5: what of a table family may be shown, the same for every indicator.

    `earlier` are the rows already published from the same answers (`refine`, DSC-6); they cannot be
    withdrawn. `floors` come from the method, `output` is the kind of the family. Order of input changes
    nothing but the order of `shown`. Where earlier releases alone give a group away, nothing is shown and
    `safe` is False. PUBLISH-105 to 107 for a family that does not hang together.
    """
    check_family([*aggregates, *earlier], atoms)
    table = Table(
        tuple(sorted(aggregates, key=lambda row: row.id)),
        tuple(sorted(earlier, key=lambda row: row.id)),
        tuple(atoms),
        floors,
        output,
    )
    known = {atom.id: atom for atom in atoms}
    withheld = {row.id: Reason.FLOOR for row in table.rows if not enough(row, known, floors=floors)}
    shown = [row for row in table.rows if row.id not in withheld]
    attacks = 1
    while leak := table.leak(shown):
        cheapest = table.cheapest(leak, shown)
        if cheapest is None:
            return Disclosure(
                (), (), dict.fromkeys((row.id for row in aggregates), Reason.DERIVABLE), attacks, False
            )
        withheld[cheapest.id] = Reason.DERIVABLE
        shown.remove(cheapest)
        attacks += 1
    merged: list[Aggregate] = []
    for row in pools([row for row in table.rows if row.id in withheld]):
        if enough(row, known, floors=floors):
            attacks += 1
            merged += [] if table.leak([*shown, *merged, row]) else [row]
    names = tuple(row.id for row in aggregates if row.id not in withheld)
    return Disclosure(names, tuple(merged), withheld, attacks, True)
