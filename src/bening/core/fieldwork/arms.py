"""Which of two wordings of a message wins more tokens, from counts by unit and arm."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from scipy.stats import norm

LEAST = 2  # of each arm; a smaller unit is taken together with its kind


@dataclass(frozen=True, slots=True)
class ArmCounts:
    """One unit: people dealt each arm, and how many of them hold a token on the fixed day."""

    kind: str  # of the unit
    people: tuple[int, int]
    issued: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ArmEffect:
    """The second arm less the first as a difference of shares (0–1), with its interval."""

    difference: float
    lower: float
    upper: float
    people: int


def arm_effect(units: Iterable[ArmCounts], *, confidence: float = 0.95) -> ArmEffect | None:
    """RPR-5: difference across units, each weighted by its people; None if no unit has both arms twice.

    A national result only: a unit's own difference says nothing.
    """
    used = [one for one in pooled(units) if min(one.people) >= LEAST]
    people = sum(sum(one.people) for one in used)
    if not people:
        return None
    difference = variance = 0.0
    for one in used:
        weight = sum(one.people) / people
        first, second = (r / n for r, n in zip(one.issued, one.people, strict=True))
        difference += weight * (second - first)
        variance += weight**2 * sum(
            share * (1 - share) / (n - 1) for share, n in zip((first, second), one.people, strict=True)
        )
    half = float(norm.ppf(0.5 + confidence / 2)) * math.sqrt(variance)
    return ArmEffect(difference, max(-1.0, difference - half), min(1.0, difference + half), people)


def pooled(units: Iterable[ArmCounts]) -> list[ArmCounts]:
    """Units with an arm of fewer than two people as one unit of their kind, the others as they are."""
    kept: list[ArmCounts] = []
    small: dict[str, list[ArmCounts]] = defaultdict(list)
    for one in units:
        if min(one.people) >= LEAST:
            kept.append(one)
        else:
            small[one.kind].append(one)
    return kept + [_together(kind, ones) for kind, ones in sorted(small.items())]


def _together(kind: str, ones: list[ArmCounts]) -> ArmCounts:
    people = tuple(sum(one.people[arm] for one in ones) for arm in (0, 1))
    issued = tuple(sum(one.issued[arm] for one in ones) for arm in (0, 1))
    return ArmCounts(kind, (people[0], people[1]), (issued[0], issued[1]))
