"""Dates as people write them, and months between days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.frame import add_months, full_months, read_date, within
from bening.core.kinds import ImpreciseDate

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2024-07-29",
        "29/07/2024",
        "29-7-2024",
        "29.07.2024",
        "29 Juli 2024",
        "29 jul 2024",
        "2024-07-29 08:00",
    ],
)
def test_a_day_is_read_in_every_usual_writing(text):
    assert read_date(text) == ImpreciseDate(date(2024, 7, 29), date(2024, 7, 29))


def test_a_month_and_a_year_keep_their_span():
    february = ImpreciseDate(date(2024, 2, 1), date(2024, 2, 29))
    assert {read_date(text) for text in ("02/2024", "2024-02", "Februari 2024")} == {february}
    assert read_date("2019") == ImpreciseDate(date(2019, 1, 1), date(2019, 12, 31))
    assert not february.exact


@pytest.mark.parametrize(
    "text", ["", "kemarin", "31/02/2024", "13/2024", "45502", "1899-01-01", "2 Foo 2024"]
)
def test_anything_else_is_no_date(text):
    assert read_date(text) is None


@given(DAYS, st.integers(-600, 600))
def test_months_added_are_months_counted(day, months):
    """Counting back from the end of a short month may only lose the days that month does not have."""
    there = add_months(day, months)
    if there.day == day.day:
        assert full_months(day, there) == months
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months


@given(DAYS, DAYS)
def test_full_months_agree_with_stepping_month_by_month(start, reference):
    naive = next(m for m in range(-2000, 2000) if add_months(start, m + 1) > reference)
    assert full_months(start, reference) == naive


@given(DAYS, DAYS, st.integers(1, 120))
def test_a_window_holds_its_ends_and_nothing_later(day, reference, months):
    assert within(reference, reference, months)
    assert within(add_months(reference, -months), reference, months)
    assert within(day, reference, months) is (add_months(reference, -months) <= day <= reference)
