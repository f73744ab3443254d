"""Reports find their attempts in any order; what nobody reports is repeated once, marked, and never twice."""

import json
from datetime import timedelta

import pytest
from django.conf import settings as house
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as properties
from hypothesis import strategies as st

from bening.web.fieldwork.gate.models import Right
from bening.web.fieldwork.models import Attempt, Delivery
from bening.web.fieldwork.steps import fold as folding
from bening.web.fieldwork.steps.fold import fold, tidy
from bening.web.fieldwork.steps.send import LEASE, claim, prepare, write_down
from bening.web.outreach.channels.base import Accepted, Unknown
from bening.web.outreach.models import Sender, WebhookRaw
from bening.web.outreach.steps import open_sender, store_webhook

pytestmark = pytest.mark.django_db(databases=["default", "gate"])
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def now():
    return house.NOW() + 10 * SECOND


@pytest.fixture
def sender(invited, now):
    return open_sender(round=invited, channel="whatsapp", rate=100, now=now)


@pytest.fixture
def sending(sender, now):
    """Two rows whose requests are on the wire; the others are out of the way."""
    Delivery.objects.exclude(pk__in=Delivery.objects.order_by("id")[:2]).delete()
    return [row for row, _ in prepare(sender.round, claim(sender, now), now)]


def status(row, word, attempt=1, *, at=0, **more):
    """One status about an attempt, as the provider writes it."""
    mark = {"biz_opaque_callback_data": f"d:{row.key}:{attempt}", "id": f"wamid.{row.pk}.{attempt}"}
    return mark | {"status": word, "timestamp": str(1_754_272_800 + at)} | more


def report(*statuses):
    """Bytes of a report, a status in each entry."""
    entries = [{"changes": [{"field": "messages", "value": {"statuses": [one]}}]} for one in statuses]
    return json.dumps({"entry": entries}).encode()


def tell(now, *statuses):
    """A report comes in and is understood."""
    store_webhook(channel="whatsapp", body=report(*statuses), now=now)
    fold(now=now)


def seen(row):
    row.refresh_from_db()
    return row.state


def test_a_report_may_come_before_the_answer_to_the_request(sending, sender, now):
    row = sending[0]
    tell(now, status(row, "delivered"))
    assert seen(row) == "delivered"
    write_down(sender, [(row, Accepted(f"wamid.{row.pk}.1"))], now)
    assert seen(row) == "delivered"
    assert (row.provider_id, Attempt.objects.get(delivery=row).status) == (f"wamid.{row.pk}.1", "delivered")


def test_a_report_is_blanked_once_understood_and_the_same_bytes_are_not_told_again(sending, now):
    tell(now, status(sending[0], "sent"))
    row = WebhookRaw.objects.get()
    assert (bytes(row.body), row.folded_at) == (b"", now)
    tell(now + MINUTE, status(sending[0], "sent"))
    assert WebhookRaw.objects.get().folded_at == now


def test_fifty_statuses_in_one_report_reach_every_row(sender, now):
    rows = [row for row, _ in prepare(sender.round, claim(sender, now), now)]
    tell(now, *[status(row, "sent") for row in rows], *[status(row, "delivered") for row in rows[:10]])
    assert Delivery.objects.filter(state="delivered").count() == 10
    assert Delivery.objects.filter(state="sent").count() == len(rows) - 10


def test_a_report_without_our_key_is_found_by_the_providers_id_never_by_phone(sending, sender, now):
    one, two = sending
    write_down(sender, [(one, Accepted("wamid.A")), (two, Accepted("wamid.B"))], now)
    bare = {"id": "wamid.A", "status": "delivered", "timestamp": "1754272800", "recipient_id": "62812"}
    tell(now, bare, bare | {"id": "wamid.unheard"})
    assert [seen(one), seen(two)] == ["delivered", "accepted"]


def test_reports_of_others_are_passed_over(sending, now):
    other = status(sending[0], "delivered") | {"biz_opaque_callback_data": "d:someone-elses:1"}
    tell(
        now,
        other,
        other | {"biz_opaque_callback_data": "nonsense"},
        other | {"biz_opaque_callback_data": "d:a:b"},
    )
    assert WebhookRaw.objects.get().folded_at == now
    assert {seen(row) for row in sending} == {"sending"}


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[1]",
        b"7",
        b'{"entry":7}',
        b'{"entry":[{"changes":[{"field":"messages","value":{"statuses":[7]}}]}]}',
    ],
)
def test_a_report_that_cannot_be_understood_is_counted_left_and_holds_up_nobody(sending, now, body):
    store_webhook(channel="whatsapp", body=body, now=now)
    huge = status(sending[1], "sent") | {"timestamp": "9" * 30}
    store_webhook(channel="whatsapp", body=report(huge), now=now)
    for n in range(7):
        tell(now, status(sending[0], "sent", at=n))
    left = WebhookRaw.objects.filter(folded_at=None)
    assert [(row.tries, bool(row.error), bool(row.body)) for row in left] == [(5, True, True)] * 2
    assert seen(sending[0]) == "sent"


def test_an_empty_inbox_is_nothing_to_do(db, now):
    assert fold(now=now) == 0
    assert tidy(now=now) == 0


STORIES = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(["sent", "delivered", "read", "failed"]),
        st.integers(1, 2),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=7,
)


# Every telling is rolled back, so the fixture is the same for all of them.
@properties(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STORIES, st.data())
def test_order_repetition_and_packing_of_reports_change_nothing(sending, now, story, data):
    """Two rows, one with two attempts; the same statuses in another order, some twice, in other bodies."""
    other = data.draw(st.permutations([*story, *data.draw(st.lists(st.sampled_from(story)))]))
    size = data.draw(st.integers(1, 4))
    ends = []
    for telling, width in ((story, 1), (other, size)):
        with transaction.atomic():
            Attempt.objects.create(delivery=sending[0], n=2, started_at=now)
            for start in range(0, len(telling), width):
                tell(now, *[told(sending, *words) for words in telling[start : start + width]])
            for row in sending:
                row.refresh_from_db()
            ends.append(
                [(row.state, row.possible_duplicate) for row in sending]
                + list(
                    Attempt.objects.order_by("delivery", "n").values_list("n", "status", "status_at", "code")
                )
            )
            transaction.set_rollback(True)
        for row in sending:
            row.refresh_from_db()
    assert ends[0] == ends[1]


def told(rows, which, word, attempt, at):
    errors = {"errors": [{"code": 131026}]} if word == "failed" else {}
    return status(rows[which], word, attempt if which == 0 else 1, at=at, **errors)


def test_what_went_wrong_with_an_earlier_attempt_says_nothing_of_a_later_one(sending, sender, now):
    row = sending[0]
    write_down(sender, [(row, Unknown("x"))], now)
    Delivery.objects.filter(pk=row.pk).update(state="sending", attempts=2, lease_until=now + LEASE)
    Attempt.objects.create(delivery=row, n=2, started_at=now)
    tell(now, status(row, "failed", 1, errors=[{"code": 131026}]))
    assert seen(row) == "sending"
    tell(now, status(row, "failed", 2, errors=[{"code": 131049}]))
    assert (seen(row), row.code) == ("failed", "131049")


def unknown(sending, sender, now):
    """Both rows without a word from the provider."""
    write_down(sender, [(row, Unknown("ReadTimeoutError")) for row in sending], now)
    return sending


def test_an_unknown_outcome_is_repeated_once_after_its_grace_and_marked(sending, sender, now):
    one, two = unknown(sending, sender, now)
    tell(now + 29 * MINUTE, status(two, "sent"))
    assert tidy(now=now + 29 * MINUTE) == 0
    assert tidy(now=now + 31 * MINUTE) == 1
    assert (seen(one), one.possible_duplicate, seen(two), two.possible_duplicate) == (
        "queued",
        True,
        "sent",
        False,
    )
    later = now + 32 * MINUTE
    (again,) = [row for row, _ in prepare(sender.round, claim(sender, later), later)]
    assert (again.pk, again.attempts) == (one.pk, 2)
    write_down(sender, [(again, Unknown("ReadTimeoutError"))], later)
    assert tidy(now=later + timedelta(days=1)) == 1
    assert (seen(one), seen(two)) == ("unknown", "expired")


def test_an_inbox_that_hears_nothing_makes_the_grace_longer(sending, sender, now):
    unknown(sending, sender, now)
    assert tidy(now=now + 31 * MINUTE) == 0
    assert tidy(now=now + folding.DEAF + SECOND) == 2


def test_reports_that_stream_in_do_not_keep_an_unknown_outcome_waiting(sending, sender, now):
    """A wave lasts for hours: there is always a report of somebody else, and always one in the inbox."""
    unknown(sending, sender, now)
    later = now + 31 * MINUTE
    store_webhook(channel="whatsapp", body=b'{"entry":[]}', now=later - SECOND)
    assert tidy(now=later) == 2


def test_nothing_is_repeated_while_reports_wait_to_be_understood(sending, sender, now):
    unknown(sending, sender, now)
    store_webhook(channel="whatsapp", body=report(status(sending[0], "sent")), now=now)
    assert tidy(now=now + 2 * folding.DEAF) == 0
    fold(now=now + 2 * folding.DEAF)
    assert tidy(now=now + 2 * folding.DEAF) == 1
    assert [seen(row) for row in sending] == ["sent", "queued"]


def test_a_report_nobody_can_understand_does_not_stop_the_repeats(sending, sender, now):
    unknown(sending, sender, now)
    store_webhook(channel="whatsapp", body=b"{", now=now)
    for _ in range(5):
        fold(now=now)
    assert tidy(now=now + 2 * folding.DEAF) == 2


@pytest.mark.parametrize("word", ["sent", "delivered", "failed"])
@pytest.mark.parametrize("leased", [False, True])
def test_no_second_message_goes_out_once_a_report_proves_the_first(sending, sender, now, word, leased):
    """Also when the row was already back in the queue, or in another worker's hand."""
    row = unknown(sending, sender, now)[0]
    later = now + 2 * folding.DEAF
    tidy(now=later)
    held = claim(sender, later) if leased else []
    tell(later, status(row, word))
    assert seen(row) == word
    assert row.pk not in [one.pk for one, _ in prepare(sender.round, held or claim(sender, later), later)]


def test_reminders_are_dropped_not_repeated(sending, sender, now):
    unknown(sending, sender, now)
    Delivery.objects.update(step="reminder_1")
    assert tidy(now=now + 2 * folding.DEAF) == 0


def test_two_attempts_that_were_both_taken_are_a_possible_duplicate(sending, sender, now):
    row = unknown(sending, sender, now)[0]
    later = now + 2 * folding.DEAF
    tidy(now=later)
    Delivery.objects.update(possible_duplicate=False)
    again = [one for one, _ in prepare(sender.round, claim(sender, later), later) if one.pk == row.pk]
    write_down(sender, [(again[0], Accepted("wamid.2"))], later)
    tell(later, status(row, "sent", 1), status(row, "sent", 2))
    assert (seen(row), row.possible_duplicate) == ("sent", True)


def test_a_message_the_provider_gave_up_is_let_go_and_may_still_arrive(sending, sender, now):
    row = sending[0]
    write_down(sender, [(row, Accepted("wamid.1"))], now)
    tidy(now=now + folding.LIFE - MINUTE)
    assert seen(row) == "accepted"
    tidy(now=now + folding.LIFE + MINUTE)
    assert seen(row) == "expired"
    tell(now + folding.LIFE + MINUTE, status(row, "delivered"))
    assert seen(row) == "delivered"


def test_a_message_that_left_the_provider_and_reached_no_phone_is_let_go_too(sending, sender, now):
    tell(now, status(sending[0], "sent", at=0))
    Attempt.objects.update(status_at=now)
    tidy(now=now + folding.LIFE + MINUTE)
    assert seen(sending[0]) == "expired"


def test_a_row_that_went_back_into_the_queue_still_asks_whether_its_right_was_used(sending, sender, now):
    row = unknown(sending, sender, now)[0]
    later = now + 2 * folding.DEAF
    tidy(now=later)
    Right.objects.filter(pk=row.right).update(issued=b"x" * 32)
    prepare(sender.round, claim(sender, later), later)
    assert (seen(row), row.reason) == ("cancelled", "issued")
    assert Sender.objects.get().paused == ""
