"""Months between days, and dates as people write them."""

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

from bening.core.kinds import ImpreciseDate

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan"), ("februari", "feb", "pebruari"), ("maret", "mar"), ("april", "apr"),
            ("mei", "may"), ("juni", "jun"), ("juli", "jul"), ("agustus", "agu", "ags", "aug"),
            ("september", "sep", "sept"), ("oktober", "okt", "oct"), ("november", "nov", "nopember"),
            ("desember", "des", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?")
LOCAL = re.compile(r"(?:(?:(\d{1,2})[-/. ])?(\d{1,2}|[a-z]+)[-/. ])?(\d{4})")
EARLIEST = date(1940, 1, 1)  # nobody on a list of today began to work before


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier); the last day of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def full_months(start: date, reference: date) -> int:
    """Completed months from `start` to `reference`; negative when it starts later."""
    months = 12 * (reference.year - start.year) + reference.month - start.month
    return months - 1 if add_months(start, months) > reference else months


def within(day: date, reference: date, months: int) -> bool:
    """Whether the day lies in the last `months` before the reference date, both ends included."""
    return add_months(reference, -months) <= day <= reference


@lru_cache(maxsize=16384)  # the days of forty years
def read_date(text: str) -> ImpreciseDate | None:
    """A day, a month or a year as written in a cell; None when it is none of them."""
    found = ISO.fullmatch(text)
    parts = found.groups() if found else local(text.casefold().strip())
    if parts is None:
        return None
    year, month, day = (int(part) if part else None for part in parts)
    try:
        span = ends(year or 0, month, day)
    except ValueError:
        return None
    return span if span.first >= EARLIEST else None


def local(text: str) -> tuple[str | None, ...] | None:
    """Year, month and day of `29/07/2024`, `29 Juli 2024`, `07/2024` or `Juli 2024`."""
    found = LOCAL.fullmatch(text)
    if not found:
        return None
    day, month, year = found.groups()
    if month and not month.isdigit():
        month = str(MONTHS.get(month, 0))
    return year, month, day


def ends(year: int, month: int | None, day: int | None) -> ImpreciseDate:
    """The first and the last day of a span; ValueError when the calendar has no such day."""
    if month is None:
        return ImpreciseDate(date(year, 1, 1), date(year, 12, 31))
    if day is None:
        first = date(year, month, 1)
        return ImpreciseDate(first, add_months(first, 1) - timedelta(days=1))
    exact = date(year, month, day)
    return ImpreciseDate(exact, exact)
