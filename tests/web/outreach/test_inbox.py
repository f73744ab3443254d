"""The webhook inbox: verified, stored as it came, understood later."""

import hmac
import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction

from bening.web.outreach.channels.whatsapp.events import events, genuine
from bening.web.outreach.models import Sender, Suppression, WebhookRaw
from bening.web.outreach.steps import mark_failed, open_sender, store_webhook, unfolded
from tests.web.small import make_round

HOOK = "/hook/whatsapp/"
NOW = datetime(2025, 8, 4, 2, tzinfo=UTC)


def signed(settings, body):
    """The header that the provider would send with this body."""
    secret = settings.SECRET("whatsapp-app-secret")
    return "sha256=" + hmac.digest(secret, body, sha256).hex()


@pytest.fixture
def post(client, settings):
    """Post bytes to the address, signed rightly unless told otherwise."""

    def send(body, signature=None):
        headers = {"X-Hub-Signature-256": signed(settings, body) if signature is None else signature}
        return client.post(HOOK, data=body, content_type="application/json", headers=headers).status_code

    return send


@pytest.mark.django_db
def test_a_genuine_report_is_stored_byte_for_byte_and_once(post):
    body = b'{"object":"whatsapp_business_account", "entry":[] , "x":"\\u00e4\\/"}'
    assert [post(body), post(body), post(body + b" ")] == [200, 200, 200]
    assert [bytes(row.body) for row in WebhookRaw.objects.order_by("id")] == [body, body + b" "]
    assert WebhookRaw.objects.filter(folded_at=None, tries=0).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("signature", ["", "sha256=", "sha256=" + "0" * 64, "sha1=x", "sha256=ä"])
def test_a_report_with_a_wrong_signature_leaves_nothing(post, signature):
    assert post(b"{}", signature) == 403
    assert not WebhookRaw.objects.exists()


@pytest.mark.django_db
def test_a_changed_byte_breaks_the_signature(post, settings):
    assert post(b'{"a":1}', signed(settings, b'{"a":2}')) == 403


@pytest.mark.django_db
def test_a_report_of_almost_three_megabytes_is_taken_and_a_larger_one_is_not(post):
    assert post(b" " * (3 * 1024 * 1024)) == 200
    assert post(b" " * (3 * 1024 * 1024 + 1)) == 413
    assert WebhookRaw.objects.count() == 1


@pytest.mark.django_db
def test_the_challenge_is_echoed_to_whoever_knows_the_word(client, settings):
    ask = {"hub.mode": "subscribe", "hub.challenge": "4711"}
    page = client.get(HOOK, {**ask, "hub.verify_token": settings.SECRET("whatsapp-verify").decode()})
    assert (page.status_code, page.content, page["Content-Type"]) == (200, b"4711", "text/plain")
    for word in ("", "wrong", "ä"):
        assert client.get(HOOK, {**ask, "hub.verify_token": word}).status_code == 403


@pytest.mark.django_db
def test_no_other_method_is_answered(client):
    assert client.put(HOOK).status_code == 405


def test_the_signature_is_over_the_raw_bytes():
    body = '{"emoji":"🙂"}'.encode()
    mark = "sha256=" + hmac.digest(b"k", body, sha256).hex()
    assert genuine(body, mark, b"k")
    assert not genuine(json.dumps(json.loads(body)).encode(), mark, b"k")


def status(n, **changes):
    """One status as the provider writes it."""
    row = {
        "id": f"wamid.{n}",
        "status": "delivered",
        "timestamp": str(1_754_272_800 + n),
        "recipient_id": "62812",
    }
    return row | {"biz_opaque_callback_data": f"d:{n:032x}:1"} | changes


def report(*values, field="messages"):
    """A body with each value in an entry and a change of its own."""
    entries = [{"id": "1", "changes": [{"field": field, "value": value}]} for value in values]
    return json.dumps({"object": "whatsapp_business_account", "entry": entries}).encode()


def test_every_status_of_every_array_is_read():
    """Fifty in four places: two entries, two changes each; `contacts` is nowhere."""
    parts = [
        {"statuses": [status(n) for n in range(start, start + 12 + (start == 36) * 2)]}
        for start in range(0, 48, 12)
    ]
    entries = [
        {"changes": [{"field": "messages", "value": value} for value in pair]}
        for pair in (parts[:2], parts[2:])
    ]
    found = events(json.dumps({"entry": entries}).encode())
    assert [event.provider_id for event in found] == [f"wamid.{n}" for n in range(50)]
    assert found[7].key == f"d:{7:032x}:1"
    assert found[7].at == datetime.fromtimestamp(1_754_272_807, UTC)


@pytest.mark.parametrize(
    ("word", "means"),
    [("sent", "sent"), ("delivered", "delivered"), ("read", "delivered"), ("played", "delivered")],
)
def test_read_is_evidence_of_delivery_and_otherwise_forgotten(word, means):
    assert [event.status for event in events(report({"statuses": [status(1, status=word)]}))] == [means]


def test_a_failure_carries_its_code_and_class():
    value = {"statuses": [status(1, status="failed", errors=[{"code": 131026, "title": "x"}])]}
    (event,) = events(report(value))
    assert (event.status, event.code, event.kind) == ("failed", "131026", "contact_dead")


def test_unknown_fields_words_and_free_text_are_passed_over():
    assert events(report({"statuses": [status(1)]}, field="account_alerts")) == ()
    value = {
        "statuses": [status(1, status="warmed")],
        "messages": [{"type": "text", "text": {"body": "halo"}}],
    }
    assert events(report(value)) == ()


def test_a_tap_on_our_button_names_our_key_and_nothing_else():
    tap = {
        "from": "62812",
        "timestamp": "1754272800",
        "type": "button",
        "button": {"payload": f"fb:doubt:{'a' * 32}"},
    }
    (event,) = events(report({"messages": [tap]}))
    assert (event.status, event.answer, event.key) == ("reply", "doubt", f"d:{'a' * 32}:0")


@pytest.mark.parametrize(
    "change",
    [{"id": 7}, {"id": "x" * 161}, {"id": "a\x00b"}, {"biz_opaque_callback_data": {}}, {"timestamp": "soon"}],
)
def test_a_report_that_no_table_could_hold_is_refused_when_it_is_read(change):
    with pytest.raises((ValueError, TypeError)):
        events(report({"statuses": [status(1, **change)]}))


@pytest.mark.django_db
def test_a_report_is_tried_five_times_and_then_waits_for_a_person():
    store_webhook(channel="whatsapp", body=b"{", now=NOW)
    for tries in range(5):
        with transaction.atomic():
            (row,) = unfolded(10)
            assert row.tries == tries
            mark_failed(row=row, error="ValueError" * 100)
    with transaction.atomic():
        assert unfolded(10) == []
    row = WebhookRaw.objects.get()
    assert (bytes(row.body), row.folded_at, len(row.error)) == (b"{", None, 200)


@pytest.mark.django_db
def test_the_database_refuses_what_no_step_would_write():
    sender = open_sender(round=make_round(), channel="whatsapp", rate=5, now=NOW)
    Suppression.objects.create(index=b"i", reason="stop", source="reply", day=NOW.date())
    store_webhook(channel="whatsapp", body=b"{}", now=NOW)
    for name, write in {
        "sender_once": lambda: Sender.objects.create(
            round=sender.round, channel="whatsapp", rate=1, burst=1, refilled_at=NOW
        ),
        "outreach_suppression_index": lambda: Suppression.objects.create(
            index=b"i", reason="x", source="x", day=NOW.date()
        ),
        "outreach_webhookraw_sha256": lambda: WebhookRaw.objects.create(
            sha256=sha256(b"{}").hexdigest(), channel="whatsapp", received_at=NOW, body=b""
        ),
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            write()
