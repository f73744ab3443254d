"""How far places hang on choices of method that nobody can prove (IDX-6)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bening.core.estimate.ranks import ranks
from bening.core.kinds import Floats, Ints, Robustness
from bening.core.problems import refuse

NORMALISATIONS = ("fixed", "z", "rank")
AGGREGATIONS = ("arithmetic", "geometric")


@dataclass(frozen=True, slots=True)
class Choices:
    """IDX-6: what varies between the runs. `spread` is the coefficient of variation of a weight.

    `covariance` (p,D,D) is the sampling error of the dimension scores, None for none.
    """

    spread: float = 0.125
    normalisations: Sequence[str] = NORMALISATIONS
    aggregations: Sequence[str] = AGGREGATIONS
    drop: bool = True
    covariance: Floats | None = None
    top: int = 3


def robustness(
    dimensions: ArrayLike, weights: ArrayLike, rng: np.random.Generator, *, choices: Choices, runs: int = 5000
) -> Robustness:
    """IDX-6: places of p institutions when weights, normalisation, aggregation, dimensions and samples vary
    at once.

    `dimensions` (p,D) 0–100, `weights` (D,) summing to 1. z is put on mean 50 and sd 10, ranks on 0–100,
    scores are floored at 1 before a geometric mean.
    """
    s, w = np.asarray(dimensions, float), np.asarray(weights, float)
    picked = {
        "normalisation": rng.integers(0, len(choices.normalisations), runs),
        "aggregation": rng.integers(0, len(choices.aggregations), runs),
        "dropped": rng.integers(0, len(w) + 1, runs) if choices.drop else np.full(runs, len(w)),
    }
    drawn = rng.dirichlet(concentration(w, choices.spread) * w, runs)
    noise = _noise(s.shape, choices.covariance, rng)
    places, shaken = np.empty((runs, len(s)), np.int64), np.empty((runs, len(s)))
    for run in range(runs):
        error = noise()
        varied = _normalise(s + error, choices.normalisations[picked["normalisation"][run]])
        used = _without(drawn[run], int(picked["dropped"][run]))
        places[run] = ranks(aggregate(varied, used, choices.aggregations[picked["aggregation"][run]]))
        shaken[run] = error @ w
    shares = {name: _share_of_groups(places, group) for name, group in picked.items()}
    shares |= {"weights": _share_of_lines(places, drawn[:, :-1]), "noise": _share_of_own(places, shaken)}
    return _summary(places, ranks(s @ w), top=choices.top, shares=shares)


def concentration(weights: ArrayLike, spread: float) -> float:
    """IDX-6: κ of Dirichlet(κ w) for which the median coefficient of variation of a weight is `spread`."""
    w = np.asarray(weights, float)
    if not (np.all(w > 0) and spread > 0):
        raise refuse("ESTIMATE-171", field="weights, spread", value=min(float(w.min()), spread))
    kappa = float(np.median((1 - w) / (w * spread**2)) - 1)
    if kappa <= 0:
        raise refuse("ESTIMATE-171", field="kappa", value=kappa)
    return kappa


def _normalise(scores: Floats, how: str) -> Floats:
    if how == "z":
        sd = scores.std(axis=0)
        return np.asarray(50 + 10 * (scores - scores.mean(axis=0)) / np.where(sd > 0, sd, 1))
    if how == "rank":
        return 100 * (len(scores) - ranks(scores.T).T + 0.5) / len(scores)
    return scores


def aggregate(scores: Floats, weights: Floats, how: str) -> Floats:
    """IDX-6: one score a row (p,D) by weights (D,): arithmetic mean, or geometric with floor 1."""
    if how == "geometric":
        return np.asarray(np.exp(np.log(np.maximum(scores, 1)) @ weights))
    return np.asarray(scores @ weights)


def _without(weights: Floats, dropped: int) -> Floats:
    kept = np.where(np.arange(len(weights)) == dropped, 0.0, weights)
    return np.asarray(kept / kept.sum())


def _noise(
    shape: tuple[int, ...], covariance: Floats | None, rng: np.random.Generator
) -> Callable[[], Floats]:
    if covariance is None:
        return lambda: np.zeros(shape)
    values, vectors = np.linalg.eigh(covariance)
    factor = vectors * np.sqrt(np.clip(values, 0, None))[:, None, :]
    return lambda: np.einsum("pij,pj->pi", factor, rng.standard_normal(shape))


def _share_of_groups(places: Ints, group: Ints) -> float:
    """First-order share of the variance of places by group means, less what chance alone would give."""
    centred = places - places.mean(axis=0)
    count = np.bincount(group)
    sums = np.array([centred[group == g].sum(axis=0) for g in range(len(count)) if count[g]])
    between = (sums**2 / count[count > 0][:, None]).sum(axis=0)
    return _adjusted(between, (centred**2).sum(axis=0), len(sums) - 1, len(places))


def _share_of_lines(places: Ints, causes: Floats) -> float:
    """The same for continuous causes: what a straight line in them explains."""
    centred, x = places - places.mean(axis=0), causes - causes.mean(axis=0)
    fitted = x @ np.linalg.lstsq(x, centred, rcond=None)[0]
    return _adjusted((fitted**2).sum(axis=0), (centred**2).sum(axis=0), x.shape[1], len(places))


def _share_of_own(places: Ints, shaken: Floats) -> float:
    """The same where each institution has a cause of its own: its sampling error."""
    centred, x = places - places.mean(axis=0), shaken - shaken.mean(axis=0)
    scale = (x**2).sum(axis=0)
    explained = np.divide((x * centred).sum(axis=0) ** 2, scale, out=np.zeros(len(scale)), where=scale > 0)
    return _adjusted(explained, (centred**2).sum(axis=0), int(np.any(scale > 0)), len(places))


def _adjusted(explained: Floats, total: Floats, free: int, runs: int) -> float:
    if free == 0 or total.sum() == 0:
        return 0.0
    chance = free * (total - explained).sum() / (runs - free - 1)
    return float(np.clip((explained.sum() - chance) / total.sum(), 0, 1))


def _summary(places: Ints, reference: Ints, *, top: int, shares: dict[str, float]) -> Robustness:
    low, high = np.quantile(places, [0.05, 0.95], axis=0)
    return Robustness(
        ranges=tuple(zip(low.tolist(), high.tolist(), strict=True)),
        top=tuple((places <= top).mean(axis=0).tolist()),
        shift=float(np.abs(places - reference).mean()),
        shares=shares,
    )
