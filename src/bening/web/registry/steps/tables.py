"""The register's files in one place: columns, what each may hold, and how a cell is read.

A reading gives the one way a value is kept, or None when it is wrong; what a form asks is read the same way.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_noop

from bening.core.kinds import PROVINCES, InstitutionKind, SizeClass, UnitKind
from bening.files import phones

Read = Callable[[str], str | None]
LONGEST = 120
INSTITUTION_KINDS: Mapping[str, str] = {
    InstitutionKind.MINISTRY: gettext_noop("Ministry"),
    InstitutionKind.AGENCY: gettext_noop("Central agency"),
    InstitutionKind.PROVINCE: gettext_noop("Province"),
    InstitutionKind.REGENCY: gettext_noop("Regency"),
    InstitutionKind.CITY: gettext_noop("City"),
}
UNIT_KINDS: Mapping[str, str] = {
    UnitKind.OFFICE: gettext_noop("Office"),
    UnitKind.DISTRICT: gettext_noop("District"),
    UnitKind.VILLAGE: gettext_noop("Urban village"),
    UnitKind.SERVICE: gettext_noop("Service unit"),
    UnitKind.HEALTH_CENTRE: gettext_noop("Health centre"),
    UnitKind.HOSPITAL: gettext_noop("Hospital"),
    UnitKind.SCHOOL: gettext_noop("School"),
    UnitKind.DIRECTORATE: gettext_noop("Directorate"),
    UnitKind.BRANCH: gettext_noop("Branch office"),
}
SIZES: Mapping[str, str] = {
    SizeClass.LARGE: gettext_noop("large"),
    SizeClass.MEDIUM: gettext_noop("medium"),
    SizeClass.SMALL: gettext_noop("small"),
}
ECHELONS: Mapping[str, str] = {
    "0": gettext_noop("none"),
    "1": gettext_noop("echelon I"),
    "2": gettext_noop("echelon II"),
    "3": gettext_noop("echelon III"),
    "4": gettext_noop("echelon IV"),
}
YES_NO: Mapping[str, str] = {"Y": gettext_noop("yes"), "T": gettext_noop("no")}
PLACE_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
UNIT_CODE = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")  # as it stands in the labels of strata
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")  # the second and third as Excel of the country saves them


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: what belongs under it (an English text), what it may hold, which problem a fault is."""

    header: str
    note: str
    required: bool = True
    read: Read = lambda text: text
    fault: str = "REGISTRY-109"
    choices: Mapping[str, str] = field(default_factory=dict)  # code -> words
    most: int = LONGEST


@dataclass(frozen=True, slots=True)
class Table:
    """A file of the register: the columns in order, and those that tell entries apart."""

    name: str
    headings: tuple[Heading, ...]
    key: tuple[str, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers in order."""
        return tuple(heading.header for heading in self.headings)


def one_of(choices: Mapping[str, str], *, blank: str | None = None) -> Read:
    """Reads a code, whatever the case of its letters; `blank` is what an empty cell means."""

    def read(text: str) -> str | None:
        if not text and blank is not None:
            return blank
        return next((code for code in choices if code.casefold() == text.casefold()), None)

    return read


def code_of(pattern: re.Pattern[str]) -> Read:
    """Reads a code of that form, as it stands."""
    return lambda text: text if pattern.fullmatch(text) else None


def listed(text: str) -> str | None:
    """Y, or nothing for T and a blank."""
    found = one_of(YES_NO, blank="T")(text)
    return {"Y": "Y", "T": ""}.get(found or "")


def phone(text: str) -> str | None:
    """A number of the country in E.164."""
    if not text:
        return ""
    number = phones.parse(text)
    return number.e164 if number else None


def email(text: str) -> str | None:
    """An address; its letters are kept small."""
    try:
        if text:
            validate_email(text)
    except ValidationError:
        return None
    return text.lower()


def day(text: str) -> str | None:
    """A day as ISO writes it."""
    for form in DAYS if text else ():
        try:
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None if text else ""


def moment(text: str) -> date | None:
    """A day that was read, as a date."""
    return date.fromisoformat(text) if text else None


NAME = Heading("name", gettext_noop("Full name, at most 120 letters"))
INSTITUTIONS = Table(
    "institutions",
    (
        Heading("code", gettext_noop("Small letters, digits and hyphens; it never changes"),
                read=code_of(PLACE_CODE), fault="REGISTRY-108", most=60),
        NAME,
        Heading("kind", gettext_noop("What the institution is"),
                read=one_of(INSTITUTION_KINDS), choices=INSTITUTION_KINDS),
        Heading("province",
                gettext_noop("Two digits of the statistics office; of a central body that of its seat"),
                read=one_of(PROVINCES), choices=PROVINCES),
        Heading("size", gettext_noop("Size class in this round; blank while it is not known"), required=False,
                read=one_of(SIZES, blank=""), choices=SIZES),
    ),
    ("code",),
)  # fmt: skip
UNITS = Table(
    "units",
    (
        Heading("institution", gettext_noop("Code of the institution"), most=60),
        Heading("code", gettext_noop("Small letters, digits, dots and hyphens; it never changes"),
                read=code_of(UNIT_CODE), fault="REGISTRY-108", most=60),
        NAME,
        Heading("kind", gettext_noop("What the unit is"), read=one_of(UNIT_KINDS), choices=UNIT_KINDS),
        Heading("echelon", gettext_noop("Echelon of its head"), required=False,
                read=one_of(ECHELONS, blank="0"), choices=ECHELONS),
        Heading("parent", gettext_noop("Code of the unit it belongs to; blank at the top"), required=False,
                most=60),
        Heading("locus", gettext_noop("Is it listed for this round?"), required=False,
                read=listed, choices=YES_NO),
    ),
    ("institution", "code"),
)  # fmt: skip
CONTACTS = Table(
    "contacts",
    (
        Heading("institution", gettext_noop("Code of the institution"), most=60),
        Heading("unit", gettext_noop("Code of the unit; blank for the institution as a whole"),
                required=False, most=60),
        NAME,
        Heading("post", gettext_noop("Post or duty"), required=False),
        Heading("phone", gettext_noop("Number such as 0812…"), required=False, read=phone,
                fault="REGISTRY-115", most=30),
        Heading("email", gettext_noop("E-mail address of the office"), required=False, read=email,
                fault="REGISTRY-116", most=254),
        Heading("since", gettext_noop("Since which day; such as 2025-08-31"), required=False, read=day,
                fault="REGISTRY-117", most=20),
    ),
    ("institution", "unit", "name"),
)  # fmt: skip
TABLES: Mapping[str, Table] = {table.name: table for table in (INSTITUTIONS, UNITS, CONTACTS)}
