"""Records of single respondents inside the controlled room: nobody stands alone among them."""

from collections.abc import Mapping

import numpy as np

from bening.core.kinds import Ints
from bening.core.problems import refuse

BLANK = -1  # a class that is not told
K = 5


def k_anonymous(columns: Mapping[str, Ints], *, k: int = K) -> dict[str, Ints]:
    """DSC-10: class codes (n,) from 0, blanked until every combination is shared by at least `k` records.

    The columns (stratum, sex, age band, grade group) stand in the order of their worth: the last is blanked
    first. Order of rows changes nothing. PUBLISH-109: fewer than `k` records; then none may be kept.
    """
    names = list(columns)
    table = np.column_stack([columns[name] for name in names]).astype(np.int64)
    if len(table) < k:
        raise refuse("PUBLISH-109", n=len(table), k=k)
    for place in reversed(range(len(names))):
        table[_shared(table) < k, place] = BLANK
    if (_shared(table) < k).any():  # only the wholly blank can still be few: the smallest class joins them
        told = table[(table != BLANK).any(axis=1)]
        classes, sizes = np.unique(told, axis=0, return_counts=True)
        table[(table == classes[sizes.argmin()]).all(axis=1)] = BLANK
    return dict(zip(names, table.T, strict=True))


def _shared(table: Ints) -> Ints:
    """With how many records, itself included, each record shares all its classes."""
    _, of, sizes = np.unique(table, axis=0, return_inverse=True, return_counts=True)
    return np.asarray(sizes[of.ravel()])
