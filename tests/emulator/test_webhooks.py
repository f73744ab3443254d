"""Reports: signed, batched over every level, retried, lost and doubled on purpose."""

import hashlib
import hmac
import json
from dataclasses import replace
from functools import partial

from bening.emulator.account import Identity
from bening.emulator.chaos import Chance, Knobs
from bening.emulator.webhooks import News, parcel, signature

IDENTITY = Identity("1", "2", "3", "62811", "Survei", False)


def news(place, **changes):
    usual = News(
        id=place, kind="status", name="delivered", at=1_823_068_800.5, tries=0, code=None, value="",
        ordinal=place, wamid=f"wamid.{place}", number=f"62812{place:07d}", callback=f"d:K{place}:1",
        category="UTILITY",
    )  # fmt: skip
    return replace(usual, **changes)


def test_the_signature_is_that_of_the_raw_body(emulator, hook, make):
    emulator.send(make.invitation(make.number(1)))
    assert emulator.flush() == 0
    assert hook.posts
    for headers, body in hook.posts:
        wanted = "sha256=" + hmac.new(b"emulator", body, hashlib.sha256).hexdigest()
        assert headers["X-Hub-Signature-256"] == wanted


def test_a_batch_spreads_over_entries_changes_and_statuses_and_loses_nothing():
    for seed in range(30):
        items = [news(place) for place in range(50)]
        goods = parcel(items, IDENTITY, Knobs(p_missing_contacts=0.5), Chance(seed), secret=b"s")
        value = json.loads(goods.body)
        changes = [change for entry in value["entry"] for change in entry["changes"]]
        found = [status["id"] for change in changes for status in change["value"]["statuses"]]
        assert found == [item.wamid for item in items]
        assert goods.signature == signature(b"s", goods.body)
        assert all(isinstance(c["value"]["statuses"][0]["timestamp"], str) for c in changes)


def test_a_failed_report_names_its_code():
    failed = news(1, name="failed", code=131026)
    value = json.loads(parcel([failed], IDENTITY, Knobs(), Chance(1), secret=b"s").body)
    status = value["entry"][0]["changes"][0]["value"]["statuses"][0]
    assert status["errors"][0]["code"] == 131026
    assert "pricing" not in status


def test_spoiled_parcels_do_not_verify():
    bad = parcel([news(1)], IDENTITY, Knobs(p_bad_signature=1), Chance(1), secret=b"s")
    cut = parcel([news(1)], IDENTITY, Knobs(p_truncated=1), Chance(1), secret=b"s")
    assert (bad.flaw, cut.flaw) == ("bad_signature", "truncated")
    assert all(goods.signature != signature(b"s", goods.body) for goods in (bad, cut))


def test_reports_leave_when_their_time_has_come(emulator, hook, make, until):
    emulator.chaos(delay_sent=[10, 0], delay_delivered=[10, 0], delay_read=[10, 0], p_read=1)
    emulator.send(make.invitation(make.number(1)))
    told = []
    for word in ("sent", "delivered", "read"):
        emulator.advance(10)
        told.append(("d:K1:1", word))
        until(lambda: hook.statuses() == told)
    assert emulator.summary()["pending_webhooks"] == 0


def tried(emulator, times):
    return all(len(event["tries"]) == times for event in emulator.ledger()[0]["events"])


def test_a_refused_report_comes_again_after_growing_pauses(emulator, hook, make, until):
    emulator.chaos(delay_sent=[0, 0], delay_delivered=[0, 0], p_read=0)
    hook.status = 503
    emulator.send(make.invitation(make.number(1)))
    for pause, tries in ((0, 1), (1, 2), (5, 3)):
        emulator.advance(pause)
        until(partial(tried, emulator, tries))
    hook.status = 200
    emulator.advance(29)
    assert hook.statuses() == []
    emulator.advance(1)
    until(lambda: sorted(hook.statuses()) == [("d:K1:1", "delivered"), ("d:K1:1", "sent")])
    assert [code for _, code in emulator.ledger()[0]["events"][0]["tries"]] == [503, 503, 503, 200]


def test_nobody_listening_keeps_everything_for_later(emulators, make, hook):
    emulator = emulators("--rate", "0", "--verify-token-file", __file__)
    emulator.approve()
    emulator.send(make.invitation(make.number(1)))
    assert emulator.flush() == emulator.summary()["pending_webhooks"] > 0
    address = f"/v26.0/{make.WABA}/subscribed_apps"
    wrong = {"override_callback_uri": hook.url, "verify_token": "wrong"}
    assert emulator.call("POST", address, wrong).code == 2200
    outside = {"override_callback_uri": "http://survei.example/hook", "verify_token": "right"}
    assert emulator.call("POST", address, outside).code == 2200
    right = {"override_callback_uri": hook.url, "verify_token": "right"}
    assert emulator.call("POST", address, right).json == {"success": True}
    assert emulator.flush() == 0
    assert ("d:K1:1", "delivered") in hook.statuses()


def test_loss_doubles_and_the_history_that_repairs(emulator, hook, make):
    emulator.chaos(p_loss=1)
    wamid = emulator.send(make.invitation(make.number(1))).json["messages"][0]["id"]
    emulator.chaos(p_loss=0, p_duplicate=1, p_read=0)
    emulator.send(make.invitation(make.number(2), "K2"))
    emulator.advance(86_400)
    emulator.flush()
    assert sorted(hook.statuses()) == [("d:K2:1", "delivered")] * 2 + [("d:K2:1", "sent")] * 2
    page = emulator.call("GET", f"/v26.0/{make.PNID}/message_history?message_id={wamid}")
    events = page.json["data"][0]["events"]["data"]
    assert {event["delivery_status"] for event in events} >= {"ACCEPTED", "SENT", "DELIVERED"}
    assert events[1]["webhook_update_state"] == "NOT_DELIVERED"


def test_spoiled_reports_are_sent_again_until_taken(emulator, hook, make):
    emulator.chaos(p_bad_signature=0.5, p_truncated=0.3, p_read=0)
    for place in range(5):
        emulator.send(make.invitation(make.number(place), make.key(place)))
    emulator.chaos(batch_size=1)
    emulator.flush()
    emulator.chaos(p_bad_signature=0, p_truncated=0)
    emulator.flush()
    good = [body for head, body in hook.posts if head["X-Hub-Signature-256"] == signature(b"emulator", body)]
    callbacks = {
        line for body in good for line in (f"d:{make.key(n)}:1" for n in range(5)) if line.encode() in body
    }
    assert len(callbacks) == 5
    assert len(hook.posts) > len(good)
