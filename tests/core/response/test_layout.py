"""The bytes of a ballot."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.problems import Refused
from bening.core.response.layout import (
    CLOSED_CLASSES,
    assemble,
    ballot_hash,
    bind,
    info,
    kid_of,
    padded,
    receipt_message,
    size_class,
    size_of,
    split,
    unpadded,
    unsigned,
)
from tests.core.response import stand_ins

PAD = (512, 1024)


def ballot(**changes):
    """A ballot of letters: each field filled with its own byte."""
    parts = {
        "kid": b"k" * 32,
        "token": b"t" * 97,
        "signature": bytes(256),
        "version": 7,
        "closed": {"a": {"q": "1"}, "c": "0" * 16, "p": {}},
        "texts": [["q2", "halo"]],
        "pad": PAD,
        "seal": stand_ins.seal,
        "sign": lambda message: hashlib.sha512(message).digest(),
    }
    return assemble(**parts | changes)


@pytest.mark.parametrize(("pad", "size"), [((512, 1024), 2155), ((1024, 2048), 3691), ((2048, 4096), 6763)])
def test_a_ballot_has_the_size_of_its_round(pad, size):
    assert size_of(pad) == size == len(ballot(pad=pad)[0])


def test_every_field_stands_at_its_offset():
    body, h = ballot()
    assert body[:4] == b"BNB1"
    assert body[4:36] == b"k" * 32
    assert body[36:133] == b"t" * 97
    assert body[133:389] == bytes(256)
    assert body[389:393] == b"\0\0\0\7"
    assert body[393 + 65 : 393 + 65 + 2] == b"\0\x2d"
    assert body[474 + 512 + 65 : 474 + 512 + 67] == b"\0\x0f"
    assert body[555 + 512 + 1024 :] == hashlib.sha512(b"bening/owner/v1\0" + body[:-64]).digest()
    assert h == hashlib.sha256(body[:-64]).digest() == ballot_hash(body[:-64])


def test_split_gives_back_what_was_put_in():
    body, _ = ballot()
    fields = split(body, PAD)
    assert (fields.kid, fields.token, fields.version) == (b"k" * 32, b"t" * 97, 7)
    assert unpadded(stand_ins.unseal(fields.text, b"")) == b'[["q2","halo"]]'
    assert b"".join((fields.signature, b"\0\0\0\7", fields.closed, fields.text, fields.owner)) == body[133:]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body[:-1],
        lambda body: body + b"\0",
        lambda body: b"BNB2" + body[4:],
        lambda body: body[:389] + bytes(4) + body[393:],
    ],
)
def test_a_ballot_of_another_shape_is_refused(spoil):
    with pytest.raises(Refused, match="BALLOT-105"):
        split(spoil(ballot()[0]), PAD)


@pytest.mark.parametrize(
    "wrong", [{"kid": b""}, {"token": b"t" * 96}, {"signature": b""}, {"version": 0}, {"version": 2**32}]
)
def test_a_field_of_a_wrong_size_is_not_assembled(wrong):
    parts = {
        "kid": b"k" * 32,
        "token": b"t" * 97,
        "signature": bytes(256),
        "version": 1,
        "closed": b"",
        "text": b"",
    }
    with pytest.raises(Refused, match="BALLOT-105"):
        unsigned(**parts | wrong)


@given(st.binary(max_size=62))
def test_padding_hides_the_length_and_gives_the_data_back(data):
    assert len(padded(data, 64)) == 64
    assert unpadded(padded(data, 64)) == data


def test_what_does_not_fit_is_refused_and_never_cut():
    with pytest.raises(Refused, match="BALLOT-103"):
        padded(b"x" * 63, 64)


@pytest.mark.parametrize("block", [b"\0\1xy", b"\0\5x", b"", b"\0", b"\0\0" + b"\0" * 9 + b"\1"])
def test_padding_that_carries_anything_is_refused(block):
    with pytest.raises(Refused, match="BALLOT-104"):
        unpadded(block)


def test_the_smallest_class_that_holds_the_largest_answer():
    assert [size_class(length, CLOSED_CLASSES) for length in (1, 512, 513, 4096)] == [512, 512, 1024, 4096]
    with pytest.raises(Refused, match="BALLOT-103"):
        size_class(4097, CLOSED_CLASSES)


def test_a_part_is_bound_to_key_token_version_and_slot():
    base = bind(b"k" * 32, b"t" * 97, 1)
    assert base == hashlib.sha256(b"k" * 32 + b"t" * 97 + b"\0\0\0\1").digest()
    assert (
        len(
            {
                base,
                bind(b"j" * 32, b"t" * 97, 1),
                bind(b"k" * 32, b"u" * 97, 1),
                bind(b"k" * 32, b"t" * 97, 2),
            }
        )
        == 4
    )
    assert info("closed", base) == b"bening/ballot/v1/closed\0" + base != info("text", base)


def test_a_key_id_is_the_hash_of_the_modulus():
    one, other = stand_ins.modulus("a/b"), stand_ins.modulus("a/c")
    assert kid_of(one) == hashlib.sha256(b"bening/key/v1\0" + one).digest() != kid_of(other)


def test_a_receipt_is_a_promise_about_the_hash():
    assert receipt_message(b"\xab" * 32) == b"bening/receipt/v1\n" + b"ab" * 32 + b"\n"
