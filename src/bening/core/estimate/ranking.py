"""What ranks are made from: point values and how they move together (RNK inputs, EST-5)."""

from dataclasses import dataclass

import numpy as np

from bening.core.kinds import Estimates, Floats


@dataclass(frozen=True, slots=True)
class Contest:
    """p institutions with their index and its covariance without fpc, before deductions."""

    institutions: tuple[str, ...]
    value: Floats  # (p,) points
    covariance: Floats  # (p, p) squared points
    unranked: tuple[str, ...]  # an index without a known variance: listed under the table


def contest(made: Estimates) -> Contest:
    """The index of every institution with Σ (p, p): those that share a stratum move together (EST-5)."""
    whole = np.flatnonzero((made.level.codes == made.level.names.index("index")) & (made.unit.codes == 0))
    known = whole[np.isfinite(made.se_repeat[whole])]
    names = tuple(made.institution.names[code] for code in made.institution.codes[known])
    covariance = np.diag(made.se_repeat[known] ** 2)
    place = {name: number for number, name in enumerate(names)}
    for shared in made.shared:
        members = np.array([place[name] for name in shared.institutions if name in place], np.int64)
        block = np.ix_(members, members)
        covariance[block] += shared.covariance * (1 - np.eye(len(members)))
    unranked = np.setdiff1d(whole, known)
    return Contest(
        names,
        made.estimate[known],
        covariance,
        tuple(made.institution.names[code] for code in made.institution.codes[unranked]),
    )
