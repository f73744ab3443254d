"""How respondents were drawn: strata, primary units, and the sizes both were drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bening.core.kinds import Bools, Floats, Ints
from bening.core.problems import refuse


@dataclass(frozen=True, slots=True)
class Design:
    """A stratified design of one or two stages over R rows, which may be persons or parts.

    A pool is where persons were drawn from last: the stratum itself, or a PSU of a clustered one.
    """

    pool: Ints  # (R,)
    pool_stratum: Ints  # (Q,)
    pool_n: Ints  # (Q,) respondents
    pool_size: Floats  # (Q,) persons in the PSU; NaN where not known or not clustered
    stratum_cell: Ints  # (H,) which independent sample the stratum belongs to
    stratum_n: Ints  # (H,) first-stage units that answered
    stratum_size: Floats  # (H,) first-stage units in the population; infinite where not known
    clustered: Bools  # (H,) PSUs were drawn, not persons


def design(
    n: int,
    *,
    stratum: Sequence[object] | NDArray[np.generic] | None = None,
    psu: Sequence[object] | NDArray[np.generic] | None = None,
    population: Floats | Ints | None = None,
    psu_population: Floats | Ints | None = None,
) -> Design:
    """The design of one sample of n persons, from labels and sizes written beside each person (all (n,)).

    `population` is the number of first-stage units in the stratum of the person (PSUs, or persons without
    `psu`), `psu_population` the persons in the PSU. PSUs of different strata may share a label. No answers
    are ESTIMATE-101; a stratum or PSU with more answers than people is ESTIMATE-104.
    """
    if n == 0:
        raise refuse("ESTIMATE-101", what="–")
    of, cluster = _numbered(stratum, n), _numbered(psu, n)
    _, first, pool = np.unique(of * n + cluster, return_index=True, return_inverse=True)
    heads = np.unique(of, return_index=True)[1]
    within, across = np.full(len(first), np.nan), np.full(len(heads), np.inf)
    if psu is not None and psu_population is not None:
        within = np.asarray(psu_population, float)[first]
    if population is not None:
        across = np.asarray(population, float)[heads]
    drawn = np.bincount(of) if psu is None else np.bincount(of[first])
    clustered = np.full(len(heads), psu is not None)
    alone = np.zeros(len(heads), np.int64)
    made = Design(pool, of[first], np.bincount(pool), within, alone, drawn, across, clustered)
    for h in np.flatnonzero(overdrawn(made))[:1]:
        name = "–" if stratum is None else str(np.asarray(stratum)[heads[h]])
        size, n = float(across[h]), int(drawn[h])
        raise refuse("ESTIMATE-104", institution="–", group="–", stratum=name, n=n, population=size)
    return made


def _numbered(labels: Sequence[object] | NDArray[np.generic] | None, n: int) -> Ints:
    """Labels as numbers (n,); all 0 where there are none."""
    return np.zeros(n, np.int64) if labels is None else np.unique(np.asarray(labels), return_inverse=True)[1]


def overdrawn(made: Design) -> Bools:
    """Strata with more first-stage units, or a PSU with more persons, than exist (H,)."""
    over = made.stratum_n > made.stratum_size
    over[made.pool_stratum[made.pool_n > np.nan_to_num(made.pool_size, nan=np.inf)]] = True
    return over


def design_df(made: Design) -> Ints:
    """Degrees of freedom of each independent sample: first-stage units minus strata (C,), EST-2."""
    count = np.bincount(made.stratum_cell, weights=made.stratum_n)
    return (count - np.bincount(made.stratum_cell)).astype(np.int64)
