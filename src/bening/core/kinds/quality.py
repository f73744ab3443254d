"""Signs that an answer was not thought about, and leads that a unit was steered."""

from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """What a screen saw in one answer (QLT-1); a sign never removes an answer from the main estimate."""

    LONG_STRING = "long_string"  # one option all through a block of mixed orientation
    NO_VARIATION = "no_variation"  # spread 0 in a block of mixed orientation
    SPEED = "speed"  # shortest band of total time
    CONTRADICTION = "contradiction"  # agrees with a statement and with its opposite


@dataclass(frozen=True, slots=True)
class Screens:
    """What the screens of QLT-1 look at in one instrument; columns count items from 0.

    `runs` holds, for each mixed block, the run of equal answers that half a percent of the country
    exceeds.
    """

    mixed_blocks: tuple[tuple[int, ...], ...]  # columns of each block of mixed orientation
    runs: tuple[float, ...]  # one for each mixed block
    opposites: tuple[tuple[int, int], ...]  # columns of each reverse-keyed pair
    agree: int  # lowest option position that means "agree"
    long_share: float = 0.9  # of the block
    contradictions: int = 2  # pairs
    fast_band: int = 1  # 1 = under 5 minutes


class SignalFamily(StrEnum):
    """Signals of one family say the same thing once more and count as one (QLT-7)."""

    AGREEMENT = "agreement"
    TIMING = "timing"
    LEVEL = "level"
    SOURCE_GAP = "source_gap"
    YEAR_JUMP = "year_jump"
    COVARIANCE = "covariance"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Signal:
    """One p-value of one family; small = hard to explain by chance."""

    family: SignalFamily
    p: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """QLT-4 for one unit: how alike its answers are, and how alike they would be by chance.

    `observed` and `expected` are shares of equal answers among all pairs, 0–1. `covariance_p` compares the
    inter-item covariance with the same draws (QLT-7). A unit not tested has a `reason` and NaN numbers.
    """

    unit: str
    n: int
    observed: float
    expected: float
    sd: float
    z: float
    p: float
    covariance_p: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The card of one flag (QLT-9): a lead for two human reviewers, never a finding and never a deduction."""

    unit: str
    n: int
    observed: float  # share of equal answers, 0–1
    expected: float
    z: float
    q: float  # false discovery rate at which the unit is just flagged
    coached_least: float | None  # lower bound of the share coached, None where undefined
    near: tuple[int, int, int, int]  # of n people, how many gave how many of J items the same
    signals: tuple[Signal, ...]
    unavailable: tuple[SignalFamily, ...]
    method: str  # id of the method whose frozen thresholds were used
