"""Numbers with their margins."""

from dataclasses import dataclass
from enum import StrEnum


class PublicationStatus(StrEnum):
    """Whether an institution's number is shown; anything but PUBLISHED shows no number anywhere."""

    PUBLISHED = "published"
    INSUFFICIENT_SAMPLE = "insufficient_sample"
    INTEGRITY_ISSUE = "integrity_issue"
    NEW_ENTITY = "new_entity"
    NOT_PARTICIPATING = "not_participating"
    CONFIDENTIAL = "confidential"
    SECURITY = "security"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and how sure it is (record of docs/methods/estimation.md; scores on 0–100, 100 = best).

    `se`, `df`, `lower`, `upper` are None where `no_interval` stands in the flags.
    """

    value: float
    se: float | None
    df: float | None
    lower: float | None
    upper: float | None
    n: int
    n_eff: float
    deff: float
    method: str
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RankSet:
    """Which places (1 = best) are compatible with the data."""

    lower: int
    upper: int
