"""The house reproduces the fixed vectors of the ballot format, which the phone's JavaScript reads too.

They would catch a changed offset, padding, key order or escape, and a domain word altered on one side only. A
format that has to change gets a new magic and a new file.
"""

import hashlib
import json
from pathlib import Path

import pytest

from bening.core.canonical import dump
from bening.core.response import assemble, from_b64u, load, receipt_message, split
from bening.core.response.layout import bind, info, kid_of, owner_message, padded, unpadded
from bening.core.response.records import parse_record
from bening.crypto import blind, invites, merkle, notes, owner, rsa_private, seal

V = json.loads(Path("tests/oracles/ballot_v1.json").read_text())
BALLOT = V["ballot"]
KID, TOKEN = bytes.fromhex(V["entry"]["kid"]), bytes.fromhex(V["token"]["token"])
PARTS = ("closed", "text")
SEALED = {V[part]["padded"]: bytes.fromhex(V[part]["sealed"]) for part in PARTS}
BODY = bytes.fromhex(BALLOT["head"] + BALLOT["owner"])


def test_manifest_and_entry():
    header, lines = V["manifest"]["header"].encode(), V["manifest"]["lines"].encode()
    shown = load(header, lines, merkle.root)
    assert hashlib.sha256(header).hexdigest() == shown.digest == V["manifest"]["hash"]
    place, leaf = V["entry"]["index"], V["entry"]["leaf"].encode()
    assert shown.leaves[place] == leaf
    path, root = [bytes.fromhex(step) for step in V["entry"]["path"]], bytes.fromhex(shown.root)
    assert merkle.Tree(shown.leaves).inclusion(place) == path
    assert merkle.verify_inclusion(leaf, place, len(shown.leaves), path=path, root=root)
    modulus = bytes.fromhex(V["entry"]["modulus"])
    assert kid_of(modulus) == KID
    assert from_b64u(shown.entries[place].n, length=256) == modulus


def test_key_token_and_code():
    key = owner.make(int(V["own_key"]["scalar"], 16) - 1)
    assert owner.public(key).hex() == V["own_key"]["public"]
    assert bytes.fromhex(V["token"]["prefix"] + V["own_key"]["public"]) == TOKEN
    assert invites.receipt_code(bytes.fromhex(V["code"]["bits"])) == V["code"]["code"]


@pytest.mark.parametrize(("part", "size"), [("closed", 512), ("text", 1024)])
def test_canonical_json_and_padding(part, size):
    data = dump(V[part]["value"])
    assert data.decode() == V[part]["json"]
    assert padded(data, size).hex() == V[part]["padded"]


def test_ballot_bytes_hash_and_owner_signature():
    bound = bind(KID, TOKEN, BALLOT["version"])
    assert bound.hex() == BALLOT["bind"]
    assert [info(slot, bound).hex() for slot in ("closed", "text")] == [
        BALLOT["info_closed"],
        BALLOT["info_text"],
    ]
    body, h = assemble(
        kid=KID,
        token=TOKEN,
        signature=bytes.fromhex(V["blind"]["signature"]),
        version=BALLOT["version"],
        closed=V["closed"]["value"],
        texts=V["text"]["value"],
        pad=tuple(BALLOT["pad"]),
        seal=lambda block, _: SEALED[block.hex()],
        sign=lambda message: bytes.fromhex(BALLOT["owner"]),
    )
    assert body == BODY
    assert h.hex() == BALLOT["hash"]
    message = owner_message(BODY[:-64])
    assert hashlib.sha256(message).hexdigest() == BALLOT["owner_message_sha256"]
    assert owner.verify(TOKEN[32:], message, BODY[-64:])


def test_the_blind_signature_of_the_token():
    said = {name: bytes.fromhex(text) for name, text in V["blind"].items() if name != "factor"}
    modulus = bytes.fromhex(V["entry"]["modulus"])
    made = blind.blind(TOKEN, modulus, salt=said["salt"], factor=int(V["blind"]["factor"]))
    assert made == (said["blinded"], said["inverse"])
    assert rsa_private.sign(rsa_private.load(V["entry"]["private"].encode()), made[0]) == said["blind_sig"]
    assert blind.finalize(TOKEN, modulus, said["blind_sig"], inverse=made[1]) == said["signature"]
    assert split(BODY, tuple(BALLOT["pad"])).signature == said["signature"]


def test_the_ballot_opens_to_its_record():
    shown = load(V["manifest"]["header"].encode(), V["manifest"]["lines"].encode(), merkle.root)
    ballot, entry = split(BODY, shown.pad), shown.entries[V["entry"]["index"]]
    assert (ballot.kid, ballot.token, ballot.version) == (KID, TOKEN, BALLOT["version"])
    opener, bound = seal.Opener(bytes.fromhex(V["tally"]["secret"])), bind(KID, TOKEN, ballot.version)
    closed = unpadded(opener.open(ballot.closed, info("closed", bound)))
    text = unpadded(opener.open(ballot.text, info("text", bound)))
    assert [closed.decode(), text.decode()] == [V[part]["json"] for part in PARTS]
    record = parse_record(closed, text, entry=entry, weeks=4, items=5)
    assert (record.code, record.texts[0][0]) == (V["code"]["code"], "story")


def test_receipt_and_checkpoint():
    part, h = V["receipt"], bytes.fromhex(BALLOT["hash"])
    assert receipt_message(h).decode() == part["message"]
    assert notes.public(bytes.fromhex(part["secret"])).hex() == part["public"]
    assert notes.sign(bytes.fromhex(part["secret"]), part["message"].encode()).hex() == part["signature"]
    log = V["checkpoint"]
    text = notes.checkpoint(log["name"], 1, merkle.root([b"\1" + h]))
    assert notes.verified(log["note"], log["name"], bytes.fromhex(log["public"])) == text
    assert notes.signed(text, log["name"], bytes.fromhex(log["secret"])) == log["note"]


def test_codes_and_links():
    assert invites.typed_code(bytes.fromhex(V["typed_code"]["secret"])) == V["typed_code"]["code"]
    assert invites.read_typed_code(V["typed_code"]["code"]).hex() == V["typed_code"]["secret"]
    assert invites.link_text(bytes.fromhex(V["link"]["secret"])) == V["link"]["text"]
    assert [invites.read_check_code(code.lower()) for code in V["check_codes"]] == V["check_codes"]
