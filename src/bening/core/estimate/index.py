"""The index of every institution, with its margins, in one call (EST-1 … EST-6, IDX-2)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from bening.core.estimate.cells import Cells, Units, sums
from bening.core.estimate.finish import nodes
from bening.core.estimate.parts import Parts, parts_of
from bening.core.estimate.plan import Plan, plan
from bening.core.estimate.report import report
from bening.core.estimate.scores import scorers
from bening.core.estimate.strata import Joined, join
from bening.core.estimate.tables import keep_rows, select
from bening.core.kinds import Answers, Bools, Coded, Estimates, Floats, Frame, Group, Ints, Method
from bening.core.problems import refuse


def index(
    method: Method,
    answers: Answers,
    frame: Frame,
    *,
    kinds: Mapping[str, str] | None = None,
    units: bool = True,
) -> Estimates:
    """Index, groups and dimensions of every institution and unit with their margins, scores 0–100 (EST-5).

    `kinds` names the type of each institution: a variance that is unknown is borrowed inside a type only;
    without it all are of one type. `units` also estimates every unit (EST-9). Visitors are left out: they
    come by themselves and stand for nobody.
    """
    answers, frame = sampled(method, answers), listed(method, frame)
    parts, rows = parts_of(answers if units else replace(answers, unit=None))
    layout = lay_out(method, parts, frame, weighted=answers.weight is not None)
    _check_weights(answers.weight)
    tables = {
        made.group: sums(
            made,
            rows,
            scorers(method, made.group, answers.items),
            dimension_weights(method, made.group),
            answers.weight,
            reweight=method.missing == "reweight",
        )
        for made in layout.plans
    }
    return finish(method, layout, tables, kinds=kinds)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where every sum goes: the parts joined with the frame, and a plan for each group that answered."""

    parts: Parts
    joined: Joined
    plans: tuple[Plan, ...]


def lay_out(method: Method, parts: Parts, frame: Frame, *, weighted: bool) -> Layout:
    """The layout of a round from its parts and its frame; `weighted` where answers bring final weights."""
    joined = join(parts, frame)
    there = {joined.strata.groups[number] for number in np.unique(joined.strata.group[joined.part_stratum])}
    plans = (plan(group, parts, joined, weighted=weighted) for group in method.groups if group in there)
    return Layout(parts, joined, tuple(plans))


def dimension_weights(method: Method, group: Group) -> Floats:
    """Weights of the dimensions inside a group (D,), in the order of the method."""
    return np.array([part.weight for part in method.dimensions if part.group == group])


def finish(
    method: Method,
    layout: Layout,
    tables: Mapping[Group, tuple[Cells, Units]],
    *,
    kinds: Mapping[str, str] | None = None,
) -> Estimates:
    """Estimates from the two small tables of each group, whichever engine summed them."""
    kind = _kind_numbers(layout, kinds or {})
    found = {
        made.group: (
            made,
            nodes(
                made,
                *tables[made.group],
                dimension_weights(method, made.group),
                _kind_of_cells(made, layout, kind),
                reweight=method.missing == "reweight",
            ),
        )
        for made in layout.plans
    }
    return report(method, layout.parts, layout.joined, found)


def _kind_numbers(layout: Layout, kinds: Mapping[str, str]) -> Ints:
    """The type of each institution as a number (I,); institutions without a type share one."""
    names = [kinds.get(name, "") for name in layout.joined.strata.institutions]
    return np.unique(np.array(names, str), return_inverse=True)[1]


def _kind_of_cells(made: Plan, layout: Layout, kind: Ints) -> Ints:
    """The type of each cell (C,); a shared stratum has that of the first institution that leans on it."""
    leaning = layout.joined.leaning
    first = {int(stratum): int(institution) for institution, stratum in leaning[::-1]}
    who = made.cell_institution.copy()
    for cell in np.flatnonzero(made.cell_stratum >= 0):
        who[cell] = first[int(made.cell_stratum[cell])]
    return kind[who]


def sampled(method: Method, answers: Answers) -> Answers:
    """The answers without those of visitors; a group the method does not know is ESTIMATE-105."""
    kept = _kept(method, answers.group)
    if kept.all():
        return answers
    return select(answers, kept)


def listed(method: Method, frame: Frame) -> Frame:
    """The frame without the strata of visitors."""
    kept = _kept(method, frame.group)
    if kept.all():
        return frame
    return keep_rows(frame, kept)


def _kept(method: Method, column: Coded) -> Bools:
    """Rows of the groups of the method (n,)."""
    known = np.array([name in method.groups for name in column.names], bool)
    for place in np.flatnonzero(~known):
        if column.names[place] != Group.VISITOR and (column.codes == place).any():
            raise refuse(
                "ESTIMATE-105", group=column.names[place], method=method.id, known=", ".join(method.groups)
            )
    return known[column.codes]


def _check_weights(weight: Floats | None) -> None:
    """Final weights are finite and above zero (ESTIMATE-108)."""
    if weight is not None:
        bad = weight[~(np.isfinite(weight) & (weight > 0))]
        if bad.size:
            raise refuse("ESTIMATE-108", weight=float(bad[0]))
