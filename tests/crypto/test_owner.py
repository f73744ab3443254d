"""The phone's key signs as WebCrypto does."""

import pytest

from bening.crypto import owner

KEY = owner.make(7)
POINT, MESSAGE = owner.public(KEY), b"pesan"
SIGNATURE = owner.sign(KEY, MESSAGE)


def test_a_signature_is_64_bytes_and_verifies():
    assert (len(POINT), POINT[0], len(SIGNATURE)) == (65, 4, 64)
    assert owner.verify(POINT, MESSAGE, SIGNATURE)


def test_a_simulated_phone_has_the_same_key_each_time_and_a_real_one_never():
    assert owner.public(owner.make(7)) == POINT != owner.public(owner.make(8))
    assert owner.public(owner.make()) != owner.public(owner.make())


def test_anyone_can_rewrite_a_signature_so_it_must_not_name_a_ballot():
    r, s = SIGNATURE[:32], int.from_bytes(SIGNATURE[32:], "big")
    assert owner.verify(POINT, MESSAGE, r + (owner.ORDER - s).to_bytes(32, "big"))


@pytest.mark.parametrize("place", range(0, 64, 9))
def test_every_flipped_byte_of_a_signature_is_noticed(place):
    assert not owner.verify(
        POINT, MESSAGE, SIGNATURE[:place] + bytes([SIGNATURE[place] ^ 1]) + SIGNATURE[place + 1 :]
    )


@pytest.mark.parametrize(
    ("point", "signature"),
    [
        (POINT[:-1], SIGNATURE),
        (b"\2" + POINT[1:33], SIGNATURE),
        (b"\4" + bytes(64), SIGNATURE),
        (bytes(65), SIGNATURE),
        (POINT[:-1] + bytes([POINT[-1] ^ 1]), SIGNATURE),
        (POINT, bytes(64)),
        (POINT, b"\xff" * 64),
        (POINT, SIGNATURE + b"\0"),
        (POINT, b""),
    ],
    ids=range(9),
)
def test_foreign_bytes_are_refused_without_an_exception(point, signature):
    assert not owner.verify(point, MESSAGE, signature)


def test_another_message_or_key_is_refused():
    assert not owner.verify(POINT, b"pesan lain", SIGNATURE)
    assert not owner.verify(owner.public(owner.make(8)), MESSAGE, SIGNATURE)


def test_the_order_of_the_group_is_the_librarys():
    """A private key of n − 1 is the greatest that exists; its public point mirrors that of 1."""
    assert owner.public(owner.make(owner.ORDER - 2))[:33] == owner.public(owner.make(0))[:33]
