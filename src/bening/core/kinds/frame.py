"""Who could be asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bening.core.kinds.method import Text


class Verdict(StrEnum):
    """Three-valued: a missing fact makes a person undecided, never eligible and never excluded."""

    ELIGIBLE = "eligible"
    UNDECIDED = "undecided"
    INELIGIBLE = "ineligible"


class ContactKind(StrEnum):
    """How a person can be reached."""

    PHONE = "phone_e164"
    WHATSAPP = "wa_bsuid"
    EMAIL = "email"
    POSTAL = "postal"


class Fact(StrEnum):
    """What a roster says about a person; the last three are looked up, not written in the file."""

    NAME = "name"
    STAFF_ID = "staff_id"
    LOCUS = "locus"
    STATUS = "status"
    TITLE = "title"
    ECHELON = "echelon"
    IS_HEAD = "is_head"
    MAIN_FUNCTION = "main_function"
    GENERAL_SUPPORT = "general_support"
    CATEGORY = "category"
    START_INSTITUTION = "start_institution"
    START_UNIT = "start_unit"
    KIND = "kind"
    ORGANISATION = "organisation"
    SERVICE = "service"
    LAST_CONTACT = "last_contact"
    VIA_BROKER = "via_broker"
    SOURCE = "source"
    RETIRED_ON = "retired_on"
    FORMER_ECHELON = "former_echelon"
    PHONE = "phone"
    EMAIL = "email"
    LOCUS_ECHELON = "locus.echelon"
    LOCUS_LISTED = "locus.listed"
    MATCHES_INTERNAL = "matches_internal"


@dataclass(frozen=True, slots=True)
class ImpreciseDate:
    """A date as people give it: a day, a month or a year. `first` and `last` are the ends of its span."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """Whether the span is one day."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Candidate:
    """One accepted row of a roster: facts by field name (spi roster columns), contact points apart."""

    row: int  # row in the file, from 1
    group: str
    unit: str  # code of the unit
    facts: Mapping[str, str | bool | int | ImpreciseDate | None]
    points: tuple[tuple[ContactKind, str], ...]  # normalised contact points


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The verdict on one person with the ids of all rules that failed or could not be decided."""

    verdict: Verdict
    failed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class Cell(StrEnum):
    """How a roster cell is written and read."""

    TEXT = "text"
    STAFF_ID = "staff_id"  # 18 digits, written as text
    CODE = "code"  # one of a list
    LOCUS = "locus"  # code of a unit listed for the round
    YES_NO = "yes_no"  # Y or T
    ECHELON = "echelon"  # 0 to 4
    DATE = "date"  # day, month or year
    PHONE = "phone"  # written as text
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a roster: its Indonesian header, the fact it holds and how it is written."""

    header: str
    fact: Fact
    cell: Cell
    required: bool  # the header must be there; a blank cell is a finding
    note: Text
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A possible number in E.164, and whether messages can reach it."""

    e164: str
    mobile: bool


@dataclass(frozen=True, slots=True)
class Quality:
    """Rows of a list or locus; the `usable` ones are accepted, reachable and decided."""

    rows: int = 0
    accepted: int = 0
    reachable: int = 0  # accepted, with a mobile number or an e-mail address
    decided: int = 0  # accepted, with a verdict that the row's own cells decide
    usable: int = 0

    @property
    def score(self) -> float | None:
        """Share of the accepted rows that are usable, 0 to 100; None without accepted rows."""
        return 100 * self.usable / self.accepted if self.accepted else None


@dataclass(frozen=True, slots=True)
class Submission:
    """What the people who hand over a list say about it."""

    institution: str
    group: str
    source: str
    extracted: date
    prepared_by: str
    checked_by: str
    contact: str
    gaps: str
    declared: Mapping[str, int]  # rows by locus code; "" is the whole list
