"""Who will be asked, with what chance."""

from collections.abc import Mapping
from dataclasses import dataclass

from bening.core.kinds.method import Group


@dataclass(frozen=True, slots=True)
class Stratum:
    """A sampling stratum before the draw: `code` is its label everywhere, `population` its eligible
    persons.
    """

    code: str  # [a-z0-9/.-]{1,120}
    population: int
    answers: int  # wanted completed answers (the floor)
    response: float  # expected response rate, 0–1
    sd: float  # expected standard deviation of the score, index points
    merge: tuple[str, ...] = ()  # labels upward, from parent to national


@dataclass(frozen=True, slots=True)
class Allocation:
    """How many of a stratum are invited; `census` when that is everybody."""

    code: str
    population: int
    sampled: int
    census: bool


@dataclass(frozen=True, slots=True)
class Draw:
    """The contact refs of one stratum in the order of the draw: who is drawn, then the reserve in its
    order.
    """

    code: str
    drawn: tuple[str, ...]
    reserve: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a stratum, group or institution will give before anybody is asked (scores in index points).

    `se` and `df` are without fpc; `half_width` is None below 4 degrees of freedom. `shown` says whether its
    numbers can be published, `chance` how likely its own answers reach the floor (0–1).
    """

    code: str
    answers: float
    se: float
    df: float
    half_width: float | None
    chance: float
    shown: bool


@dataclass(frozen=True, slots=True)
class FramePlace:
    """Where people of the frame stand: all that the strata of a design are made of."""

    group: Group
    institution: str  # code
    province: str
    unit: str = ""  # code; empty for people of the whole institution
    kind: str = ""  # of the unit


@dataclass(frozen=True, slots=True)
class GroupDesign:
    """What is wanted of a group; `by` says who shares a stratum: locus, kind, institution, province."""

    by: str
    answers: int  # wanted completed answers of a stratum, at least
    total: int  # wanted completed answers of an institution (of the province when `by` is province)
    response: float  # expected share of the invited who answer
    sd: float  # expected spread of scores, index points


@dataclass(frozen=True, slots=True)
class SampleDesign:
    """The design of a round; with `reserve` the drawing order behind the drawn is kept too."""

    groups: Mapping[Group, GroupDesign]
    reserve: bool = False


@dataclass(frozen=True, slots=True)
class PlannedStratum:
    """A stratum with a key of its own, how many of it are invited, and what was merged into it."""

    key: Stratum
    allocation: Allocation
    group: Group
    family: str  # what was allocated together: code of an institution, or of a province
    parts: tuple[Stratum, ...]  # the strata before merging, by code
    places: tuple[FramePlace, ...]
