"""What an estimate is made from and what comes out: columns, never one object a respondent."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bening.core.kinds.method import Text
from bening.core.kinds.results import PublicationStatus

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MISSING = 255  # code of a question that was asked and not answered
NOT_ASKED = 254  # code of a question the respondent was not routed to


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of words, each kept once: `codes` (n,) point into `names`."""

    codes: NDArray[np.int32]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """One row a respondent. An empty institution marks a stratum that several institutions share.

    `items` holds (n,) uint8 codes (positions in `core.estimate.codes_of`, MISSING or NOT_ASKED), or (n,)
    float64 scores 0–100 with NaN where nothing was answered. Rows sorted by institution, group, stratum are
    fastest.
    """

    institution: Coded
    group: Coded
    stratum: Coded
    items: Mapping[str, NDArray[np.uint8] | Floats]
    unit: Coded | None = None  # empty name: belongs to no unit
    psu: Coded | None = None  # only where the first stage drew clusters
    weight: Floats | None = None  # final weights > 0; without them N/r of the stratum (WGT-1)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the sample stands for: one row a stratum, or a row a PSU where `psu` is given.

    `population` (F,) counts the persons of the row, `psus` (F,) the primary units of the whole stratum (0:
    persons were drawn). Without `psus` the PSUs listed are all there are; with it they speak for the others.
    Strata of one institution and group with the same `parent` may be merged.
    """

    institution: Coded
    group: Coded
    stratum: Coded
    population: Ints
    psu: Coded | None = None
    psus: Ints | None = None
    parent: Coded | None = None


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A stratum nobody answered from: its people stand outside the result."""

    institution: str
    group: str
    stratum: str
    population: int


@dataclass(frozen=True, slots=True)
class MissingNode:
    """A number an institution should have and has not, with the reason in one word."""

    institution: str
    level: str  # index | group | dimension
    group: str
    dimension: str
    reason: str  # no_answers | missing_group | missing_dimension


@dataclass(frozen=True, slots=True)
class SharedStratum:
    """Institutions that lean on one stratum: their indices move together by `covariance`, squared points."""

    institutions: tuple[str, ...]
    covariance: float


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between two rounds in points; `clear` where it stands among all tests of the release."""

    name: str
    value: float
    se: float
    df: float
    lower: float
    upper: float
    p: float
    clear: bool


@dataclass(frozen=True, slots=True)
class Estimates:
    """All estimates of a round, one row each, (R,) arrays; scores 0–100.

    `se`, `lower`, `upper` speak of this year's people (with fpc); those ending in `_repeat` of what a
    repetition would give (without), which ranks and comparisons use. NaN where the flag `no_interval` stands;
    `flags` holds one bit for each word of FLAGS.
    """

    method: str
    label: Text
    institution: Coded
    unit: Coded  # empty name: the whole institution
    level: Coded  # index | group | dimension
    group: Coded
    dimension: Coded
    estimate: Floats
    se: Floats
    df: Floats
    lower: Floats
    upper: Floats
    se_repeat: Floats
    df_repeat: Floats
    lower_repeat: Floats
    upper_repeat: Floats
    n: Ints
    n_eff: Floats
    population: Floats  # NaN where the frame does not say
    flags: NDArray[np.uint8]
    status: Mapping[str, PublicationStatus]
    missing: tuple[MissingNode, ...]
    uncovered: tuple[Uncovered, ...]
    shared: tuple[SharedStratum, ...]


FLAGS = ("pooled_variance", "lonely_adjusted", "strata_collapsed", "fpc", "zero_variance", "no_interval")
