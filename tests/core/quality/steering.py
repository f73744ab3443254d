"""A simulated country with coached units (scenarios of oracle 07), for tests and for the coverage study."""

from dataclasses import dataclass

import numpy as np

from bening.core.quality import agreement, false_discovery

INSTITUTIONS, UNITS, ITEMS, OPTIONS = 15, 36, 30, 5
COACHED = 30  # of 540 units
COPIED = 0.9  # share of answers a coached person takes from the key


@dataclass(frozen=True)
class Scenario:
    """`share` of the people of a coached unit follow `key` ("key" or "best"); `sizes` of units."""

    key: str
    share: float
    sizes: tuple[int, int]


def graded(theta, rng_items):
    """Graded-response answers 0–4 of people with trait `theta` (n,)."""
    slope, steps, draw = rng_items
    logits = slope[None, :, None] * (theta[:, None, None] - steps[None, :, :])
    return (draw.random((len(theta), ITEMS, 1)) < 1 / (1 + np.exp(-logits))).sum(axis=2)


def country(scenario, rng):
    """Answers (n, J), unit and pool labels of everybody, and the set of coached units."""
    low, high = scenario.sizes
    size = rng.integers(low, high + 1, INSTITUTIONS * UNITS)
    unit = np.repeat(np.arange(len(size)), size)
    pool = unit // UNITS
    effect = rng.normal(0, 0.3, INSTITUTIONS)[pool] + rng.normal(0, 0.35, len(size))[unit]
    slope = rng.lognormal(0.35, 0.3, ITEMS)
    steps = rng.normal(-1.2, 0.5, (ITEMS, 1)) + np.array([-1.5, -0.6, 0.4, 1.5])
    codes = graded(effect + rng.normal(0, 1, len(unit)), (slope, steps, rng))
    coached = rng.choice(len(size), COACHED, replace=False) if scenario.share else np.array([], dtype=int)
    for u in coached:
        key = (
            np.full(ITEMS, OPTIONS - 1)
            if scenario.key == "best"
            else rng.choice([2, 3, 4], ITEMS, p=[0.2, 0.4, 0.4])
        )
        rows = np.flatnonzero(unit == u)
        follows = rng.choice(rows, round(scenario.share * len(rows)), replace=False)
        codes[follows] = np.where(rng.random((len(follows), ITEMS)) < COPIED, key, codes[follows])
    return codes, unit, pool, set(coached.tolist())


def flags(scenario, rng, level=0.01):
    """One country: z of clean tested units, share of clean units flagged, share of coached units flagged."""
    codes, unit, pool, coached = country(scenario, rng)
    found = agreement(codes, unit, pool=pool, rng=rng)
    q = false_discovery([one.p for one in found])
    flagged = {int(one.unit) for one, each in zip(found, q, strict=True) if each <= level}
    clean = [one for one in found if int(one.unit) not in coached]
    return {
        "z": np.array([one.z for one in clean if not one.reason]),
        "found": found,
        "coached": coached,
        "clean_flagged": len(flagged - coached) / len(clean),
        "power": len(flagged & coached) / len(coached) if coached else float("nan"),
        "false_discoveries": len(flagged - coached) / max(len(flagged), 1),
    }
