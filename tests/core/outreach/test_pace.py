"""How fast a sender goes (OUT-7), how many people a day (OUT-8), and when a wave ends (OUT-9)."""

from datetime import UTC, datetime, timedelta
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.kinds import Calendar
from bening.core.outreach import ANY, TIERS, admitted, pace, ramp, refill, slowed, spans

START = datetime(2025, 8, 4, 1, tzinfo=UTC)
FREE = Calendar(frozenset())
HOUR = timedelta(hours=1)


@given(st.lists(st.tuples(st.floats(0, 30), st.integers(0, 50)), max_size=40))
def test_a_bucket_grants_no_more_than_rate_times_time_and_a_burst(steps):
    tokens, granted, passed = 0.0, 0, 0.0
    for seconds, wanted in steps:
        tokens = refill(tokens, 7.0, 20.0, seconds)
        passed += seconds
        taken = min(wanted, int(tokens))
        tokens, granted = tokens - taken, granted + taken
    assert granted <= 7.0 * passed + 20.0 + 1e-6
    assert refill(3.0, 7.0, 20.0, -5.0) == 3.0


def test_throttling_halves_the_pace_for_a_minute_and_then_it_comes_back_slowly():
    slow = slowed(80.0, None, 0.0)
    assert slow == 40.0
    assert [pace(80.0, slow, since) for since in (0, 59, 60, 70, 100, 140, 1000)] == [
        40.0, 40.0, 40.0, 44.0, 56.0, 72.0, 80.0,
    ]  # fmt: skip
    assert pace(80.0, None, 3.0) == 80.0


def test_answers_to_one_burst_halve_it_once():
    assert slowed(80.0, 40.0, 1.0) is None
    assert slowed(80.0, 40.0, 6.0) == 20.0


@given(st.floats(2, 80))
def test_a_storm_brings_the_pace_below_any_limit_within_a_minute(limit):
    slow, since, seconds = None, 0.0, 0.0
    while pace(80.0, slow, since) > limit:
        step = slowed(80.0, slow, since)
        slow, since = (slow, since + 1) if step is None else (step, 0.0)
        seconds += 1
    assert seconds <= 60
    assert slow is None or slow >= 80.0 / 64


@pytest.mark.parametrize(
    ("tier", "used", "more"),
    [(2000, 0, 1900), (2000, 1899, 1), (2000, 2500, 0), (250, 0, 237), (0, 10**7, inf)],
)
def test_five_in_a_hundred_of_the_daily_limit_are_kept_for_people(tier, used, more):
    assert admitted(tier, used) == more


def nine_hours(days):
    """So many days, nine hours each."""
    return [(START + timedelta(n), START + timedelta(n) + 9 * HOUR) for n in range(days)]


def test_a_small_wave_ends_as_fast_as_the_sender_goes():
    plan = ramp(1000, tier=2000, lag=6 * HOUR, rate=80.0, open_spans=nine_hours(1))
    assert plan.finish - START < timedelta(minutes=1)
    assert plan.days == ((START.date(), 1000),)


def test_the_daily_limit_is_what_holds_a_large_wave_up():
    stuck = ramp(500_000, tier=100_000, lag=timedelta(900), rate=80.0, open_spans=nine_hours(10))
    assert (stuck.finish - START).days == 5
    assert max(people for _, people in stuck.days) == 95_000
    grown = ramp(500_000, tier=100_000, lag=6 * HOUR, rate=80.0, open_spans=nine_hours(10))
    assert grown.finish < stuck.finish


def test_a_wave_that_does_not_end_inside_its_windows_has_no_end():
    plan = ramp(10_000, tier=250, lag=timedelta(30), rate=80.0, open_spans=nine_hours(3))
    assert plan.finish is None
    assert sum(people for _, people in plan.days) == 3 * 237


@given(st.sampled_from(TIERS), st.integers(1, 30_000), st.integers(1, 30))
def test_a_plan_never_passes_the_daily_limit_and_counts_everybody_once(tier, people, days):
    plan = ramp(people, tier=tier, lag=timedelta(900), rate=80.0, open_spans=nine_hours(days))
    total = sum(n for _, n in plan.days)
    assert total == people if plan.finish else total < people
    assert all(n <= admitted(tier, 0) for _, n in plan.days)


def test_a_faster_sender_never_ends_later():
    open_ = spans(ANY, START, START + timedelta(20), FREE)
    ends = [
        ramp(40_000, tier=10_000, lag=6 * HOUR, rate=rate, open_spans=open_).finish for rate in (1, 10, 100)
    ]
    assert ends == sorted(ends, reverse=True)
