"""Who will be asked, with what chance."""

from dataclasses import dataclass


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
