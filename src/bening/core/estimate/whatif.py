"""What would have to change to reach a place (RNK-4): points by dimension, at least cost, within a year's
reach.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from bening.core.estimate.ranks import score_draws
from bening.core.kinds import Floats, Route
from bening.core.problems import refuse

LEAST_PEERS = 4  # institutions of the same tercile below which their improvements say nothing


def cheapest_route(
    scores: ArrayLike,
    weights: ArrayLike,
    *,
    caps: ArrayLike,
    cost: ArrayLike,
    target: float,
    margin: float = 0.0,
) -> Route:
    """RNK-4: fewest costs that lift the index Σ w s to `target` + `margin`, each dimension by at most its
    cap.

    All (D,) arrays; scores, caps and margin in points, cost per point. Fills by weight per cost, which
    solves this linear programme exactly. Ties go to the dimension listed first.
    """
    s, w, price = (np.asarray(values, float) for values in (scores, weights, cost))
    if not np.all(price > 0):
        raise refuse("ESTIMATE-163", dimension=int(np.argmin(price > 0)) + 1)
    room = np.clip(np.minimum(np.asarray(caps, float), 100 - s), 0, None)
    index = float(w @ s)
    need, best = target + margin - index, float(index + w @ room)
    if need <= 0:
        return Route(0.0, best, (0.0,) * len(s), 0.0)
    if best < target + margin - 1e-12:
        return Route(need, best, None, None)
    points = _fill(w, price, room, need)
    return Route(need, best, tuple(points.tolist()), float(price @ points))


def target_score(
    values: ArrayLike,
    covariance: ArrayLike,
    rng: np.random.Generator,
    *,
    institution: int,
    place: int,
    sure: float = 0.8,
    draws: int = 100_000,
) -> float:
    """RNK-4: the score with which `institution` (row number) would hold `place` in the share `sure` of
    repetitions.

    The k-th best score of the *others* moves too: its quantile over draws of RNK-3.
    """
    x, cov = np.asarray(values, float), np.asarray(covariance, float)
    if not 1 <= place < len(x):
        raise refuse("ESTIMATE-162", rank=place, count=len(x) - 1)
    kth = [
        -np.partition(-np.delete(scores, institution, axis=1), place - 1, axis=1)[:, place - 1]
        for scores in score_draws(x, cov, rng, draws)
    ]
    return float(np.quantile(np.concatenate(kth), sure))


def yearly_caps(
    start: ArrayLike, *, before: ArrayLike, after: ArrayLike, error: ArrayLike
) -> tuple[float, ...]:
    """RNK-4: points each dimension can realistically gain in a year, from peers that started in the same
    tercile.

    `start` (D,) are the institution's scores, `before` and `after` (p,D) those of its peers in two years,
    `error` (p,D) the variances of their differences. The upper quartile of the peers' gains is shrunk by
    the share of the differences' variance that is not sampling error. Never below 0.
    """
    own, old, new = (np.asarray(values, float) for values in (start, before, after))
    gains, noise = new - old, np.asarray(error, float)
    return tuple(_cap(own[d], old[:, d], gains[:, d], noise[:, d]) for d in range(len(own)))


def reliability(gains: Sequence[float] | Floats, error: Sequence[float] | Floats) -> float:
    """RNK-4: share (0–1) of the variance of yearly gains that is real change and not sampling error."""
    observed = float(np.var(np.asarray(gains, float), ddof=1))
    if observed == 0:
        return 0.0
    return float(np.clip(1 - np.mean(np.asarray(error, float)) / observed, 0, 1))


def _cap(own: float, old: Floats, gains: Floats, noise: Floats) -> float:
    cuts = np.quantile(old, [1 / 3, 2 / 3])
    peers = np.searchsorted(cuts, old, side="right") == np.searchsorted(cuts, own, side="right")
    if peers.sum() < LEAST_PEERS:
        raise refuse("ESTIMATE-164", count=int(peers.sum()))
    return max(0.0, reliability(gains, noise) * float(np.quantile(gains[peers], 0.75)))


def _fill(w: Floats, price: Floats, room: Floats, need: float) -> Floats:
    points = np.zeros(len(w))
    for d in np.argsort(-w / price, kind="stable"):
        if need <= 0 or w[d] <= 0:
            break
        points[d] = min(room[d], need / w[d])
        need -= w[d] * points[d]
    return points
