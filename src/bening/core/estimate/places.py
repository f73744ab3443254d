"""Who gets estimates, and what they should have and have not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bening.core.estimate.finish import Nodes
from bening.core.estimate.plan import Plan
from bening.core.estimate.scores import dimensions
from bening.core.estimate.strata import Joined
from bening.core.kinds import Floats, Group, Ints, Method, MissingNode

Found = Mapping[Group, tuple[Plan, Nodes]]


@dataclass(frozen=True, slots=True)
class Places:
    """Who gets estimates: I institutions, then units of them."""

    institution: Ints  # (p,)
    unit: Ints  # (p,) code of the unit; -1 for the whole institution
    at: Mapping[
        Group, Ints
    ]  # (p,) row of the nodes of a group that speaks for the place; -1: nobody answered


def places_of(joined: Joined, found: Found, units: int) -> Places:
    """Institutions and units with the node that speaks for each; a shared stratum speaks for many (EST-5)."""
    many = len(joined.strata.institutions)
    keys = {group: _domain_keys(made, units, many) for group, (made, _) in found.items()}
    seen = np.unique(np.concatenate([key[key >= 0] for key in keys.values()]))
    at = {}
    for group, (made, _) in found.items():
        row = np.full(many + len(seen), -1)
        own = made.cell_institution < many
        row[made.cell_institution[own]] = np.flatnonzero(own)
        for institution, stratum in joined.leaning:
            cell = np.flatnonzero(made.cell_stratum == stratum)
            row[institution] = cell[0] if cell.size else row[institution]
        named = keys[group] >= 0
        row[many + np.searchsorted(seen, keys[group][named])] = len(made.cell_institution) + np.flatnonzero(
            named
        )
        at[group] = row
    return Places(
        np.concatenate([np.arange(many), seen // units]),
        np.concatenate([np.full(many, -1), seen % units]),
        at,
    )


def _domain_keys(made: Plan, units: int, many: int) -> Ints:
    """A number for institution and unit of each domain; -1 inside a shared stratum (U,)."""
    institution = made.cell_institution[made.domain_cell]
    return np.where(institution < many, institution * units + made.domain_unit, -1)


def missing_nodes(method: Method, joined: Joined, places: Places, found: Found) -> tuple[MissingNode, ...]:
    """What each institution lacks: groups nobody answered for, dimensions, and the index that needs them."""
    many = len(joined.strata.institutions)
    lacks: list[list[MissingNode]] = [[] for _ in range(many)]
    for group, weight in method.groups.items():
        at = places.at[group][:many] if group in found else np.full(many, -1)
        codes = dimensions(method, group)
        values = found[group][1].value[at] if group in found else np.zeros((many, len(codes) + 1))
        for i in np.flatnonzero((at < 0) | np.isnan(values).any(axis=1)):
            lacks[i] += _lacking(
                joined.strata.institutions[i], group, codes, None if at[i] < 0 else values[i]
            )
            if weight > 0 and lacks[i][-1].level == "group":
                lacks[i].append(
                    MissingNode(joined.strata.institutions[i], "index", group, "", "missing_group")
                )
    return tuple(node for nodes in lacks for node in nodes)


def _lacking(name: str, group: Group, codes: Sequence[str], values: Floats | None) -> list[MissingNode]:
    """What one institution lacks in one group; the group itself comes last where it is lacking."""
    if values is None:
        return [MissingNode(name, "group", group, "", "no_answers")]
    gone = [
        MissingNode(name, "dimension", group, codes[int(d)], "no_answers")
        for d in np.flatnonzero(np.isnan(values[:-1]))
    ]
    return gone + [MissingNode(name, "group", group, "", "missing_dimension")] * bool(np.isnan(values[-1]))
