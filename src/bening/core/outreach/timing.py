"""When to write to whom: office hours where the institution is, and how long to wait before asking again."""

from datetime import date, datetime, time, timedelta, timezone

from bening.core.kinds import Chase

WIB, WITA, WIT = (
    timezone(timedelta(hours=hours), name) for hours, name in ((7, "WIB"), (8, "WITA"), (9, "WIT"))
)
CENTRAL = {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
OFFICE = ((time(8), time(11, 30)), (time(13), time(16)))
REMIND_AFTER, TELL_AFTER, NUDGE_EVERY = timedelta(3), timedelta(5), timedelta(3)


def zone(province: str) -> timezone:
    """The time of a province, by its code of the statistics office; Indonesia keeps no summer time."""
    if province in CENTRAL:
        return WITA
    return WIT if province[:1] == "9" or province in ("81", "82") else WIB


def office_hours(now: datetime, province: str) -> bool:
    """Whether an office of the province is at work: Monday to Friday, 08.00–11.30 and 13.00–16.00."""
    there = now.astimezone(zone(province))
    return there.weekday() < 5 and any(start <= there.time() < end for start, end in OFFICE)


def what_is_due(
    invited: date | None, reminded: date | None, told: date | None, *, acknowledged: bool, today: date
) -> Chase | None:
    """A reminder three days after the invitation, a note to the level above after five; each once."""
    if acknowledged or invited is None:
        return None
    if reminded is None:
        return Chase.REMIND if today - invited >= REMIND_AFTER else None
    # Never both on one day, also when the worker slept through the first date.
    return Chase.TELL_ABOVE if told is None and reminded < today and today - invited >= TELL_AFTER else None


def may_nudge(last: date | None, today: date) -> bool:
    """At most one reminder in three days to a contact person."""
    return last is None or today - last >= NUDGE_EVERY
