"""The hours in which people are written to (OUT-6): where they live, not at night, not on days off."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.kinds import Calendar
from bening.core.outreach import (
    ANY,
    OFFICE,
    SERVICE,
    hours,
    moments,
    open_windows,
    spans,
    unknown_years,
    window,
)

FREE = Calendar(frozenset({date(2025, 8, 18)}), frozenset({date(2025, 3, 3)}))
NAMES = [f"{zone}/{profile}" for zone in ("wib", "wita", "wit") for profile in (OFFICE, SERVICE)]
TIMES = st.integers(0, 330 * 1440).map(lambda n: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("province", "profile", "name"),
    [("18", OFFICE, "wib/office"), ("64", SERVICE, "wita/service"), ("94", OFFICE, "wit/office")],
)
def test_a_window_follows_the_province_of_the_unit(province, profile, name):
    assert window(province, profile) == name


@pytest.mark.parametrize(
    ("moment", "name", "open_"),
    [
        ("2025-08-05T06:59", "wit/office", True),  # 15.59 in Jayapura
        ("2025-08-05T07:00", "wit/office", False),
        ("2025-08-05T07:00", "wib/office", True),  # 14.00 in Jakarta at the same moment
        ("2025-08-04T22:59", "wit/office", False),
        ("2025-08-04T23:00", "wit/office", True),  # Tuesday 08.00 there, Monday in Greenwich
        ("2025-08-08T05:00", "wib/service", False),  # Friday noon
        ("2025-08-08T06:00", "wib/service", True),
        ("2025-08-09T03:00", "wib/office", False),  # Saturday
        ("2025-08-09T03:00", "wib/service", True),
        ("2025-08-10T03:00", "wib/service", False),  # Sunday
        ("2025-08-18T03:00", "wib/office", False),  # a day off
        ("2025-08-18T03:00", "wib/service", False),
        ("2025-03-03T01:30", "wib/office", False),  # 08.30 in the fasting month
        ("2025-03-03T08:00", "wib/office", False),  # 15.00
        ("2025-03-03T07:59", "wib/office", True),
        ("2025-08-05T13:00", "wib/service", False),  # 20.00
    ],
)
def test_a_window_is_open_when_people_there_can_be_written_to(moment, name, open_):
    assert (name in open_windows(at(moment), FREE)) is open_
    assert ANY in open_windows(at(moment), FREE)


@given(TIMES, st.integers(1, 40), st.sampled_from(NAMES), st.lists(st.floats(0, 0.999), max_size=20))
def test_a_planned_moment_is_always_an_open_one(starts, days, name, shares):
    stretches = spans(name, starts, starts + timedelta(days), FREE)
    if not stretches:
        with pytest.raises(ValueError, match="open time"):
            moments(stretches, shares)
        return
    planned = moments(stretches, sorted(shares))
    assert planned == sorted(planned)
    for moment in planned:
        assert starts <= moment < starts + timedelta(days)
        assert name in open_windows(moment, FREE)


@given(TIMES, st.sampled_from(NAMES))
def test_nobody_is_written_to_at_night(starts, name):
    for start, end in spans(name, starts, starts + timedelta(7), FREE):
        local = timedelta(hours={"wib": 7, "wita": 8, "wit": 9}[name.split("/")[0]])
        assert time(8) <= (start + local).time() < (end + local).time() <= time(20)


def test_shares_are_counted_in_open_time():
    """Half of a Monday in an office lies in its afternoon: 195 of 390 minutes, 3.5 hours before noon."""
    day = spans("wib/office", at("2025-08-04T00:00"), at("2025-08-05T00:00"), FREE)
    assert [end - start for start, end in day] == [timedelta(minutes=210), timedelta(minutes=180)]
    assert moments(day, [0, 0.5]) == [at("2025-08-04T01:00"), at("2025-08-04T04:15")]


def test_a_window_that_is_always_open_is_one_stretch():
    assert spans(ANY, at("2025-08-04T00:00"), at("2025-08-05T00:00"), FREE) == (
        (at("2025-08-04T00:00"), at("2025-08-05T00:00")),
    )
    assert spans(ANY, at("2025-08-05T00:00"), at("2025-08-04T00:00"), FREE) == ()


def test_the_hours_of_a_day_by_who_people_are():
    friday = date(2025, 8, 8)
    assert hours(friday, OFFICE, FREE) == ((time(8), time(11, 30)), (time(13), time(16)))
    assert hours(friday, SERVICE, FREE) == ((time(9), time(11, 30)), (time(13), time(20)))
    assert hours(date(2025, 8, 17), SERVICE, FREE) == ()


def test_a_year_without_its_days_off_is_named():
    assert unknown_years(at("2025-12-01T00:00"), at("2026-01-05T00:00"), FREE) == (2026,)
    assert unknown_years(at("2025-12-01T00:00"), at("2025-12-05T00:00"), FREE) == ()
