"""Waves keep the hours of each place; failures go on by other channels; reminders end after three."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Count

from bening.core.kinds import ContactKind
from bening.core.outreach import open_windows
from bening.core.problems import Refused
from bening.crypto import fields
from bening.web.fieldwork.gate.models import Right
from bening.web.fieldwork.models import Attempt, Delivery, Feedback, Wave
from bening.web.fieldwork.steps import operate
from bening.web.fieldwork.steps.fold import fold
from bening.web.fieldwork.steps.follow import follow, watch
from bening.web.fieldwork.steps.hear import heed_notices, heed_people
from bening.web.fieldwork.steps.invite import invite
from bening.web.fieldwork.steps.remind import remind
from bening.web.fieldwork.steps.send import claim, prepare, write_down
from bening.web.fieldwork.steps.waves import strata
from bening.web.frame.models import Contact, ContactPoint
from bening.web.outreach.channels.base import Rejected, Throttled, Unknown
from bening.web.outreach.channels.whatsapp.events import events
from bening.web.outreach.models import RecipientWindow, Sender, Suppression
from bening.web.outreach.steps import calendar, open_sender, release_sender, store_webhook
from bening.web.registry.models import Audit, Institution, Round
from tests.web.fieldwork.test_fold import report, status
from tests.web.outreach.test_inbox import report as body

pytestmark = pytest.mark.django_db(databases=["default", "gate"])
MONDAY = datetime(2025, 8, 4, 2, tzinfo=UTC)  # 09.00 in Jakarta, 11.00 in Jayapura
DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)


@pytest.fixture
def real(settings):
    """A house that is no demo: it keeps the hours."""
    settings.DEPLOYMENT, settings.NOW = "one-machine", lambda: MONDAY


@pytest.fixture
def mail(settings, frozen):
    """A mail server is set up, and the round is still open."""
    Round.objects.update(closes=settings.NOW().date() + 40 * DAY)
    settings.EMAIL_URL = "smtp://127.0.0.1:9"


def add_mail(refs):
    """An e-mail address for these people."""
    for person in Contact.objects.filter(ref__in=refs):
        address = f"{person.ref}@contoh.example"
        ContactPoint.objects.create(
            contact=person,
            kind=ContactKind.EMAIL,
            value=fields.encrypt(b"k" * 32, address, field="x"),
            index=fields.blind_index(b"k" * 32, address, field="x"),
        )


def refs():
    return sorted(Delivery.objects.values_list("contact_ref", flat=True))


def deliver(rows, now):
    """These messages arrived."""
    for row in rows:
        Attempt.objects.create(
            delivery=row, n=1, started_at=now, outcome="accepted", status="delivered", status_at=now
        )
    rows.update(state="delivered", attempts=1)


def test_a_wave_is_due_in_open_hours_only_and_everywhere_at_the_same_share(frozen, real):
    Institution.objects.update(province="94")  # Papua
    many = invite(by="siti", round=frozen, now=MONDAY)
    due = sorted(Delivery.objects.values_list("due_at", flat=True))
    assert set(Delivery.objects.values_list("window", flat=True)) == {"wit/office"}
    assert all("wit/office" in open_windows(moment, calendar()) for moment in due)
    assert (due[0], len(set(due))) == (MONDAY, many)
    assert max(due) < MONDAY + DAY


def test_nothing_leaves_after_hours_even_if_it_is_long_due(frozen, real):
    Institution.objects.update(province="94")
    invite(by="siti", round=frozen, now=MONDAY)
    Delivery.objects.update(due_at=MONDAY)
    sender = Sender.objects.get()
    evening = MONDAY.replace(hour=7)  # 16.00 in Jayapura, 14.00 in Jakarta
    assert claim(sender, evening) == []
    assert claim(sender, evening - SECOND)
    for day in (9, 17, 18):  # Saturday, Sunday and a day off
        closed = MONDAY.replace(day=day)
        Delivery.objects.update(state="queued", not_after=closed + DAY, lease_until=None)
        assert claim(sender, closed) == []


def test_a_year_without_its_days_off_is_refused_until_the_agency_enters_them(
    frozen, real, settings, tmp_path
):
    later = MONDAY.replace(year=2031)
    with pytest.raises(Refused, match="FIELD-160"):
        invite(by="siti", round=frozen, now=later)
    settings.FIELDWORK_FILE = tmp_path / "fieldwork.toml"
    settings.FIELDWORK_FILE.write_text('[days.2031]\noff = ["2031-01-01"]\n')
    assert invite(by="siti", round=frozen, now=later)


def test_a_wave_that_meets_no_open_hour_is_refused(frozen, real, settings, tmp_path):
    days = ", ".join(f'"{MONDAY.date() + n * DAY}"' for n in range(30))
    settings.FIELDWORK_FILE = tmp_path / "fieldwork.toml"
    settings.FIELDWORK_FILE.write_text(f"[days.2025]\noff = [{days}]\n")
    with pytest.raises(Refused, match="FIELD-161"):
        invite(by="siti", round=frozen, now=MONDAY)
    assert not Wave.objects.exists()


def test_a_wave_the_daily_limit_cannot_carry_is_refused_and_leaves_nothing(frozen, real, settings):
    settings.SENDER_RATE = 0.001
    with pytest.raises(Refused, match="FIELD-162"):
        invite(by="siti", round=frozen, now=MONDAY)
    assert not Wave.objects.exists()


def test_no_more_people_a_day_than_the_limit_allows_and_a_second_message_costs_nothing(invited, settings):
    now = settings.NOW() + 10 * SECOND
    Sender.objects.update(tier=20, rate=1000, burst=1000)
    sender = Sender.objects.get()
    rows = [*claim(sender, now), *claim(sender, now + SECOND)]
    assert len(rows) == 19 == RecipientWindow.objects.count()
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(state="queued", lease_until=None)
    assert {row.pk for row in claim(sender, now + HOUR)} == {row.pk for row in rows}
    indexes = {bytes(index) for index in ContactPoint.objects.values_list("index", flat=True)}
    assert not indexes & {bytes(one) for one in RecipientWindow.objects.values_list("recipient", flat=True)}
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(state="delivered")
    assert claim(sender, now + DAY - SECOND) == []
    assert len(claim(sender, now + DAY + SECOND)) == 19


def test_throttling_slows_the_sender_for_all_workers_and_it_recovers(invited, settings):
    now = settings.NOW() + 10 * SECOND
    Sender.objects.update(rate=40, burst=40)
    sender = Sender.objects.get()
    rows = [row for row, _ in prepare(sender.round, claim(sender, now), now)]
    write_down(sender, [(row, Throttled("130429")) for row in rows], now)
    assert Sender.objects.get().slow == 20
    Delivery.objects.update(due_at=now)
    assert len(claim(sender, now + 0.5 * SECOND)) == 10


def test_five_requests_of_our_own_making_stop_the_sender_and_a_person_lets_it_go_on(invited, settings):
    now = settings.NOW() + 10 * SECOND
    sender = Sender.objects.get()
    rows = [row for row, _ in prepare(sender.round, claim(sender, now), now)]
    write_down(sender, [(row, Rejected("132000", "our_fault", 400)) for row in rows[:4]], now)
    assert Sender.objects.get().paused == ""
    write_down(sender, [(rows[4], Rejected("132000", "our_fault", 400))], now)
    assert Sender.objects.get().paused == "our_fault 132000"
    release_sender(by="siti", sender=sender, now=now)
    release_sender(by="siti", sender=sender, now=now)
    assert (Sender.objects.get().paused, Sender.objects.get().faults) == ("", 0)
    assert Audit.objects.filter(verb="release_sender").count() == 1


def test_a_dead_number_goes_on_by_mail_and_ends_as_a_dead_letter(mail, invited, settings):
    now = settings.NOW()
    first, other = Delivery.objects.order_by("id")[:2]
    add_mail([first.contact_ref])
    failed = Delivery.objects.filter(pk__in=[first.pk, other.pk])
    failed.update(state="failed", kind="contact_dead", code="131026", attempts=1)
    assert follow(now=now) == 2
    assert follow(now=now) == 0
    row = Delivery.objects.get(channel="email")
    assert (row.contact_ref, row.right, row.step, row.state) == (
        first.contact_ref,
        first.right,
        "invite",
        "queued",
    )
    assert [dead.key for dead in operate.dead_letters(round=invited, now=now)] == [other.key]
    assert Sender.objects.filter(channel="email").exists()


def test_whoever_only_mail_reaches_is_invited_by_mail(frozen, mail, settings):
    ref = Contact.objects.filter(ref__in=everybody(frozen)).first().ref
    ContactPoint.objects.filter(contact__ref=ref).delete()
    add_mail([ref])
    invite(by="siti", round=frozen, now=settings.NOW())
    assert list(Delivery.objects.filter(channel="email").values_list("contact_ref", flat=True)) == [ref]
    assert Right.objects.count() == Delivery.objects.count()


def everybody(round_):
    return list(strata(round_))


def test_a_shielded_person_is_tried_later_and_then_elsewhere(mail, invited, settings):
    now = settings.NOW()
    row = Delivery.objects.first()
    add_mail([row.contact_ref])
    for attempts, wait in ((1, DAY), (2, 3 * DAY)):
        Delivery.objects.filter(pk=row.pk).update(state="failed", kind="person_wait", attempts=attempts)
        follow(now=now)
        row.refresh_from_db()
        assert (row.state, row.due_at) == ("queued", now + wait)
    Delivery.objects.filter(pk=row.pk).update(state="failed", kind="person_wait", attempts=3)
    follow(now=now)
    assert Delivery.objects.get(channel="email").contact_ref == row.contact_ref


def test_who_told_the_provider_to_stop_is_written_to_by_no_channel(mail, invited, settings):
    row = Delivery.objects.first()
    add_mail([row.contact_ref])
    Delivery.objects.filter(pk=row.pk).update(state="failed", kind="opted_out", code="131050")
    follow(now=settings.NOW())
    assert Suppression.objects.count() == 1
    assert not Delivery.objects.filter(channel="email").exists()


def test_the_first_reminders_are_for_who_has_not_answered_and_the_last_for_all(invited, settings):
    start = settings.NOW()
    type(invited).objects.update(closes=(start + 40 * DAY).date())
    invited.refresh_from_db()
    deliver(Delivery.objects.all(), start)
    many = Delivery.objects.count()
    Right.objects.filter(pk__in=Right.objects.values("pk")[:10]).update(issued=b"x" * 32)
    with pytest.raises(Refused, match="FIELD-163"):
        remind(by="siti", round=invited, step="reminder_1", now=start + 3 * DAY)
    for step, day, wanted in (
        ("reminder_1", 4, many - 10),
        ("reminder_2", 9, many - 10),
        ("reminder_3", 16, many),
    ):
        assert remind(by="siti", round=invited, step=step, now=start + day * DAY) == wanted
        assert remind(by="siti", round=invited, step=step, now=start + day * DAY) == wanted
        deliver(Delivery.objects.filter(step=step), start + day * DAY)
    with pytest.raises(Refused, match="FIELD-163"):
        remind(by="siti", round=invited, step="closing", now=start + 17 * DAY)
    assert Audit.objects.filter(verb="remind").count() == 3
    each = Delivery.objects.values("contact_ref").annotate(n=Count("id")).values_list("n", flat=True)
    assert max(each) == 4
    assert Right.objects.count() == many


def test_the_last_reminder_asks_the_gate_where_the_agency_says_so(invited, settings):
    start, settings.LAST_REMINDER_TO_ALL = settings.NOW(), False
    type(invited).objects.update(closes=(start + 40 * DAY).date())
    invited.refresh_from_db()
    Right.objects.filter(pk__in=Right.objects.values("pk")[:10]).update(issued=b"x" * 32)
    wanted = Delivery.objects.count() - 10
    assert remind(by="siti", round=invited, step="reminder_3", now=start + 16 * DAY) == wanted


def test_the_last_reminder_goes_out_to_who_has_answered_too_and_the_second_does_not(invited, settings):
    now = settings.NOW() + 10 * SECOND
    Right.objects.update(issued=b"x" * 32)
    sender = Sender.objects.get()
    Delivery.objects.update(step="reminder_3")
    assert len(prepare(sender.round, claim(sender, now), now)) == 40
    Delivery.objects.update(step="reminder_2", state="queued", lease_until=None)
    assert prepare(sender.round, claim(sender, now + SECOND), now + SECOND) == []


def test_a_person_decides_about_an_unknown_message_and_the_decision_has_a_name(invited, settings):
    now = settings.NOW() + 10 * SECOND
    sender = Sender.objects.get()
    rows = [row for row, _ in prepare(sender.round, claim(sender, now), now)][:3]
    write_down(sender, [(row, Unknown("x")) for row in rows], now)
    Delivery.objects.update(possible_duplicate=True)
    later = now + 3 * HOUR
    waiting = {dead.key for dead in operate.dead_letters(round=invited, now=later)}
    assert waiting == {row.key for row in rows}
    operate.adopt(by="siti", key=rows[0].key)
    operate.requeue(by="siti", key=rows[1].key, now=later)
    operate.cancel(by="siti", key=rows[2].key)
    found = [Delivery.objects.get(pk=row.pk) for row in rows]
    assert [row.state for row in found] == ["sent", "queued", "cancelled"]
    assert operate.dead_letters(round=invited, now=later) == []
    for key in (rows[0].key, "nobody"):
        with pytest.raises(Refused, match="FIELD-164"):
            operate.adopt(by="siti", key=key)
    names = Audit.objects.filter(verb__endswith="_message").values_list("verb", "by")
    assert list(names) == [(f"{verb}_message", "siti") for verb in ("adopt", "requeue", "cancel")]
    assert not any(row.contact_ref in str(audit.detail) for row in rows for audit in Audit.objects.all())


def test_a_tap_becomes_a_report_once_and_stop_words_stop_the_person(invited, settings):
    now = settings.NOW()
    row, other = Delivery.objects.order_by("id")[:2]
    tap = {"timestamp": "1754272800", "type": "button", "button": {"payload": f"fb:doubt:{row.key}"}}
    Delivery.objects.filter(pk=other.pk).update(provider_id="wamid.other")
    stop = {
        "timestamp": "1754272800", "from": "620000", "type": "text", "text": {"body": "Berhenti, ya!"},
        "context": {"id": "wamid.other"},
    }  # fmt: skip
    for n in range(2):
        data = body({"messages": [tap, stop]}) + b" " * n
        store_webhook(channel="whatsapp", body=data, now=now)
        fold(now=now)
    assert list(Feedback.objects.values_list("kind", "source", "contact_ref")) == [
        ("doubt", "button", row.contact_ref)
    ]
    other.refresh_from_db()
    assert (other.state, other.reason) == ("cancelled", "opted_out")
    assert Suppression.objects.filter(index=bytes(other.point.index), source="text").exists()


def test_what_the_provider_stopped_it_may_start_again_but_not_what_the_person_stopped(invited):
    row = Delivery.objects.first()
    number = {"wa_id": "6281", "timestamp": "1754272800", "category": "marketing_messages"}
    told = [
        events(body({"user_preferences": [number | {"value": value}]}, field="user_preferences"))
        for value in ("stop", "resume")
    ]
    heed_people(told[0], MONDAY)
    assert Suppression.objects.get().source == "provider"
    heed_people(told[1], MONDAY)
    assert not Suppression.objects.exists()
    Suppression.objects.create(index=bytes(row.point.index), reason="stop", source="text", day=MONDAY.date())
    heed_people(told[1], MONDAY)
    assert Suppression.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("message_template_status_update", {"event": "PAUSED"}, "stop_template"),
        ("message_template_status_update", {"event": "SOMETHING_NEW"}, "stop_template"),
        ("message_template_status_update", {"event": "APPROVED"}, ""),
        ("template_category_update", {"new_category": "MARKETING"}, "category"),
        ("message_template_quality_update", {"new_quality_score": "RED"}, "quality"),
        ("message_template_quality_update", {"new_quality_score": "YELLOW"}, ""),
        ("phone_number_quality_update", {"event": "FLAGGED"}, "quality"),
        ("account_update", {"event": "ACCOUNT_RESTRICTION"}, "stop_channel"),
        ("account_alerts", {"event": "whatever"}, ""),
    ],
)
def test_news_of_the_provider_stop_the_sender_with_a_reason(invited, field, value, reason):
    value = {"message_template_name": "bening_undangan_a_v1", "message_template_language": "id"} | value
    heed_notices([event for event in events(body(value, field=field)) if event.status == "notice"])
    assert Sender.objects.get().paused.split(" ")[0] == reason


def test_the_providers_limit_becomes_ours(invited):
    for value, tier in ((10_000, 10_000), (-1, 0), ("TIER_2K", 2000)):
        news = body({"max_daily_conversation_per_phone": value}, field="business_capability_update")
        heed_notices(events(news))
        assert Sender.objects.get().tier == tier


def test_a_sender_stops_when_nothing_is_heard_and_says_why(invited, settings):
    now = settings.NOW()
    Attempt.objects.create(delivery=Delivery.objects.first(), n=1, started_at=now, outcome="accepted")
    Attempt.objects.create(
        delivery=Delivery.objects.last(), n=1, started_at=now + 14 * HOUR / 60, outcome="accepted"
    )
    assert watch(now=now + 14 * HOUR / 60) == 0
    assert watch(now=now + 16 * HOUR / 60) == 1
    assert Sender.objects.get().paused == "silence"
    assert watch(now=now + 16 * HOUR / 60) == 0


def test_a_failure_by_webhook_has_its_class(invited, settings):
    now = settings.NOW() + 10 * SECOND
    sender = Sender.objects.get()
    row = prepare(sender.round, claim(sender, now), now)[0][0]
    store_webhook(channel="whatsapp", body=report(status(row, "failed", errors=[{"code": 131026}])), now=now)
    fold(now=now)
    row.refresh_from_db()
    assert (row.state, row.kind) == ("failed", "contact_dead")


def test_opening_a_sender_again_keeps_the_limit_the_provider_told_us(invited, settings):
    Sender.objects.update(tier=10_000)
    open_sender(round=invited, channel="whatsapp", rate=5, tier=250, now=settings.NOW())
    assert Sender.objects.get().tier == 10_000
