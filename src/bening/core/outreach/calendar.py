"""Hours in which people may be written to: by zone and by who they are; never at night or on days off.

A window is the word `zone/profile`, for example `wita/office`; `any` is always open.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate

from bening.core.kinds import Calendar
from bening.core.outreach.timing import WIB, WIT, WITA, zone

ANY, OFFICE, SERVICE = "any", "office", "service"
ZONES = {tz.tzname(None).lower(): tz for tz in (WIB, WITA, WIT)}
MORNING = (time(8), time(11, 30))
AFTERNOON = (time(13), time(16))
FASTING = ((time(9), time(11, 30)), (time(13), time(15)))
COUNTERS = ((time(9), time(20)),)  # users of services, also on Saturday
FRIDAY = ((time(9), time(11, 30)), (time(13), time(20)))
WINDOWS = (ANY, *(f"{name}/{profile}" for name in ZONES for profile in (OFFICE, SERVICE)))
Span = tuple[datetime, datetime]


def window(province: str, profile: str) -> str:
    """The window of people in a province: never from the prefix of a phone."""
    return f"{zone(province).tzname(None).lower()}/{profile}"


def hours(day: date, profile: str, calendar: Calendar) -> tuple[tuple[time, time], ...]:
    """OUT-6: the local hours of a day; none on Sundays and days off, none around Friday noon."""
    weekday = day.weekday()
    if day in calendar.off or weekday > (4 if profile == OFFICE else 5):
        return ()
    if day in calendar.fasting:
        return FASTING
    if profile == OFFICE:
        return MORNING, AFTERNOON
    return FRIDAY if weekday == 4 else COUNTERS


def open_windows(now: datetime, calendar: Calendar) -> frozenset[str]:
    """The windows that are open at this moment."""
    found = {ANY}
    for name, tz in ZONES.items():
        there = now.astimezone(tz)
        for profile in (OFFICE, SERVICE):
            spans = hours(there.date(), profile, calendar)
            if any(start <= there.time() < end for start, end in spans):
                found.add(f"{name}/{profile}")
    return frozenset(found)


def spans(window: str, starts: datetime, ends: datetime, calendar: Calendar) -> tuple[Span, ...]:
    """The open stretches of a window between two moments, in UTC and in order."""
    return tuple(stretches(window, starts, ends, calendar)) if starts < ends else ()


def stretches(window: str, starts: datetime, ends: datetime, calendar: Calendar) -> Iterator[Span]:
    """The same, one by one."""
    if window == ANY:
        yield starts, ends
        return
    name, profile = window.split("/")
    tz = ZONES[name]
    first, last = starts.astimezone(tz).date(), ends.astimezone(tz).date()
    for n in range((last - first).days + 1):
        day = first + timedelta(n)
        for opens, closes in hours(day, profile, calendar):
            start = max(starts, datetime.combine(day, opens, tz))
            end = min(ends, datetime.combine(day, closes, tz))
            if start < end:
                yield start.astimezone(UTC), end.astimezone(UTC)


def moments(stretches: Sequence[Span], shares: Iterable[float]) -> list[datetime]:
    """The moment at which each share (0 ≤ s < 1) of the open time is over; ValueError without open time."""
    sums = [0.0, *accumulate((end - start).total_seconds() for start, end in stretches)]
    if not sums[-1]:
        raise ValueError("no open time")
    found = []
    for share in shares:
        gone = share * sums[-1]
        at = min(bisect_right(sums, gone) - 1, len(stretches) - 1)
        found.append(stretches[at][0] + timedelta(seconds=gone - sums[at]))
    return found


def unknown_years(starts: datetime, ends: datetime, calendar: Calendar) -> tuple[int, ...]:
    """Years between two moments whose days off nobody has entered."""
    return tuple(year for year in range(starts.year, ends.year + 1) if year not in calendar.years)
