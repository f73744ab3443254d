"""Reports about one attempt merge in any order, and a delivery shows its attempts."""

from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.kinds import Attempted, DeliveryState
from bening.core.outreach import RANK, merge, shown

START = datetime(2025, 8, 4, tzinfo=UTC)
REPORTS = st.builds(
    Attempted,
    st.sampled_from(sorted(RANK)),
    st.integers(0, 3).map(lambda n: START + timedelta(seconds=n)),
    st.sampled_from(["", "131026", "131049"]),
)


def merged(reports):
    return reduce(merge, reports, None)


@given(st.lists(REPORTS, min_size=1, max_size=5), st.data())
def test_order_and_repetition_change_nothing(reports, data):
    again = data.draw(st.permutations([*reports, *data.draw(st.lists(st.sampled_from(reports)))]))
    assert merged(again) == merged(reports)


@given(REPORTS, REPORTS, REPORTS)
def test_it_does_not_matter_which_two_meet_first(one, two, three):
    assert merge(merge(one, two), three) == merge(one, merge(two, three))


def test_the_higher_rank_wins_and_delivery_is_the_highest():
    words = ["held", "accepted", "sent", "failed", "delivered"]
    for order in permutations(words):
        assert merged(Attempted(word, START) for word in order).status == "delivered"
    assert merged(Attempted(word, START) for word in words[:4]).status == "failed"


def test_a_tie_keeps_the_smaller_time_and_code():
    late, early = Attempted("failed", START + timedelta(1), "1"), Attempted("failed", START, "9")
    assert merge(late, early) == early
    assert merge(Attempted("failed", START, "2"), Attempted("failed", START, "1")).code == "1"


@pytest.mark.parametrize(
    ("statuses", "state", "twice"),
    [
        (["failed"], DeliveryState.FAILED, False),
        (["failed", "sent"], DeliveryState.SENT, True),
        (["sent", "failed"], DeliveryState.FAILED, True),
        (["delivered", "failed"], DeliveryState.DELIVERED, True),
        (["sent", "accepted"], DeliveryState.ACCEPTED, True),
        (["delivered", "held"], DeliveryState.DELIVERED, True),
    ],
)
def test_the_latest_attempt_shows_but_a_delivered_one_always_wins(statuses, state, twice):
    assert shown([Attempted(status, START) for status in statuses]) == (state, twice)


@given(st.lists(REPORTS, min_size=1, max_size=4))
def test_two_attempts_that_were_taken_are_a_possible_duplicate_also_when_one_failed(reports):
    """It may still arrive: a report of delivery after one of failure is normal."""
    assert shown(reports)[1] == (len(reports) > 1)
