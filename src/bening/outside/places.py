"""Ranks with their sets, and replicates of the index, as tables (RNK-1, RNK-3, EST-14)."""

from collections.abc import Mapping

import numpy as np

from bening.core.estimate import bootstrap_variance, chance_of_top, contest, rank_sets
from bening.core.estimate.ranks import ranks
from bening.core.kinds import Estimates, Floats
from bening.outside.results import Columns, label, numbers

TOPS = (1, 3, 5)


def rank_table(made: Estimates, seed: bytes) -> Columns:
    """A row an institution, best first: place, places that hold for all at once, chances of the best few.

    An index without a known variance is listed last and has no place.
    """
    entered = contest(made)
    rng = np.random.default_rng(int.from_bytes(seed, "big"))
    x, covariance = entered.value, entered.covariance
    order = np.argsort(-x, kind="stable")
    sets = rank_sets(x, covariance, rng) if len(x) else ()
    chances = chance_of_top(x, covariance, rng, ks=TOPS) if len(x) else np.zeros((0, len(TOPS)))
    place, lost = ranks(x), [None] * len(entered.unranked)
    names = [entered.institutions[k] for k in order] + list(entered.unranked)
    columns: Columns = {
        "institution": names,
        "estimate": numbers(x[order]) + [index_of(made, name) for name in entered.unranked],
        "se_repeat": numbers(np.sqrt(np.diag(covariance))[order]) + lost,
        "rank": [int(place[k]) for k in order] + lost,
        "rank_lower": [sets[k].lower for k in order] + lost,
        "rank_upper": [sets[k].upper for k in order] + lost,
    }
    for column, top in enumerate(TOPS):
        columns[f"p_top{top}"] = numbers(chances[order, column]) + lost
    columns["method_label"] = [label(made)] * len(names)
    return columns


def index_of(made: Estimates, name: str) -> float | None:
    """The index of one institution."""
    whole = (made.level.codes == made.level.names.index("index")) & (made.unit.codes == 0)
    row = np.flatnonzero(whole & (made.institution.codes == made.institution.names.index(name)))
    return numbers(made.estimate[row])[0]


def replicate_table(made: Estimates, drawn: Mapping[str, Floats]) -> Columns:
    """A row an institution with an index: its se by Taylor and by replicates, and their middle 95 %."""
    whole = np.flatnonzero((made.level.codes == made.level.names.index("index")) & (made.unit.codes == 0))
    names = [made.institution.names[code] for code in made.institution.codes[whole]]
    nothing = np.array([np.nan])
    kept = [drawn.get(name, nothing) for name in names]
    limits = np.array([np.quantile(each, (0.025, 0.975)) for each in kept]).reshape(-1, 2)
    return {
        "institution": names,
        "estimate": numbers(made.estimate[whole]),
        "se": numbers(made.se[whole]),
        "se_bootstrap": numbers(np.sqrt([bootstrap_variance(each) for each in kept])),
        "lower_bootstrap": numbers(made.estimate[whole] + limits[:, 0]),
        "upper_bootstrap": numbers(made.estimate[whole] + limits[:, 1]),
        "replicates": [len(each) if name in drawn else 0 for name, each in zip(names, kept, strict=True)],
        "method_label": [label(made)] * len(names),
    }
