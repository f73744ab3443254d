"""When somebody is written to: office hours where they are, and not too often."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.kinds import Chase
from bening.core.outreach import may_nudge, office_hours, what_is_due, zone

TODAY = date(2025, 7, 25)
DAYS = st.none() | st.dates(date(2025, 7, 1), date(2025, 8, 1))


@pytest.mark.parametrize(
    ("province", "name"),
    [("11", "WIB"), ("36", "WIB"), ("61", "WIB"), ("62", "WIB"), ("51", "WITA"), ("64", "WITA"),
     ("73", "WITA"), ("81", "WIT"), ("82", "WIT"), ("91", "WIT"), ("94", "WIT")],
)  # fmt: skip
def test_every_province_keeps_the_time_of_its_islands(province, name):
    assert zone(province).tzname(None) == name


@pytest.mark.parametrize(
    ("province", "at", "open_"),
    [
        ("18", "2025-07-21T01:00", True),  # Monday 08.00 in Lampung
        ("18", "2025-07-21T00:59", False),
        ("18", "2025-07-21T04:30", False),  # noon prayer and meal
        ("18", "2025-07-21T08:59", True),
        ("18", "2025-07-21T09:00", False),
        ("91", "2025-07-21T06:59", True),  # 15.59 in Jayapura
        ("91", "2025-07-21T07:00", False),
        ("91", "2025-07-20T23:00", True),  # Monday there, Sunday in Greenwich
        ("18", "2025-07-19T02:00", False),  # Saturday
    ],
)
def test_offices_are_written_to_in_their_own_hours(province, at, open_):
    assert office_hours(datetime.fromisoformat(at).replace(tzinfo=UTC), province) is open_


def test_a_reminder_after_three_days_and_a_note_above_after_five():
    def due(age, **more):
        invited = TODAY - timedelta(age)
        facts = {"reminded": None, "told": None, "acknowledged": False} | more
        return what_is_due(
            invited, facts["reminded"], facts["told"], acknowledged=facts["acknowledged"], today=TODAY
        )

    assert due(2) is None
    assert due(3) == Chase.REMIND
    assert due(9) == Chase.REMIND  # the worker slept: still the reminder first
    assert due(5, reminded=TODAY - timedelta(2)) == Chase.TELL_ABOVE
    assert due(9, reminded=TODAY) is None
    assert due(4, reminded=TODAY - timedelta(1)) is None
    assert due(9, reminded=TODAY - timedelta(6), told=TODAY - timedelta(4)) is None
    assert due(9, acknowledged=True) is None


@given(DAYS, DAYS, DAYS, st.booleans(), st.dates(date(2025, 7, 1), date(2025, 8, 1)))
def test_nobody_is_chased_who_acknowledged_or_was_never_invited(invited, reminded, told, acknowledged, today):
    due = what_is_due(invited, reminded, told, acknowledged=acknowledged, today=today)
    if acknowledged or invited is None:
        assert due is None
    if due == Chase.TELL_ABOVE:
        assert reminded is not None
        assert told is None


@given(DAYS, st.dates(date(2025, 7, 1), date(2025, 8, 1)))
def test_contacts_are_reminded_at_most_once_in_three_days(last, today):
    assert may_nudge(last, today) == (last is None or (today - last).days >= 3)
