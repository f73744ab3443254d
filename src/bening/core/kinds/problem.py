"""What can go wrong, said as data: where, what, how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem stops."""

    ERROR = "error"  # the row is not accepted
    WARNING = "warning"  # accepted with a mark; somebody must confirm or correct
    LIST = "list"  # a finding about a whole list, file or locus
    INFO = "info"  # nothing to mend, only to understand


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: all parts optional, rows and columns counted from 1 as people count them."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: a code of the catalogue, its place, and the words that fill its sentence."""

    code: str
    place: Place = Place()
    words: Mapping[str, str | int | float] = field(default_factory=dict)
