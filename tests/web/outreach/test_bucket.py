"""One bucket for all workers: never more than rate × time + burst."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from bening.web.outreach.models import Sender
from bening.web.outreach.steps import open_sender, pause_sender, take_tokens
from tests.web.small import make_round

NOW = datetime(2025, 8, 4, 2, tzinfo=UTC)


@pytest.fixture
def sender(db):
    return open_sender(round=make_round(), channel="whatsapp", rate=10, now=NOW)


def take(sender, wanted, seconds):
    with transaction.atomic():
        return take_tokens(sender=sender, wanted=wanted, now=NOW + timedelta(seconds=seconds))


def test_the_bucket_starts_empty_fills_with_time_and_never_above_its_burst(sender):
    assert sender.burst == 20
    assert [take(sender, 40, at) for at in (0, 1, 1, 1.55, 100)] == [0, 10, 0, 5, 20]


def test_what_is_not_wanted_stays(sender):
    assert [take(sender, 3, 1), take(sender, 40, 1)] == [3, 7]


def test_a_second_does_not_fill_the_bucket_twice(sender):
    """A worker that waited for the lock comes with an older time."""
    assert [take(sender, 40, at) for at in (1, 0.5, 1, 2)] == [10, 0, 0, 10]


def test_a_clock_that_was_set_back_does_not_stop_the_sender(sender):
    assert [take(sender, 40, at) for at in (7200, 1, 2)] == [20, 0, 10]


def test_a_paused_sender_gives_nothing_and_opening_it_again_does_not_release_it(sender):
    pause_sender(sender=sender, reason="stop_channel 190")
    open_sender(round=sender.round, channel="whatsapp", rate=30, now=NOW)
    assert take(sender, 40, 100) == 0
    assert Sender.objects.get().rate == 30


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_share_the_bucket():
    sender = open_sender(round=make_round(), channel="whatsapp", rate=10, now=NOW)
    granted, start = [], threading.Barrier(5)

    def work():
        start.wait()
        granted.extend(take(sender, 3, second / 4) for second in range(17))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(granted) == 10 * 4  # four seconds, whoever came first
