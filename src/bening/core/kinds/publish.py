"""What may be shown: the groups behind a number and the decision about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction


class Output(StrEnum):
    """What kind of number is asked for; each has its own smallest group (DSC-1). The value is its key in
    the `floors` of a method file."""

    MEAN = "mean"  # mean, percentage, band, risk cell
    INSTITUTION = "institution"  # score of an institution, its class or rank
    PREVALENCE = "prevalence"  # bribery or experience; counts people with contact
    THEME = "theme"  # themes of free text
    CHANGE = "change"  # year on year; in both years
    CENSUS = "census"  # stratum in which everyone was invited
    PARTICIPATION = "participation"  # shown to an institution, by group; counts sampled persons


class Level(IntEnum):
    """Where an aggregate stands in its table: the lower level is withdrawn first (DSC-5)."""

    CELL = 1  # unit × group
    UNIT = 2  # one unit, all groups
    GROUP = 3  # one group, all units
    SOURCE = 4  # one source of the whole institution
    TOTAL = 5
    COMPOSITE = 6  # index over sources: never withdrawn before the source means


@dataclass(frozen=True, slots=True)
class Atom:
    """A group of respondents that no published number ever splits.

    `counts` holds how many of them answered each indicator of the table family; `count` is the smallest.
    """

    id: str
    counts: tuple[int, ...]
    census: bool = False  # everyone of this group was invited

    @property
    def count(self) -> int:
        """Respondents behind the weakest indicator."""
        return min(self.counts)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A number that might be published: a row over atoms in sum units.

    `parts` gives the coefficient of each atom: 1 for a member of a mean, a_s/n_s in a composite over sources.
    `pool` names the declared siblings it may be merged with ("other schools"), empty for none.
    """

    id: str
    level: Level
    parts: Mapping[str, Fraction]
    output: Output = Output.MEAN
    pool: str = ""


class Reason(StrEnum):
    """Why an aggregate is withheld; the page shows both alike, the difference is for the report only."""

    FLOOR = "floor"  # too few respondents
    DERIVABLE = "derivable"  # with the others it would give away a small group


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One pattern for a table family: what is shown, what is not, and what the attacker was able to do."""

    shown: tuple[str, ...]  # ids of aggregates, in input order
    merged: tuple[Aggregate, ...]  # pooled siblings, shown instead of the withheld ones
    withheld: Mapping[str, Reason]
    attacks: int  # attacks run
    safe: bool


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One published aggregate, kept in the controlled room.

    `parts` pairs each coefficient with a bitmap over anonymous record numbers (bit i = record i).
    """

    release: str
    family: str
    aggregate: str
    rounding: str
    parts: tuple[tuple[Fraction, int], ...]
