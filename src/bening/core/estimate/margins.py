"""Post-stratification and raking to margins of the frame, by institution (WGT-3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bening.core.estimate.calibrate import Bounds, Distance, calibrate
from bening.core.estimate.fold import fold
from bening.core.kinds import Floats, Ints
from bening.core.problems import refuse

NOT_GIVEN = -1  # a respondent who did not say the class


@dataclass(frozen=True, slots=True)
class Margin:
    """One classification of the people of each institution, with the numbers the frame knows."""

    name: str
    classes: Ints  # (n,) class of each respondent; NOT_GIVEN
    totals: Floats  # (I, K) people in each class
    merge: tuple[int, ...] = ()  # (K,) class to join when it is empty; the class itself: never


@dataclass(frozen=True, slots=True)
class Dropped:
    """A margin that an institution was not calibrated to, because its totals could not be reached."""

    institution: int
    margin: str


def to_margins(
    base: Floats,
    of: Ints,
    margins: Sequence[Margin],
    *,
    distance: Distance = Distance.LOGIT,
    bounds: Bounds | None = None,
) -> tuple[Floats, tuple[Dropped, ...]]:
    """Weights (n,) that meet every margin of every institution; margins are given up from the last (WGT-3).

    Rows are summed to the cross-classification first, so the work hardly depends on n. One margin alone is
    post-stratification. A class with people and without respondents is merged by the declared rule, or else
    ESTIMATE-130; margins that disagree on the total are ESTIMATE-131; not even one that can be met,
    ESTIMATE-132.
    """
    margins = [_merged(margin, base, of) for margin in margins]
    _agree(margins)
    key = of.astype(np.int64)
    for margin in margins:
        key = key * (margin.totals.shape[1] + 1) + margin.classes + 1
    sizes = [margin.totals.shape[1] + 1 for margin in margins]
    summed = fold(base, key, len(margins[0].totals) * int(np.prod(sizes)))
    there = np.flatnonzero(summed)
    owner, *classes = np.unravel_index(there, (len(margins[0].totals), *sizes))
    x, totals, span = _constraints(margins, summed[there], owner, classes)
    ratio, dropped = _solve(margins, summed[there], x, totals, owner, span, distance, bounds)
    spread = np.zeros(len(summed))
    spread[there] = ratio
    return base * spread[key], dropped


def _merged(margin: Margin, base: Floats, of: Ints) -> Margin:
    """Empty classes joined where the rule says so; refused otherwise."""
    size, classes, totals = margin.totals.shape[1], margin.classes.copy(), margin.totals.astype(float)
    given = classes >= 0
    count = np.bincount((of * size + classes)[given], minlength=totals.size).reshape(totals.shape)
    for i, k in np.argwhere((count == 0) & (totals > 0)):
        target = margin.merge[k] if margin.merge else k
        if target == k or count[i, target] == 0:
            raise refuse("ESTIMATE-130", margin=margin.name, category=int(k) + 1, institution=int(i) + 1)
        totals[i, target] += totals[i, k]
        totals[i, k] = 0
    for i, k in np.argwhere((count > 0) & (totals <= 0)):
        raise refuse("ESTIMATE-133", margin=margin.name, category=int(k) + 1, institution=int(i) + 1)
    return replace(margin, classes=classes, totals=totals)


def _agree(margins: Sequence[Margin]) -> None:
    """All margins of an institution count the same people."""
    sums = np.stack([margin.totals.sum(axis=1) for margin in margins])
    off = np.flatnonzero(np.ptp(sums, axis=0) > 1e-9 * sums.max(axis=0))
    if off.size:
        raise refuse("ESTIMATE-131", institution=int(off[0]) + 1)


def _constraints(
    margins: Sequence[Margin], base: Floats, owner: Ints, classes: Sequence[Ints]
) -> tuple[Floats, Floats, list[slice]]:
    """Indicators of every class (rows, q), their totals (I, q) and the columns of each margin.

    Those who did not say their class keep their share of the weight, and the others fill the rest.
    """
    x, totals, span, first = [], [], [], 0
    size = len(margins[0].totals)
    weight = np.bincount(owner, weights=base, minlength=size)
    for margin, own in zip(margins, classes, strict=True):
        wide = margin.totals.shape[1] + 1
        silent = np.bincount(owner, weights=base * (own == 0), minlength=size)
        share = np.divide(silent, weight, out=np.zeros(size), where=weight > 0)[:, None]
        people = margin.totals.sum(axis=1, keepdims=True)
        x.append((own[:, None] == np.arange(wide)).astype(float))
        totals.append(np.hstack([share * people, (1 - share) * margin.totals]))
        span.append(slice(first, first + wide))
        first += wide
    return np.hstack(x), np.hstack(totals), span


def _solve(
    margins: Sequence[Margin],
    base: Floats,
    x: Floats,
    totals: Floats,
    owner: Ints,
    span: Sequence[slice],
    distance: Distance,
    bounds: Bounds | None,
) -> tuple[Floats, tuple[Dropped, ...]]:
    """Calibrate; where it fails, take the last margin out of that institution and try again."""
    dropped: list[Dropped] = []
    x, totals = x.copy(), totals.copy()
    for margin, columns in zip(reversed(margins), reversed(span), strict=True):
        made = calibrate(base, x, totals, of=owner, distance=distance, bounds=bounds)
        failed = np.flatnonzero(~made.reached)
        if not failed.size:
            return made.weight / base, tuple(dropped)
        if margin is margins[0]:
            break
        dropped += [Dropped(int(institution), margin.name) for institution in failed]
        x[np.isin(owner, failed), columns] = 0
        totals[failed, columns] = 0
    raise refuse("ESTIMATE-132", institution=int(failed[0]) + 1, margin=margins[0].name)
