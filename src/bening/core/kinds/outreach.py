"""Who has to know, and whether they do."""

from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """A level of the chain by which a briefing goes down; the value is its number."""

    LEADER = "0"
    INSPECTORATE = "1"
    UNIT = "2"  # heads of units
    SECTION = "3"  # heads of units inside units: principals, heads of health centres, sections
    EVERYBODY = "4"


@dataclass(frozen=True, slots=True)
class Post:
    """A place in the chain: the head of something, not a person. `above` is the key of the next one up."""

    key: str
    tier: Tier
    above: str | None


@dataclass(frozen=True, slots=True)
class Reached:
    """Eligible staff of a group and how many of them are said to be briefed, both as counts of people."""

    eligible: int = 0
    briefed: int = 0

    @property
    def covered(self) -> int:
        """How many count as briefed: never more than there are."""
        return min(self.briefed, self.eligible)

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None where nobody is eligible."""
        return self.covered / self.eligible if self.eligible else None

    @property
    def beyond(self) -> bool:
        """More briefed than eligible: somebody counted wrong, or the list is too short."""
        return self.briefed > self.eligible


class Audience(StrEnum):
    """Whom an announcement may go to: always everybody of a kind, never a selection."""

    INSTITUTION = "institution"  # all staff
    UNIT = "unit"  # all staff of one unit
    TIER = "tier"  # all heads of one level
    CATEGORY = "category"  # all staff of one category
    USERS = "users"  # whoever comes to the counters
    SUPPLIERS = "suppliers"  # whoever supplies


class Chase(StrEnum):
    """What is due to a head who has not acknowledged."""

    REMIND = "remind"
    TELL_ABOVE = "tell_above"


@dataclass(frozen=True, slots=True)
class Preparation:
    """One thing an institution has to have ready: how much of it is."""

    item: str
    done: int
    total: int

    @property
    def ready(self) -> bool:
        """Nothing of it is left to do."""
        return self.done >= self.total
