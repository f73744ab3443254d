"""A receipt given means a ballot stored, whatever is thrown at the box."""

import hashlib
import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import urllib3

from bening.core.response import b64u
from bening.core.response.wire import filled
from bening.crypto import owner
from tests.security.phone import Phone
from tests.security.world import STRATA, entries


def ready(round_, kid):
    """A phone that may post."""
    phone = round_.phone(kid)
    phone.hello(round_.gate)
    assert phone.issue(round_.gate)[0] == 200
    return phone


def signed(phone, head):
    """A ballot with the owner's signature made anew."""
    return head + owner.sign(phone.key, b"bening/owner/v1\0" + head)


def flip(body, place):
    """One bit changed."""
    return body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]


def stored(round_, phone):
    """The versions stored for a token."""
    token = hashlib.sha256(phone.kid + phone.token).digest()
    return [row[0] for row in round_.rows("box", "SELECT h FROM box_ballot WHERE spent = %s", token)]


def test_each_tampered_field_is_refused_and_nothing_stored(round_, kid):
    """One bit in each field, with the owner's signature as it was and, where he could himself, made anew."""
    phone = ready(round_, kid)
    body = phone.ballot({"gift": "no"})
    other = bytes.fromhex(next(one.kid for one in entries() if one.stratum == STRATA[1]))
    cases = {
        "magic": (flip(body, 0), "bad_format"),
        "unknown key": (flip(body, 4), "unknown_key"),
        "another key": (body[:4] + other + body[36:], "bad_token"),
        "prefix": (flip(body, 36), "bad_token"),
        "owner key": (flip(body, 68 + 40), "bad_token"),
        "owner key off the curve": (flip(body, 68), "bad_token"),
        "blind signature": (signed(phone, flip(body, 133)[:-64]), "bad_token"),
        "version": (flip(body, 392), "bad_owner"),
        "version zero": (signed(phone, body[:389] + bytes(4) + body[393:-64]), "bad_format"),
        "closed part": (flip(body, 500), "bad_owner"),
        "text part": (flip(body, 1200), "bad_owner"),
        "signature": (flip(body, len(body) - 1), "bad_owner"),
        "no signature": (body[:-64] + bytes(64), "bad_owner"),
        "cut": (body[:-1], "bad_format"),
        "extended": (body + b"\0", "bad_format"),
        "empty": (b"", "bad_format"),
        "another size class": (phone.ballot({"gift": "no"}, pad=(1024, 2048)), "bad_format"),
    }
    found = {name: phone.post(round_.box, posted)[1].get("error") for name, (posted, _) in cases.items()}
    assert found == {name: code for name, (_, code) in cases.items()}
    assert stored(round_, phone) == []


def test_another_persons_part_needs_that_persons_key(round_, kid):
    phone, victim = ready(round_, kid), ready(round_, kid)
    mine, other = phone.ballot({"gift": "no"}), victim.ballot({"gift": "yes", "often": "once"})
    swapped = mine[:393] + other[393:-64] + mine[-64:]
    replaced = other[:-64] + owner.sign(phone.key, b"bening/owner/v1\0" + other[:-64])
    for body in (swapped, replaced):
        assert phone.post(round_.box, body)[1]["error"] == "bad_owner"


def test_a_replay_and_a_rewritten_signature_get_the_same_receipt_and_store_nothing(round_, kid):
    phone = ready(round_, kid)
    body = phone.ballot({"gift": "no"})
    first = phone.post(round_.box, body)
    s = int.from_bytes(body[-32:], "big")
    malleated = body[:-32] + (owner.ORDER - s).to_bytes(32, "big")
    again = signed(phone, body[:-64])
    assert again != body
    for repeat in (body, malleated, again):
        assert phone.post(round_.box, repeat) == (200, first[1])
    assert first[0] == 201
    assert len(stored(round_, phone)) == 1


def test_a_later_version_is_stored_beside_and_an_older_one_refused(round_, kid):
    phone = ready(round_, kid)
    first, later = phone.ballot({"gift": "no"}), phone.ballot({"gift": "no"}, version=phone.version + 9)
    older, equal = phone.ballot({}, version=phone.version + 8), phone.ballot({}, version=phone.version + 9)
    assert [phone.post(round_.box, body)[0] for body in (first, later)] == [201, 201]
    for body in (older, equal):
        assert phone.post(round_.box, body)[1]["error"] == "older_version"
    assert phone.post(round_.box, first)[0] == 200
    assert len(stored(round_, phone)) == 2


def test_one_token_cannot_fill_the_disk(round_, kid):
    phone = ready(round_, kid)
    statuses = [phone.post(round_.box, phone.ballot({}, version=at))[0] for at in range(1, 67)]
    assert statuses == [201] * 64 + [429] * 2


def test_of_200_parallel_posts_of_one_ballot_one_is_stored_and_all_are_answered_alike(round_, kid):
    phone = ready(round_, kid)
    head = phone.ballot({"gift": "no"})[:-64]
    bodies = [signed(phone, head) for _ in range(200)]
    replies = together(lambda body: phone.post(round_.box, body), bodies)
    assert sorted(status for status, _ in replies) == [200] * 199 + [201]
    assert len({(reply["h"], reply["receipt"]) for _, reply in replies}) == 1
    assert len(stored(round_, phone)) == 1
    token = hashlib.sha256(phone.kid + phone.token).digest()
    assert round_.rows("box", "SELECT count(*) FROM box_spent WHERE id = %s", token) == [(1,)]


def test_parallel_versions_pass_one_by_one(round_, kid):
    """Each sees what the one before stored, or an older one would come in behind it."""
    phone = ready(round_, kid)
    assert phone.post(round_.box, phone.ballot({}, version=1))[0] == 201
    bodies = [phone.ballot({}, version=at) for at in range(2, 62)]
    replies = together(lambda body: phone.post(round_.box, body), bodies)
    assert {status for status, _ in replies} <= {201, 409}
    hashes = stored(round_, phone)
    assert hashlib.sha256(bodies[-1][:-64]).digest() in hashes
    assert len(hashes) == 1 + sum(status == 201 for status, _ in replies)
    assert phone.post(round_.box, phone.ballot({}, version=60))[1]["error"] == "older_version"
    token = hashlib.sha256(phone.kid + phone.token).digest()
    assert round_.rows("box", "SELECT count(*) FROM box_spent WHERE id = %s", token) == [(1,)]


def test_of_200_parallel_issues_with_different_values_one_wins(round_, kid):
    """Spread over ten secrets of the right, or the gate would slow one down."""
    phone = round_.phone(kid, secrets=10)
    phone.hello(round_.gate)
    values = [b"\0" + os.urandom(255) for _ in range(200)]
    secrets = [phone.secret, *phone.extra]

    def ask(at):
        fields = {"secret": b64u(secrets[at % 10]), "kid": kid, "blinded": b64u(values[at])}
        return round_.gate.call("/g/issue", filled(fields, 512)).status

    statuses = together(ask, range(200))
    assert sorted(statuses) == [200] + [409] * 199
    winner = hashlib.sha256(values[statuses.index(200)]).digest()
    assert round_.rows("gate", "SELECT issued FROM gate_right WHERE id = %s", phone.right) == [(winner,)]


def together(work, things):
    """Run all at once on 40 threads that start together."""
    start = threading.Barrier(40)

    def one(numbered):
        at, thing = numbered
        if at < 40:
            start.wait()
        return work(thing)

    with ThreadPoolExecutor(40) as pool:
        return list(pool.map(one, enumerate(things)))


@pytest.mark.slow
def test_a_killed_box_keeps_every_ballot_it_gave_a_receipt_for(round_, kid):
    """Five kills under load: no receipt without its ballot, no spent token without one."""
    phones = [Phone(bytes(16), 10_000 + at).admitted(STRATA[0]) for at in range(400)]
    bodies = {at: phone.ballot({"gift": "no"}) for at, phone in enumerate(phones)}
    receipts: dict[int, str] = {}
    todo = list(bodies)
    for _ in range(5):
        posting = threading.Thread(target=pour, args=(round_, todo, bodies, receipts))
        posting.start()
        threading.Event().wait(0.25)
        round_.kill("box")
        posting.join()
        round_.start("box")
    pour(round_, todo, bodies, receipts)
    assert len(receipts) == 400
    have = {bytes(h).hex() for (h,) in round_.rows("box", "SELECT h FROM box_ballot")}
    assert set(receipts.values()) <= have
    lonely = (
        "SELECT count(*) FROM box_spent s WHERE NOT EXISTS (SELECT 1 FROM box_ballot b WHERE b.spent = s.id)"
    )
    assert round_.rows("box", lonely) == [(0,)]
    assert all(phone.post(round_.box, bodies[at])[0] == 200 for at, phone in enumerate(phones[:50]))


def pour(round_, todo, bodies, receipts):
    """Post until the box is gone or nothing is left; what was under way stays to do."""
    phone, box = Phone(bytes(16), 1), round_.box
    while todo:
        try:
            status, reply = phone.post(box, bodies[todo[-1]])
        except urllib3.exceptions.HTTPError:
            return
        assert status in (200, 201)
        receipts[todo.pop()] = reply["h"]
