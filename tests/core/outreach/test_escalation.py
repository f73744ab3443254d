"""What follows on a failure (OUT-10 to OUT-13), and when a sender stops by itself (OUT-14)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.kinds import Signals
from bening.core.outreach import (
    PAUSING,
    REASONS,
    REMINDERS,
    again_after,
    back_off,
    cascades,
    far_enough,
    for_everybody,
    in_words,
    next_channel,
    reminder_channel,
    stop_reason,
)

ALL = ("whatsapp", "sms", "email", "letter", "visit")


@given(st.integers(0, 40), st.floats(0.5, 1.5))
def test_waiting_doubles_up_to_half_an_hour_and_never_falls_in_step(tries, u):
    wait = back_off(tries, u).total_seconds()
    assert min(30 * 2**tries, 1800) * 0.5 - 1e-3 <= wait <= min(30 * 2**tries, 1800) * 1.5 + 1e-3


def test_a_passing_fault_is_tried_three_times_and_a_shielded_person_after_one_and_three_days():
    assert [bool(again_after("retry", n, 1.0)) for n in (1, 2, 3)] == [True, True, False]
    assert [again_after("person_wait", n, 1.0) for n in (1, 2, 3)] == [timedelta(1), timedelta(3), None]
    assert again_after("throttle", 50, 1.0) == timedelta(minutes=30)
    for kind in ("contact_dead", "opted_out", *PAUSING):
        assert again_after(kind, 1, 1.0) is None


def test_a_failure_of_the_sender_or_a_stop_of_the_person_goes_to_no_other_channel():
    assert [kind for kind in REASONS if not cascades(kind)] == [
        "stop_channel", "stop_template", "our_fault", "opted_out",
    ]  # fmt: skip


def test_the_cascade_goes_through_the_channels_that_reach_a_person_in_their_order():
    past, gone = [], []
    while channel := next_channel(past, "invite", ("visit", "email", "whatsapp", "sms", "letter")):
        past.append(("invite", channel, False))
        gone.append(channel)
    assert gone == list(ALL)
    assert next_channel([("invite", "whatsapp", False)], "invite", ("whatsapp", "email")) == "email"
    assert next_channel([("invite", "email", False)], "invite", ("whatsapp", "email")) is None


@given(st.lists(st.tuples(st.sampled_from(["invite", *REMINDERS]), st.sampled_from(ALL), st.booleans())))
def test_no_channel_writes_more_often_than_it_may(past):
    counts = {channel: sum(1 for _, one, _ in past if one == channel) for channel in ALL}
    most = {"whatsapp": 4, "sms": 2, "email": 3, "letter": 1, "visit": 2}
    for step in REMINDERS:
        for chosen in (next_channel(past, step, ALL), reminder_channel(past, step, ALL)):
            assert chosen is None or counts[chosen] < most[chosen]


def test_reminders_come_as_the_invitation_came_then_otherwise_then_as_the_last_one_arrived():
    past = [("invite", "whatsapp", True)]
    assert reminder_channel(past, "reminder_1", ALL) == "whatsapp"
    past.append(("reminder_1", "whatsapp", True))
    assert reminder_channel(past, "reminder_2", ALL) == "sms"
    assert reminder_channel(past, "reminder_2", ("whatsapp",)) == "whatsapp"
    past.append(("reminder_2", "sms", False))
    assert reminder_channel(past, "reminder_3", ALL) == "whatsapp"
    assert reminder_channel([("invite", "letter", True)], "reminder_1", ("letter",)) is None


def test_there_are_three_reminders_and_the_last_may_go_to_all():
    assert list(REMINDERS.values()) == sorted(REMINDERS.values())
    assert len(REMINDERS) == 3
    assert [for_everybody(step, last_to_all=True) for step in ("reminder_2", "reminder_3", "closing")] == [
        False, True, True,
    ]  # fmt: skip
    assert not for_everybody("reminder_3", last_to_all=False)


def test_two_messages_that_arrived_lie_two_days_apart():
    now = datetime(2025, 8, 10, 3, tzinfo=UTC)
    assert far_enough(None, now)
    assert far_enough(now - timedelta(hours=48), now)
    assert not far_enough(now - timedelta(hours=47), now)


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        ({}, ""),
        ({"template": "PAUSED"}, "stop_template"),
        ({"template": "SOMETHING_NEW"}, "stop_template"),
        ({"category": "MARKETING"}, "category"),
        ({"quality": "RED"}, "quality"),
        ({"quality": "YELLOW"}, ""),
        ({"our_faults": 5}, "our_fault"),
        ({"our_faults": 4}, ""),
        ({"delivered": 200, "unhappy": 2}, "doubt"),
        ({"delivered": 199, "unhappy": 50}, ""),
        ({"started": 400, "unknown": 9}, "unknown"),
        ({"started": 400, "unknown": 8}, ""),
        ({"started": 199, "unknown": 99}, ""),
        ({"started": 1, "silence": 901.0}, "silence"),
        ({"started": 0, "silence": 9999.0}, ""),
    ],
)
def test_a_sender_stops_by_itself_for_one_of_these_reasons(seen, reason):
    assert stop_reason(Signals(**seen)) == reason


def test_every_stop_is_said_in_words_in_both_languages():
    for reason in ("stop_channel 190", "category", "nobody knows this 7"):
        for text in in_words(reason):
            assert text.id
            assert text.en
            assert text.id != text.en
    assert in_words("nobody knows this 7") == REASONS["our_fault"]
