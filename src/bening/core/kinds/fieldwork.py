"""How well the answering side mirrors the invited one, from counts alone."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Representativity:
    """The R-indicator of a set of invited people (WGT-7); only `indicator` is ever shown.

    `rate` and `propensities` (one a cell, in the order given) are shares 0–1; `variance` is that of the
    propensities as observed, `bias` what small counts alone add to it; `cv` is the adjusted variation.
    """

    rate: float
    propensities: tuple[float, ...]
    variance: float
    bias: float
    indicator: float
    cv: float


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """One group of invited people as the agency's monitor knows it: counts, never persons.

    `waves` holds of every reminder so far how many were sent and how many tokens were issued after it;
    `least` is the wanted number of tokens, `weight` the group's weight in the index, `sd` that of its
    scores; `missing` is the group's unconditional partial R; `cost` of one more reminder in any unit, the
    same for all groups.
    """

    code: str
    invited: int
    issued: int
    waves: tuple[tuple[int, int], ...]
    least: int
    weight: float
    sd: float
    missing: float
    cost: float


@dataclass(frozen=True, slots=True)
class NextGroup:
    """A group in the order in which a further reminder is worth most, with the numbers behind its place."""

    code: str
    need: int
    chance: float
    gain: float
    priority: float


class VisitOutcome(StrEnum):
    """What came of a visit, by the codes of the AAPOR Standard Definitions for visits in person."""

    COMPLETE = "1.1"
    REFUSED = "2.11"
    NOBODY = "2.24"
    AWAY = "2.25"
    DEAD = "2.31"
    UNABLE = "2.32"
    LANGUAGE = "2.33"
    NOT_FOUND = "3.18"
    NOT_ELIGIBLE = "4.70"
