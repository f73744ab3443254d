"""The small tables between an engine and the finishing function.

An engine sums the parts of each group (`First`); what a part's institution and unit have for means goes back
to it (`Centre`); it sums the squares about them (`Second`); the code that finishes the NumPy sums does the
rest.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bening.core.estimate import Cells, Units, centres, dimension_weights, finish, lay_out
from bening.core.estimate.parts import LEVELS, Parts
from bening.core.estimate.plan import Plan
from bening.core.estimate.tables import lists_psus
from bening.core.kinds import Coded, Estimates, Floats, Frame, Group, Ints, Place, Problem
from bening.core.problems import Refused, refuse
from bening.outside.engines.task import Task

KEYS = ("institution", "stratum", "psu", "unit")  # of a part inside its group
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class First:
    """The first sum of one group, as in `Cells` without base: a row a part (R), a column a dimension (D)."""

    keys: Sequence[Names]
    n: Ints
    weight: Floats
    square: Floats
    present: Ints
    count: Ints
    weighted: Floats
    total: Floats

    @classmethod
    def of(cls, keys: Sequence[Names], sums: Floats) -> "First":
        """The table from columns n, Σ w, Σ w², present, then counts, weights and totals by dimension."""
        n, weight, square, present = sums[:, :4].T
        count, weighted, total = np.split(sums[:, 4:], 3, axis=1)
        whole = np.int64
        return cls(
            keys, n.astype(whole), weight, square, present.astype(whole), count.astype(whole), weighted, total
        )

    def rows(self, chosen: Sequence[int]) -> "First":
        """Some of the rows, in that order."""
        take = list(chosen)
        return First(
            [self.keys[row] for row in take],
            self.n[take],
            self.weight[take],
            self.square[take],
            self.present[take],
            self.count[take],
            self.weighted[take],
            self.total[take],
        )


@dataclass(frozen=True, slots=True)
class Centre:
    """For each part the means it is measured from and what a weighted point off them is worth, all (R, D)."""

    mean: Floats
    scale: Floats  # in its dimension; 0 where there is no such mean
    factor: Floats  # in its group

    def columns(self, name: str) -> dict[str, Floats]:
        """What the second sum needs of it, as columns beside the keys of the parts."""
        return {
            f"{name}_{kind}{d}": np.ascontiguousarray(column)
            for kind, table in (("mean", self.mean), ("factor", self.factor))
            for d, column in enumerate(table.T)
        }


@dataclass(frozen=True, slots=True)
class Second:
    """The second sum: Σ and Σ² of weighted points off the means; the last column is the group (R, D + 1)."""

    keys: Sequence[Names]
    total: Floats
    square: Floats
    domain_total: Floats
    domain_square: Floats


class Round:
    """One round between its two sums."""

    def __init__(self, task: Task, first: Mapping[Group, First], *, weighted: bool) -> None:
        kept = {group: listed(task.frame, group, table) for group, table in first.items()}
        self.respondents = {group: int(table.n.sum()) for group, table in kept.items()}
        if not any(self.respondents.values()):
            raise refuse("ESTIMATE-101", what=task.answers.name)
        self.task = task
        parts, order = _parts(kept)
        self.layout = lay_out(task.method, parts, task.frame, weighted=weighted)
        starts = dict(zip(kept, np.cumsum([0, *(len(table.keys) for table in kept.values())]), strict=False))
        self.first = {
            made.group: kept[made.group].rows((order[made.parts] - starts[made.group]).tolist())
            for made in self.layout.plans
        }
        self.whole = {made.group: self._centre(made, made.cell) for made in self.layout.plans}
        self.domain = {made.group: self._centre(made, made.domain) for made in self.layout.plans}

    def finish(self, second: Mapping[Group, Second]) -> Estimates:
        """The estimates, once the second sum of every group is there."""
        tables = {}
        for made in self.layout.plans:
            table = second[made.group]
            place = {key: row for row, key in enumerate(table.keys)}
            rows = [place[key] for key in self.first[made.group].keys]
            whole = _scaled(table.total[rows], table.square[rows], self.whole[made.group].scale)
            scale = self.domain[made.group].scale
            domain = _scaled(table.domain_total[rows], table.domain_square[rows], scale)
            tables[made.group] = self._cells(made), Units(*whole, *domain)
        return finish(self.task.method, self.layout, tables, kinds=self.task.kinds)

    def _cells(self, made: Plan) -> Cells:
        """The first sums with the base weight of each part in them."""
        table, base = self.first[made.group], made.base
        return Cells(
            weight=base * table.weight,
            square=base**2 * table.square,
            present=table.present,
            count=table.count,
            weighted=base[:, None] * table.weighted,
            total=base[:, None] * table.total,
        )

    def _centre(self, made: Plan, of: Ints) -> Centre:
        """The centres of the cells or domains that `of` (R,) numbers, laid beside the parts; -1 has none."""
        method = self.task.method
        weights, reweight = dimension_weights(method, made.group), method.missing == "reweight"
        found = centres(self._cells(made), of, max(int(of.max()) + 1, 1), weights, reweight=reweight)
        inside = (of >= 0)[:, None] & (found.weighted[of] > 0)
        base = made.base[:, None]
        scale = np.divide(base, found.weighted[of], out=np.zeros(inside.shape), where=inside)
        return Centre(found.mean[of], scale, scale * found.share[of])


def needed(task: Task, columns: Collection[str]) -> None:
    """Refuse a file without a column it must have (ESTIMATE-115)."""
    optional = {"unit", "weight"} if lists_psus(task.frame) else {"unit", "psu", "weight"}
    absent = [name for name in task.names if name not in columns and name not in optional]
    if absent:
        place = Place(file=task.answers.name)
        raise Refused(Problem("ESTIMATE-115", place, {"columns": ", ".join(absent)}))


def listed(frame: Frame, group: Group, table: First) -> First:
    """The parts whose stratum and PSU stand in the frame; one without institution may be anybody's."""
    columns = (frame.group, frame.institution, frame.stratum, *([frame.psu] if frame.psu else []))
    rows = zip(*([column.names[code] for code in column.codes] for column in columns), strict=True)
    known = {(who, *rest) for g, institution, *rest in rows if g == group for who in (institution, "")}
    width = len(columns) - 1
    return table.rows([row for row, key in enumerate(table.keys) if key[:width] in known])


def _parts(first: Mapping[Group, First]) -> tuple[Parts, Ints]:
    """All parts in sorted order, and where each stood when the groups are put one after the other."""
    keys = [(str(group), *key) for group, table in first.items() for key in table.keys]
    columns = {
        level: np.unique([key[place] for key in keys], return_inverse=True)
        for place, level in enumerate(("group", *KEYS))
    }
    order = np.lexsort([columns[level][1] for level in reversed(LEVELS)])
    n = np.concatenate([table.n for table in first.values()])[order]
    named = {
        level: Coded(of[order].astype(np.int32), tuple(names.tolist()))
        for level, (names, of) in columns.items()
    }
    return Parts(**named, n=n), order


def _scaled(total: Floats, square: Floats, scale: Floats) -> tuple[Floats, Floats]:
    """Sums of points off the mean as sums of linearised scores; the group's own column is one already."""
    full = np.hstack([scale, np.ones((len(scale), 1))])
    return full * total, full**2 * square
