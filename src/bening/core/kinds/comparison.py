"""Places, levers, checks of the composite, small units and risk."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Route:
    """What would have to change to reach a target (points by dimension); None where it cannot be reached.

    `need` is the missing index points, `best` the highest index the caps allow.
    """

    need: float
    best: float
    points: tuple[float, ...] | None
    cost: float | None


@dataclass(frozen=True, slots=True)
class Alpha:
    """Internal consistency of k items over n complete rows, with Feldt's interval and two figures an item."""

    value: float
    lower: float
    upper: float
    n: int
    dropped: tuple[float, ...]  # alpha without each item
    rest: tuple[float, ...]  # correlation of each item with the sum of the others


@dataclass(frozen=True, slots=True)
class Disparity:
    """Internal minus external score on parallel items (points); `z` is None where it cannot be judged."""

    gap: float
    se: float
    residual: float | None
    z: float | None


@dataclass(frozen=True, slots=True)
class Robustness:
    """How far places hang on choices nobody can prove.

    `ranges` are the places between which 90 % of the runs lie, `top` the share of runs among the best few,
    `shift` the mean distance from the reference place, `shares` the part of the variance of places due to
    each choice alone (0–1; what is missing to 1 is choices acting together).
    """

    ranges: tuple[tuple[float, float], ...]
    top: tuple[float, ...]
    shift: float
    shares: Mapping[str, float]


class Display(StrEnum):
    """What a small unit may show of itself."""

    MERGED = "merged"  # nothing of its own
    BAND = "band"  # low, middle or high
    SAME = "same"  # cannot be told apart from the average
    INTERVAL = "interval"  # the shrunken value with its interval


@dataclass(frozen=True, slots=True)
class Shrunken:
    """A unit's score pulled to the average of its institution by as much as its few answers deserve.

    `share` is the weight of its own answers (0–1) and, like `direct`, is never published: together they
    give n.
    """

    direct: float
    value: float
    pse: float
    share: float


@dataclass(frozen=True, slots=True)
class UnitShown:
    """What is printed for a unit; `band` and the limits are None where `display` does not call for them."""

    display: Display
    band: str | None = None
    value: float | None = None
    lower: float | None = None
    upper: float | None = None


class RiskLevel(StrEnum):
    """How serious a risk is, from likelihood and impact by lookup."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    EXTREME = "extreme"


@dataclass(frozen=True, slots=True)
class RiskCell:
    """One cell of the risk map. `chances` is empty where the se is unknown; only a `certain` cell is
    coloured.
    """

    likelihood: int
    level: RiskLevel
    chances: Mapping[RiskLevel, float]
    certain: bool
