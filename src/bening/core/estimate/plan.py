"""The plan of one respondent group: which part belongs to which sum, and what every stratum weighs."""

from dataclasses import dataclass, replace

import numpy as np

from bening.core.estimate.design import Design, overdrawn
from bening.core.estimate.parts import Parts
from bening.core.estimate.strata import Joined
from bening.core.kinds import Bools, Floats, Group, Ints
from bening.core.problems import refuse


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything about one group except the answers: all arrays are small.

    A cell is a whole institution (or a shared stratum), a domain is one unit of it. Cells, domains and strata
    without answers do not appear.
    """

    group: Group
    parts: slice  # the parts of this group among all parts
    n: Ints  # (P,) respondents
    base: Floats  # (P,) base weight of a respondent (WGT-1); 1 where final weights are given
    cell: Ints  # (P,) ascending
    domain: Ints  # (P,) -1: no unit
    design: Design  # how the parts were drawn; its strata are those of the group with answers
    population: Floats  # (H,) persons
    merged: Bools  # (H,) collapsed by rule
    cell_institution: Ints  # (C,) code; the number of institutions for a shared stratum
    cell_stratum: Ints  # (C,) for a shared stratum its number among all strata, else -1
    domain_cell: Ints  # (U,)
    domain_unit: Ints  # (U,) code of the unit


def plan(group: Group, parts: Parts, joined: Joined, *, weighted: bool) -> Plan:
    """The plan of one group; ESTIMATE-104 where more people answered than the frame has."""
    mine = np.flatnonzero(joined.strata.group[joined.part_stratum] == joined.strata.groups.index(group))
    span = slice(int(mine[0]), int(mine[-1]) + 1)
    strata, stratum = np.unique(joined.part_stratum[span], return_inverse=True)
    institution = joined.strata.institution[strata]
    alone = institution == len(joined.strata.institutions)
    cell, heads = _cells(institution[stratum], np.where(alone, strata, -1)[stratum])
    pool, pool_first = _pools(parts.psu.codes[span].astype(np.int64), stratum, joined.clustered[strata])
    domain, domain_cell, domain_unit = _domains(parts, span, cell)
    clustered, psus = joined.clustered[strata], joined.strata.psus[strata].astype(float)
    persons = joined.strata.population[strata]
    design = Design(
        pool=pool,
        pool_stratum=stratum[pool_first],
        pool_size=joined.part_psu[span][pool_first],
        pool_n=np.bincount(pool, weights=parts.n[span]).astype(np.int64),
        stratum_cell=cell[np.unique(stratum, return_index=True)[1]],
        stratum_n=joined.first_stage[strata],
        stratum_size=np.where(clustered, np.where(psus > 0, psus, np.inf), persons),
        clustered=clustered,
    )
    made = Plan(
        group=group,
        parts=span,
        n=parts.n[span],
        base=np.ones(len(cell)),
        cell=cell,
        domain=domain,
        design=design,
        population=persons,
        merged=joined.merged[strata],
        cell_institution=institution[stratum[heads]],
        cell_stratum=np.where(alone, strata, -1)[stratum[heads]],
        domain_cell=domain_cell,
        domain_unit=domain_unit,
    )
    _check(made, joined, strata)
    return made if weighted else replace(made, base=_base_weights(made, stratum))


def _cells(institution: Ints, shared: Ints) -> tuple[Ints, Ints]:
    """Number the cells as they come along the parts, and the first part of each."""
    change = np.ones(len(institution), bool)
    change[1:] = (np.diff(institution) != 0) | (np.diff(shared) != 0)
    return np.cumsum(change) - 1, np.flatnonzero(change)


def _pools(psu: Ints, stratum: Ints, clustered: Bools) -> tuple[Ints, Ints]:
    """The pool of each part, and the first part of each pool."""
    key = stratum * (int(psu.max()) + 1) + np.where(clustered[stratum], psu, 0)
    _, first, pool = np.unique(key, return_index=True, return_inverse=True)
    return pool, first


def _domains(parts: Parts, span: slice, cell: Ints) -> tuple[Ints, Ints, Ints]:
    """The domain of each part (-1 without a unit), and the cell and unit of each domain, cells ascending."""
    unit = parts.unit.codes[span].astype(np.int64)
    named = np.array([bool(name) for name in parts.unit.names])[unit]
    keys, of = np.unique((cell * len(parts.unit.names) + unit)[named], return_inverse=True)
    domain = np.full(len(cell), -1)
    domain[named] = of
    return domain, keys // len(parts.unit.names), keys % len(parts.unit.names)


def _base_weights(made: Plan, stratum: Ints) -> Floats:
    """WGT-1: N/r of the stratum; with PSUs and their sizes, the product of both stages (P,)."""
    design = made.design
    single = (made.population / np.bincount(design.pool_stratum, weights=design.pool_n))[stratum]
    staged = design.clustered[stratum] & ~np.isnan(design.pool_size[design.pool])
    staged &= np.isfinite(design.stratum_size[stratum])
    within = (design.pool_size / design.pool_n)[design.pool]
    across = (design.stratum_size / design.stratum_n)[stratum]
    return np.where(staged, within * across, single)


def _check(made: Plan, joined: Joined, strata: Ints) -> None:
    """No stratum and no PSU may hold more answers than people (ESTIMATE-104)."""
    persons = np.bincount(made.design.pool_stratum, weights=made.design.pool_n)
    over = (persons > made.population) | overdrawn(made.design)
    for h in np.flatnonzero(over)[:1]:
        number = strata[h]
        raise refuse(
            "ESTIMATE-104",
            n=int(persons[h]),
            population=int(made.population[h]),
            institution=(*joined.strata.institutions, "")[joined.strata.institution[number]],
            stratum=joined.strata.labels[joined.strata.label[number]],
            group=made.group,
        )
