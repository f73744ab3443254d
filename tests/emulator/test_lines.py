"""Magic numbers: one thing goes wrong for certain, and the ledger knows whether the message was taken."""

import http.client

import pytest


def taken(emulator):
    return [(entry["reply"], entry["status"]) for entry in emulator.ledger()]


def test_failures_by_webhook(emulator, hook, make):
    for place, ending in enumerate(("0026", "0049")):
        assert emulator.send(make.invitation(f"62812000{ending}", make.key(place))).status == 200
    emulator.flush()
    assert [entry["code"] for entry in emulator.ledger()] == [131026, 131049]
    assert sorted(hook.statuses()) == [(f"d:{make.key(n)}:1", "failed") for n in range(2)]


def test_refusals(emulator, make):
    assert emulator.send(make.invitation("628120000056")).code == 131056
    assert emulator.send(make.invitation("628120000429")).code == 130429
    page = emulator.send(make.invitation("628120000502"))
    assert (page.status, page.headers["Content-Type"].split(";")[0]) == (502, "text/html")
    assert taken(emulator) == []


def test_replies_that_get_lost(emulator, make):
    emulator.chaos(hang_s=0.2)
    with pytest.raises((http.client.RemoteDisconnected, TimeoutError)):
        emulator.send(make.invitation("628120000408", "K1"))
    with pytest.raises(ConnectionResetError):
        emulator.send(make.invitation("628120000500", "K2"))
    page = emulator.send(make.invitation("628120000200", "K3"))
    assert (page.status, page.raw) == (200, b"OK")
    assert taken(emulator) == [("hang", "delivered"), ("reset", "delivered"), ("nonjson", "delivered")]


def test_an_expired_token_stays_expired_until_renewed(emulator, make):
    assert emulator.send(make.invitation("628120000404")).code == 190
    assert emulator.send(make.invitation(make.number(1))).code == 190
    emulator.call("POST", "/_emu/token")
    assert emulator.send(make.invitation(make.number(1))).status == 200


def test_a_person_who_writes_stop(emulator, hook, make):
    emulator.send(make.invitation("628120000050"))
    emulator.advance(600)
    emulator.flush()
    word = hook.inbound()[0]
    assert (word["type"], word["text"]["body"], word["from"]) == ("text", "STOP", "628120000050")


def test_numbers_lose_their_magic_on_request(emulator, make):
    emulator.chaos(magic_numbers=False)
    for place, ending in enumerate(("0026", "0056", "0404", "0408", "0502")):
        assert emulator.send(make.invitation(f"62812000{ending}", make.key(place))).status == 200
    assert taken(emulator) == [("ok", "delivered")] * 5


def test_transport_failures_before_acceptance_take_nothing_and_pass_on_a_later_try(emulator, make):
    emulator.chaos(p_sync_5xx=0.5)
    pages = [emulator.send(make.invitation(make.number(1))) for _ in range(12)]
    assert {page.status for page in pages} == {200, 500}
    assert {page.code for page in pages if page.status == 500} == {131000}
    assert len(emulator.ledger()) == sum(page.status == 200 for page in pages)


def test_maintenance_pacing_and_random_statuses(emulator, make):
    now = emulator.call("GET", "/_emu/clock").json["now"]
    emulator.chaos(maintenance_window=[now, now + 60])
    assert emulator.send(make.invitation(make.number(1))).code == 131057
    emulator.chaos(maintenance_window=None, pacing_first_n=1, pacing_hold_min=30)
    pages = [emulator.send(make.invitation(make.number(n), make.key(n))) for n in range(2)]
    words = [page.json["messages"][0]["message_status"] for page in pages]
    assert words == ["accepted", "held_for_quality_assessment"]
    assert emulator.ledger()[1]["events"][0]["at"] >= now + 1800
    emulator.chaos(random_http_status=True)
    statuses = {emulator.send(make.invitation("12", make.key(n))).status for n in range(12)}
    assert len(statuses) > 1


def test_connections_stay_open(emulator, make):
    connection = http.client.HTTPConnection("127.0.0.1", emulator.port, timeout=5)
    try:
        for _ in range(3):
            connection.request("GET", "/_emu/clock")
            answer = connection.getresponse()
            answer.read()
            assert (answer.status, answer.will_close) == (200, False)
    finally:
        connection.close()
