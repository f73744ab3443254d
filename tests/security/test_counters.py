"""What gate and box answer, and what they never show."""

import json
import os
import re
from datetime import date, timedelta

import pytest

from bening.core.response import b64u
from bening.core.response.wire import filled
from tests.security.phone import CLIENT, Phone, stranger
from tests.security.world import CLOSES, STRATA, entries

SIZES = {"/g/hello": 4096, "/g/issue": 512, "/g/used": 512, "/b/ballot": 512, "/b/proof": 4096}
ROUTES = sorted(SIZES)


@pytest.fixture
def during(round_):
    """The clock, put back into the field period afterwards."""
    yield round_.clock
    round_.clock(date(2026, 1, 20))


def line(round_, path):
    """The counter a route belongs to."""
    return round_.gate if path.startswith("/g") else round_.box


@pytest.mark.parametrize("path", ROUTES)
def test_every_reply_of_a_call_has_its_headers_and_its_size(round_, path):
    counter = line(round_, path)
    replies = [
        counter.call(path, b"x" * 512),
        counter.call(path, b"x" * 20_000),
        counter.call(path, b""),
        counter.call(path, b"x", "application/json"),
        counter.pool.request("GET", counter.origin + path, headers={"Origin": CLIENT}),
    ]
    assert [reply.status for reply in replies] == [400, 413, 400, 415, 405]
    for reply in replies:
        assert len(reply.data) == SIZES[path]
        assert json.loads(reply.data)["error"] == "bad_format"
        dressed(reply)


def dressed(reply):
    """The headers of every reply."""
    expected = {
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": "no-store",
        "Access-Control-Allow-Origin": CLIENT,
        "Vary": "Origin",
    }
    assert {name: reply.headers.get(name) for name in expected} == expected
    assert "max-age=" in reply.headers["Strict-Transport-Security"]
    assert {"Set-Cookie", "Location", "Content-Encoding"}.isdisjoint(reply.headers)


@pytest.mark.parametrize(
    "path", ["/", "/g", "/g/hello/", "/b/ballot/x", "/admin", "/g/hello%2f", "/g//hello"]
)
def test_no_other_address_exists(round_, path):
    for counter in (round_.gate, round_.box):
        reply = counter.call(path, b"{}")
        assert (reply.status, json.loads(reply.data)["error"], len(reply.data)) == (404, "unknown", 512)
        dressed(reply)


def test_a_counter_does_not_answer_the_other_ones_calls(round_):
    for counter, path in ((round_.box, "/g/hello"), (round_.gate, "/b/ballot")):
        reply = counter.call(path, b"x")
        assert (reply.status, len(reply.data)) == (404, SIZES[path])
        dressed(reply)


@pytest.mark.parametrize("origin", ["https://elsewhere.example", CLIENT + "/", "null", ""])
def test_only_the_clients_page_may_call(round_, kid, origin):
    """From another origin, or from none, even a right call is refused and gets no CORS header."""
    phone = round_.phone(kid).admitted(STRATA[0])
    calls = {
        "/g/hello": filled({"secret": b64u(phone.secret)}, 512),
        "/b/ballot": phone.ballot({"gift": "no"}),
    }
    for path, body in calls.items():
        reply = line(round_, path).call(path, body, Origin=origin)
        assert (reply.status, json.loads(reply.data)["error"]) == (400, "bad_format")
        assert "Access-Control-Allow-Origin" not in reply.headers
        assert line(round_, path).call(path, body).status in (200, 201)


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize("media", ["application/json", "application/octet-stream", "text/html", ""])
def test_a_call_needs_no_permission_and_has_one_media_type(round_, path, media):
    """`text/plain` crosses origins without a question before it; `Origin` itself is checked on every call."""
    counter = line(round_, path)
    assert counter.call(path, b"x" * 512, media).status == 415
    asked = counter.pool.request("OPTIONS", counter.origin + path, headers={"Origin": CLIENT})
    assert asked.status == 405
    dressed(asked)


@pytest.mark.parametrize(
    "body",
    [
        b"{}".ljust(512),
        b"[]".ljust(512),
        b'"x"'.ljust(512),
        filled({"secret": "short"}, 512),
        filled({"secret": 5}, 512),
        filled({"secret": None}, 512),
        filled({"secret": "A" * 21 + "B"}, 512),
        filled({"secret": "A" * 22, "more": 1}, 512),
        filled({"secret": "A" * 22}, 511),
        filled({"secret": "A" * 22}, 512).replace(b"000000", b"111111", 1),
        filled({"secret": "A" * 22}, 512).replace(b'"secret"', b'"pad"   ', 1),
        b"[" * 512,
        b"\xff" * 512,
    ],
)
def test_a_malformed_request_is_refused(round_, body):
    for path in ("/g/hello", "/g/used"):
        reply = round_.gate.call(path, body)
        assert (reply.status, json.loads(reply.data)["error"]) == (400, "bad_format")


def everything(round_, door):
    """All rows of a counter with the columns nobody sees."""
    tables = {"gate": ("gate_right", "gate_invite"), "box": ("box_ballot", "box_spent")}[door]
    query = "SELECT xmin, xmax, ctid, cmin, * FROM {} ORDER BY ctid"
    return [round_.rows(door, query.format(table)) for table in tables]


def test_hello_is_pure(round_, kid):
    """A thousand calls, known, void and unknown, leave every row with its hidden columns as it was."""
    phones = [round_.phone(kid) for _ in range(20)]
    before = everything(round_, "gate")
    for phone in phones:
        for _ in range(25):
            phone.hello(round_.gate)
            assert round_.gate.ask("/g/hello", secret=b64u(stranger()))[0] == 404
    assert everything(round_, "gate") == before


def test_void_and_unknown_secrets_get_the_same_bytes(round_, kid):
    void = round_.phone(kid)
    with_void = round_.rows("gate", "UPDATE gate_right SET void = true WHERE id = %s RETURNING 1", void.right)
    assert with_void
    for path, fields in (("/g/hello", {}), ("/g/issue", {"kid": kid, "blinded": b64u(bytes(256))})):
        replies = [
            round_.gate.call(path, filled({"secret": b64u(secret), **fields}, 512))
            for secret in (void.secret, stranger(), os.urandom(10))
        ]
        assert {(reply.status, reply.data) for reply in replies} == {(404, replies[0].data)}
        assert len(replies[0].data) == SIZES[path]


def test_all_secrets_of_a_right_open_the_same_state(round_, kid):
    """A reminder's link must find what the phone stored under the first one."""
    phone = round_.phone(kid, secrets=2)
    reminded = Phone(phone.extra[0], 999)
    assert phone.hello(round_.gate) == reminded.hello(round_.gate)
    assert phone.issue(round_.gate)[0] == 200
    assert reminded.issue(round_.gate) == (
        409,
        {"error": "right_used", "pad": reminded.issue(round_.gate)[1]["pad"]},
    )


def test_one_secret_cannot_hammer_the_gate(round_, kid):
    phone = round_.phone(kid)
    statuses = [round_.gate.ask("/g/hello", secret=b64u(phone.secret))[0] for _ in range(150)]
    assert {200, 429} == set(statuses)


def test_issue_is_repeated_for_the_same_value_and_refused_for_another(round_, kid):
    phone = round_.phone(kid)
    phone.hello(round_.gate)
    assert phone.issue(round_.gate) == phone.issue(round_.gate)
    other = Phone(phone.secret, 5)
    other.hello(round_.gate)
    assert other.issue(round_.gate)[1]["error"] == "right_used"
    assert phone.issue(round_.gate)[0] == 200


def test_a_right_opens_its_own_key_only(round_, kid):
    phone = round_.phone(kid)
    phone.hello(round_.gate)
    phone.kid = bytes.fromhex(next(one.kid for one in entries() if one.stratum == STRATA[1]))
    assert phone.issue(round_.gate) == (
        409,
        {"error": "wrong_key", "pad": phone.issue(round_.gate)[1]["pad"]},
    )
    assert round_.rows("gate", "SELECT issued FROM gate_right WHERE id = %s", phone.right) == [(None,)]


@pytest.mark.parametrize("blinded", [bytes(255), bytes(257), b"", b"\xff" * 256])
def test_a_blinded_value_has_256_bytes_and_lies_below_the_modulus(round_, kid, blinded):
    phone = round_.phone(kid)
    phone.hello(round_.gate)
    fields = {"secret": b64u(phone.secret), "kid": kid, "blinded": b64u(blinded)}
    reply = round_.gate.call("/g/issue", filled(fields, 512))
    assert reply.status == 400
    assert phone.issue(round_.gate)[0] == 200  # the right was not spent on it


def test_used_is_not_told_before_closing_and_told_afterwards(round_, kid, during):
    phone, idle = round_.phone(kid), round_.phone(kid)
    phone.hello(round_.gate)
    phone.issue(round_.gate)
    during(CLOSES)
    for secret in (phone.secret, idle.secret, stranger()):
        assert round_.gate.ask("/g/used", secret=b64u(secret))[1]["error"] == "not_yet"
    during(CLOSES + timedelta(days=1))
    assert round_.gate.ask("/g/used", secret=b64u(phone.secret))[1]["used"] is True
    assert round_.gate.ask("/g/used", secret=b64u(idle.secret))[1]["used"] is False
    assert round_.gate.ask("/g/used", secret=b64u(stranger()))[1]["error"] == "unknown"


def test_the_gate_closes_with_the_day_and_the_box_a_day_later(round_, kid, during):
    phone, late = round_.phone(kid), round_.phone(kid)
    during(CLOSES)
    for one in (phone, late):
        one.hello(round_.gate)
    assert phone.issue(round_.gate)[0] == 200
    during(CLOSES + timedelta(days=1))
    assert late.issue(round_.gate)[1]["error"] == "closed"
    body = phone.ballot({"gift": "no"})
    assert phone.post(round_.box, body)[0] == 201
    during(CLOSES + timedelta(days=2))
    status, reply = phone.post(round_.box, body)
    assert (status, reply["error"]) == (410, "closed")


def test_no_ballot_is_in_a_log_yet(round_):
    assert round_.box.ask("/b/proof", h="00" * 32, size=None)[1]["error"] == "not_logged_yet"
    assert round_.box.ask("/b/proof", h=3, size=None)[1]["error"] == "bad_format"


def test_a_database_that_is_away_is_try_later(round_, kid):
    """The phone keeps its answers and comes back."""
    phone = round_.phone(kid).admitted(STRATA[0])
    body = phone.ballot({"gift": "no"})
    round_.run("box", "ALTER TABLE box_spent RENAME TO box_away")
    try:
        status, reply = phone.post(round_.box, body)
    finally:
        round_.run("box", "ALTER TABLE box_away RENAME TO box_spent")
    assert (status, reply["error"]) == (503, "try_later")
    assert phone.post(round_.box, body)[0] == 201


def test_a_missing_or_foreign_manifest_is_try_later(round_, kid):
    phone = round_.phone(kid)
    folder = round_.folder / "client" / "m"
    folder.rename(folder.with_name("away"))
    try:
        assert round_.gate.ask("/g/hello", secret=b64u(phone.secret))[0] == 503
    finally:
        folder.with_name("away").rename(folder)
    assert phone.hello(round_.gate)


def test_the_logs_hold_no_code_no_answer_and_no_address(round_, kid):
    """Only lines of logger, level, status and kind of error."""
    phone = round_.phone(kid)
    round_.gate.call(f"/g/hello/{b64u(phone.secret)}", b"")
    round_.gate.call("/g/hello", filled({"secret": b64u(phone.secret), "x": 1}, 512))
    for door in ("gate", "box"):
        for written in (round_.folder / f"{door}.log").read_text().splitlines():
            assert re.fullmatch(
                r"(django\.request|bening\.counter) (WARNING|ERROR) ?\d{0,3} ?\w*", written
            ), written
