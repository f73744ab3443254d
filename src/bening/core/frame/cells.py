"""One row of a roster: cells to facts, and what is wrong with each."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from bening.core.frame.contact import Finding
from bening.core.frame.dates import read_date
from bening.core.kinds import Cell, Column, Fact

YES = {"y", "ya", "yes", "1", "true", "benar"}
NO = {"t", "tidak", "n", "no", "0", "false", "salah"}
ROMAN = re.compile(r"(?:eselon\s*)?(iv|iii|ii|i|[0-4])(?:[./ ]?[a-e])?", re.IGNORECASE)
NUMBER = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
MISSING = {  # the code for a blank cell where it is not simply FRAME-126
    Fact.NAME: "FRAME-119",
    Fact.LOCUS: "FRAME-120",
    Fact.STATUS: "FRAME-122",
    Fact.START_INSTITUTION: "FRAME-130",
    Fact.START_UNIT: "FRAME-130",
    Fact.SERVICE: "FRAME-142",
    Fact.LAST_CONTACT: "FRAME-142",
}
WRONG = {Fact.STATUS: "FRAME-122"}  # the code for an unreadable cell where it is not FRAME-125
EXTERNAL_WORDS = {"pengguna", "penyedia", "mitra", "penerima_manfaat", "layanan"}
STAFF_WORDS = {"pns", "pppk", "non_asn", "asn", "honorer"}


def yes_no(text: str, column: Column) -> bool | None:
    """Y or T."""
    word = text.casefold()
    return True if word in YES else False if word in NO else None


def echelon(text: str, column: Column) -> int | None:
    """0 to 4, also in Roman figures and with the letter of the sub-level."""
    found = ROMAN.fullmatch(text)
    if not found:
        return 0 if text in ("-", "non eselon") else None
    word = found[1].casefold()
    return NUMBER.get(word) or int(word)


def code(text: str, column: Column) -> str | None:
    """One of the listed codes, small and capital letters alike; any where the edition lists none."""
    word = "_".join(text.replace("-", " ").replace("_", " ").split()).casefold()
    if not column.choices:
        return word
    return next((choice for choice in column.choices if choice.casefold() == word), None)


Reader = Callable[[str, Column], Any]
READ: Mapping[Cell, Reader] = {
    Cell.TEXT: lambda text, column: text,
    Cell.STAFF_ID: lambda text, column: text.replace(" ", ""),
    Cell.LOCUS: lambda text, column: text,
    Cell.CODE: code,
    Cell.YES_NO: yes_no,
    Cell.ECHELON: echelon,
    Cell.DATE: lambda text, column: read_date(text),
}
CLOSED = (Cell.CODE, Cell.YES_NO, Cell.ECHELON)  # few different texts in a whole list


@dataclass(frozen=True, slots=True)
class Reading:
    """How one column of this list is read; contact cells are left to `contacts`."""

    fact: str
    index: int
    read: Callable[[str], Any]
    column: Column


def readings(columns: tuple[Column, ...], at: Mapping[Fact, int]) -> tuple[Reading, ...]:
    """The columns of a list in the order of the template."""
    made = []
    for column in columns:
        if column.cell in READ and column.fact in at:
            made.append(Reading(str(column.fact), at[column.fact], bound(column), column))
    return tuple(made)


def bound(column: Column) -> Callable[[str], Any]:
    """The reader of one column; of a closed list every different text is read once."""
    reader = READ[column.cell]

    def read(text: str) -> Any:
        return reader(text, column)

    return lru_cache(maxsize=1024)(read) if column.cell in CLOSED else read


def read_cells(cells: Sequence[str], plan: tuple[Reading, ...], findings: list[Finding]) -> dict[str, Any]:
    """The facts of a row; findings are added to the list. `cells` are stripped and as many as headers."""
    facts: dict[str, Any] = {}
    for reading in plan:
        text = cells[reading.index]
        facts[reading.fact] = value = reading.read(text) if text else None
        if value is None:
            findings.extend(unreadable(reading.column, text) if text else blank(reading.column))
    return facts


def blank(column: Column) -> Iterator[Finding]:
    """A required cell is empty."""
    if column.required:
        yield MISSING.get(column.fact, "FRAME-126"), column.fact, {"header": column.header, "found": "-"}


def unreadable(column: Column, text: str) -> Iterator[Finding]:
    """A cell holds something that its column does not admit."""
    word = text.casefold().replace(" ", "_").replace("-", "_")
    if column.fact == Fact.STATUS and word in EXTERNAL_WORDS:
        yield "FRAME-151", column.fact, {"group": "external"}
    elif column.fact == Fact.KIND and word in STAFF_WORDS:
        yield "FRAME-150", column.fact, {}
    else:
        known = ", ".join(column.choices) or "29/07/2024, 07/2024, 2024"
        yield (
            WRONG.get(column.fact, "FRAME-125"),
            column.fact,
            {"header": column.header, "found": text[:40], "known": known},
        )


def staff_id(facts: Mapping[str, Any]) -> Iterator[Finding]:
    """What the 18 digits of a staff number say: birth date, month of appointment, sex (FRAME-123, 124)."""
    number, status = facts.get(Fact.STAFF_ID), facts.get(Fact.STATUS)
    if number is None:
        if status in ("PNS", "PPPK"):
            yield "FRAME-123", Fact.STAFF_ID, {"why": "kosong", "why_en": "it is blank"}
        return
    fault = staff_id_fault(number, permanent=status == "PNS")
    if fault:
        yield "FRAME-123", Fact.STAFF_ID, {"why": fault[0], "why_en": fault[1]}
        return
    start = facts.get(Fact.START_INSTITUTION)
    if status == "PNS" and start is not None and start.last < date(int(number[8:12]), int(number[12:14]), 1):
        yield "FRAME-124", Fact.START_INSTITUTION, {"month": f"{number[12:14]}/{number[8:12]}"}


def staff_id_fault(number: str, *, permanent: bool) -> tuple[str, str] | None:
    """What is wrong with a staff number in both languages. On contract staff digits 13–14 are not a month."""
    if "E+" in number.upper():
        return "angka hilang karena sel bukan teks", "digits were lost because the cell is not text"
    if len(number) != 18 or not number.isascii() or not number.isdigit():
        return "bukan 18 angka", "it does not have 18 digits"
    if not is_day(number[:8]):
        return "angka 1–8 bukan tanggal", "digits 1–8 are no date"
    if permanent and not (1940 <= int(number[8:12]) <= 2100 and 1 <= int(number[12:14]) <= 12):
        return "angka 9–14 bukan tahun dan bulan", "digits 9–14 are no year and month"
    if number[14] not in "12":
        return "angka 15 bukan 1 atau 2", "digit 15 is neither 1 nor 2"
    return None


def is_day(digits: str) -> bool:
    """Whether eight digits are a day of the calendar."""
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
