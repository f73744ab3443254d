"""Claim, commit, post, record: what each outcome does to a row, and who may no longer be written to."""

import threading
from datetime import timedelta

import pytest
from django.conf import settings as house
from django.db import connections

from bening.core.response import from_b64u
from bening.crypto import invites
from bening.web.fieldwork.gate.models import Invite, Right
from bening.web.fieldwork.models import Attempt, Delivery
from bening.web.fieldwork.steps import send
from bening.web.fieldwork.steps.fold import tidy
from bening.web.fieldwork.steps.send import claim, prepare, start, write_down
from bening.web.frame import steps as frame
from bening.web.frame.models import ContactPoint
from bening.web.outreach.channels.base import Accepted, NotSent, Rejected, Throttled, Unknown
from bening.web.outreach.models import Sender, Suppression
from bening.web.outreach.steps import open_sender, pause_sender

pytestmark = pytest.mark.django_db(databases=["default", "gate"])
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def now():
    return house.NOW() + 10 * SECOND  # time enough for a full bucket


@pytest.fixture
def sender(invited, now):
    return open_sender(round=invited, channel="whatsapp", rate=100, now=now)


def claimed(sender, now):
    """Everything that is due, whatever else is in the queue."""
    Sender.objects.update(rate=1000, burst=1000, tier=0)
    rows = []
    while block := claim(sender, now):
        rows += block
    return rows


def states():
    found = {}
    for state in Delivery.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def sent(sender, now, outcome, many=1):
    """A block on its way, of which the first rows end like this."""
    messages = prepare(sender.round, claim(sender, now), now)
    rows = [row for row, _ in messages[:many]]
    write_down(sender, [(row, outcome) for row in rows], now)
    return [Delivery.objects.get(pk=row.pk) for row in rows]


def test_a_claim_takes_a_block_of_the_earliest_and_leases_it(sender, now):
    earliest = Delivery.objects.order_by("-id").first()
    Delivery.objects.filter(pk=earliest.pk).update(due_at=now - timedelta(days=1))
    rows = claim(sender, now)
    assert len(rows) == send.BLOCK
    assert earliest in rows
    assert {(row.state, row.lease_owner, row.lease_until) for row in rows} == {
        ("leased", send.OWNER, now + send.LEASE)
    }


def test_nothing_is_claimed_before_it_is_due_nor_after_it_is_too_late(sender, now):
    Delivery.objects.update(due_at=now + SECOND)
    assert claim(sender, now) == []
    Delivery.objects.update(due_at=now - SECOND, not_after=now)
    assert claim(sender, now) == []
    assert tidy(now=now) == Delivery.objects.count()
    assert states() == {"expired": Delivery.objects.count()}


def test_a_claim_takes_from_the_bucket_what_is_due_and_no_more(sender, now):
    Sender.objects.update(rate=0, tokens=30, refilled_at=now)
    Delivery.objects.exclude(pk__in=Delivery.objects.all()[:7]).update(due_at=now + timedelta(days=1))
    assert len(claim(sender, now)) == 7
    assert Sender.objects.get().tokens == 23
    Delivery.objects.filter(state="queued").update(due_at=now)
    assert len(claim(sender, now)) == 23
    assert claim(sender, now) == []


def test_a_paused_sender_sends_nothing(sender, now):
    pause_sender(sender=sender, reason="stop")
    assert claim(sender, now) == []
    assert send.turn(lines={"whatsapp": None}, pool=None) == 0


def test_each_message_carries_its_own_secret_and_the_gate_knows_its_hash_alone(sender, now, settings):
    messages = prepare(sender.round, claim(sender, now), now)
    assert len({message.secret for _, message in messages}) == len(messages) == send.BLOCK
    pepper = settings.SECRET("pepper")
    for row, message in messages:
        opened = invites.invite_hmac(pepper, from_b64u(message.secret, length=16))
        assert Invite.objects.get(hmac=opened).right == row.right
        assert (message.key, message.attempt) == (row.key, 1)
        assert message.to == frame.reach(points=[row.point_id])[row.point_id]
        assert invites.read_check_code(message.words["check_code"])
    assert states()["sending"] == Attempt.objects.count() == send.BLOCK


@pytest.mark.parametrize(
    ("outcome", "state", "attempts", "kept", "paused"),
    [
        (Accepted("wamid.1"), "accepted", 1, 1, ""),
        (Accepted("wamid.1", held=True), "held", 1, 1, ""),
        (Unknown("ReadTimeoutError"), "unknown", 1, 1, ""),
        (NotSent("NewConnectionError"), "queued", 0, 0, ""),
        (Throttled("130429"), "queued", 0, 0, ""),
        (Rejected("131026", "contact_dead", 400), "failed", 1, 1, ""),
        (Rejected("131049", "person_wait", 400), "queued", 1, 1, ""),
        (Rejected("131000", "retry", 500), "queued", 1, 1, ""),
        (Rejected("132000", "our_fault", 400), "failed", 1, 1, ""),
        (Rejected("190", "stop_channel", 401), "queued", 0, 0, "stop_channel 190"),
        (Rejected("132015", "stop_template", 400), "queued", 0, 0, "stop_template 132015"),
    ],
)
def test_what_an_outcome_does_to_its_row(sender, now, outcome, state, attempts, kept, paused):
    (row,) = sent(sender, now, outcome)
    assert (row.state, row.attempts, Attempt.objects.filter(delivery=row).count()) == (state, attempts, kept)
    assert Sender.objects.get().paused == paused
    assert (row.lease_until, row.lease_owner) == (None, "")
    assert paused or (row in claimed(sender, now + 2 * DAY)) == (state == "queued")


def test_a_row_that_went_back_goes_out_again_under_the_same_number(sender, now):
    (row,) = sent(sender, now, Throttled("130429"))
    later = now + DAY
    again = [one for one, _ in prepare(sender.round, claimed(sender, later), later)]
    assert [one.attempts for one in again if one.pk == row.pk] == [1]


def test_a_passing_fault_is_tried_three_times(sender, now):
    Delivery.objects.exclude(pk=Delivery.objects.first().pk).delete()
    for _ in range(3):
        sent(sender, now, Rejected("131000", "retry", 500))
        now += HOUR
    assert (Delivery.objects.get().state, Delivery.objects.get().attempts) == ("failed", 3)


def test_after_a_stop_of_the_channel_the_work_goes_on_without_a_mark_on_anybody(sender, now):
    rows = sent(sender, now, Rejected("190", "stop_channel", 401), many=send.BLOCK)
    assert claim(sender, now + SECOND) == []
    Sender.objects.update(paused="")
    assert {row.pk for row in claim(sender, now + SECOND)} & {row.pk for row in rows}
    assert not Attempt.objects.exists()


def stop(row, now):
    Suppression.objects.create(index=bytes(row.point.index), reason="stop", source="reply", day=now.date())


def test_whoever_said_stop_before_the_claim_is_not_written_to(sender, now):
    row = Delivery.objects.order_by("due_at", "id").first()
    stop(row, now)
    assert row not in claim(sender, now)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("cancelled", "opted_out")


def test_whoever_said_stop_while_the_row_was_leased_is_not_written_to(sender, now):
    rows = claim(sender, now)
    stop(rows[0], now)
    messages = prepare(sender.round, rows, now)
    assert rows[0] not in [row for row, _ in messages]
    rows[0].refresh_from_db()
    assert (rows[0].state, rows[0].reason) == ("cancelled", "opted_out")
    assert len(messages) == len(rows) - 1


def test_whoever_has_answered_is_not_written_to(sender, now):
    rows = claim(sender, now)
    Right.objects.filter(pk=rows[3].right).update(issued=b"x" * 32)
    assert rows[3] not in [row for row, _ in prepare(sender.round, rows, now)]
    rows[3].refresh_from_db()
    assert (rows[3].state, rows[3].reason) == ("cancelled", "issued")


def test_whoever_can_no_longer_be_reached_leaves_the_queue(sender, now):
    row = Delivery.objects.order_by("due_at", "id").first()
    ContactPoint.objects.filter(pk=row.point_id).delete()
    assert row not in claim(sender, now)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("cancelled", "not_eligible")


def test_a_failure_before_the_network_leaves_rows_that_go_back_by_themselves(sender, now):
    rows = claim(sender, now)
    ContactPoint.objects.filter(pk=rows[0].point_id).update(value=b"damaged")
    with pytest.raises(Exception, match="BALLOT-140"):
        prepare(sender.round, rows, now)
    assert states()["leased"] == send.BLOCK
    tidy(now=now + send.LEASE + SECOND)
    assert states() == {"queued": Delivery.objects.count()}
    assert not Attempt.objects.exists()


def test_a_lease_that_ended_and_was_taken_by_another_does_not_start_twice(sender, now, monkeypatch):
    mine = claim(sender, now)
    later = now + send.LEASE + SECOND
    tidy(now=later)
    monkeypatch.setattr(send, "OWNER", "another process")
    theirs = prepare(sender.round, claim(sender, later), later)
    monkeypatch.undo()
    assert len(theirs) == send.BLOCK
    assert start(mine, later) == []
    Right.objects.filter(pk=mine[0].right).update(issued=b"x" * 32)
    prepare(sender.round, mine, later)  # cancels nothing that another holds
    assert states()["sending"] == send.BLOCK


def test_a_crash_after_the_start_leaves_rows_unknown_never_queued(sender, now):
    prepare(sender.round, claim(sender, now), now)
    tidy(now=now + send.LEASE - SECOND)
    assert states()["sending"] == send.BLOCK
    tidy(now=now + send.LEASE + SECOND)
    assert states()["unknown"] == send.BLOCK


def test_an_answer_that_comes_after_the_lease_is_evidence_but_moves_no_row(sender, now):
    messages = prepare(sender.round, claim(sender, now), now)
    row = messages[0][0]
    tidy(now=now + send.LEASE + SECOND)
    write_down(sender, [(row, Accepted("wamid.late"))], now + 2 * send.LEASE)
    row.refresh_from_db()
    assert row.state == "unknown"
    assert Attempt.objects.get(delivery=row).status == "accepted"


def test_a_late_word_that_nothing_was_sent_takes_no_attempt_away(sender, now):
    row = prepare(sender.round, claim(sender, now), now)[0][0]
    tidy(now=now + send.LEASE + SECOND)
    write_down(sender, [(row, NotSent("NewConnectionError"))], now + 2 * send.LEASE)
    row.refresh_from_db()
    assert (row.state, row.attempts, Attempt.objects.filter(delivery=row).count()) == ("unknown", 1, 1)


@pytest.mark.django_db(databases=["default", "gate"], transaction=True)
def test_no_row_is_claimed_by_two_at_once(sender, now):
    Sender.objects.update(burst=1000)
    taken, begin = [], threading.Barrier(4)

    def work():
        begin.wait()
        for _ in range(4):
            taken.extend(row.pk for row in claim(sender, now))
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(Delivery.objects.values_list("pk", flat=True))
