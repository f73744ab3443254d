"""Sealing against RFC 9180, and the trustees' words."""

import hashlib
import hmac
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from bening.core.problems import Refused
from bening.crypto import seal, shares

VECTOR = json.loads((Path(__file__).parents[1] / "oracles" / "rfc9180.json").read_text())
SECRET = seal.make()
KEY = seal.public(SECRET)
BLOCK, INFO = bytes(range(256)) * 2, b"bening/ballot/v1/closed\0" + bytes(32)


def labelled(suite, salt, label, ikm):
    """LabeledExtract of RFC 9180, section 4."""
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")


def expanded(suite, prk, label, info, size):
    """LabeledExpand for at most 32 bytes."""
    data = size.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info + b"\1"
    return hmac.digest(prk, data, "sha256")[:size]


def schedule(secret, enc, key, info):
    """Shared secret, key and base nonce, written out from the RFC: the library shows none of them."""
    kem, suite = b"KEM" + b"\0\x10", b"HPKE" + b"\0\x10\0\1\0\1"
    own = ec.derive_private_key(int.from_bytes(secret, "big"), seal.CURVE)
    dh = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(seal.CURVE, enc))
    prk = labelled(kem, b"", b"eae_prk", dh)
    shared = expanded(kem, prk, b"shared_secret", enc + key, 32)
    parts = labelled(suite, b"", b"psk_id_hash", b"") + labelled(suite, b"", b"info_hash", info)
    context = b"\0" + parts
    base = labelled(suite, shared, b"secret", b"")
    return (
        shared,
        expanded(suite, base, b"key", context, 16),
        expanded(suite, base, b"base_nonce", context, 12),
    )


def test_the_key_schedule_is_that_of_rfc_9180_a_3_1():
    said = {name: bytes.fromhex(VECTOR[name]) for name in ("skRm", "enc", "pkRm", "info")}
    found = schedule(said["skRm"], said["enc"], said["pkRm"], said["info"])
    assert [part.hex() for part in found] == [VECTOR[name] for name in ("shared_secret", "key", "base_nonce")]
    assert seal.public(said["skRm"]) == said["pkRm"]


def test_our_sealed_blocks_open_by_the_rfc_alone():
    """The key schedule that passed the vector opens what the library sealed."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  this test's oracle

    part = seal.seal(BLOCK, INFO, key=KEY)
    _, key, nonce = schedule(SECRET, part[:65], KEY, INFO)
    assert AESGCM(key).decrypt(nonce, part[65:], b"") == BLOCK
    assert len(part) == 65 + len(BLOCK) + 16
    assert hashlib.sha256(part).digest() != hashlib.sha256(seal.seal(BLOCK, INFO, key=KEY)).digest()


@given(st.integers(0, 65 + len(BLOCK) + 15), st.integers(1, 255))
def test_no_flipped_byte_opens(place, change):
    part = bytearray(_part())
    part[place] ^= change
    with pytest.raises(ValueError, match="does not open"):
        seal.Opener(SECRET).open(bytes(part), INFO)


def test_a_part_opens_under_its_own_info_and_key_only():
    part = _part()
    assert seal.Opener(SECRET).open(part, INFO) == BLOCK
    for opener, info in ((seal.Opener(SECRET), INFO + b"\0"), (seal.Opener(seal.make()), INFO)):
        with pytest.raises(ValueError, match="does not open"):
            opener.open(part, info)
    for short in (b"", part[:64], part[:80], part[:-1]):
        with pytest.raises(ValueError, match="does not open"):
            seal.Opener(SECRET).open(short, INFO)


def _part():
    if not _made:
        _made.append(seal.seal(BLOCK, INFO, key=KEY))
    return _made[0]


_made: list[bytes] = []


@pytest.fixture(scope="module")
def words():
    """Five trustees, three needed."""
    return shares.split(SECRET, threshold=3, count=5)


def refused(given, *, key=KEY):
    with pytest.raises(Refused) as caught:
        shares.recover(given, key=key)
    return caught.value


def test_any_three_of_five_trustees_open_the_box(words):
    assert all(len(share.split()) == 33 for share in words)
    for three in (words[:3], words[2:], [words[4], words[0], words[2]]):
        assert shares.recover(three, key=KEY) == SECRET
    assert shares.recover([words[0].upper(), f" {words[1]}\n", words[3]], key=KEY) == SECRET
    assert shares.recover([*words[:3], words[0]], key=KEY) == SECRET
    assert shares.recover(words, key=KEY) == SECRET


def test_two_trustees_are_not_enough(words):
    for few in ([], words[:1], words[:2], [words[0]] * 3):
        assert "BALLOT-161" in str(refused(few))


def test_a_wrong_word_is_found_and_not_repeated(words):
    tampered = words[1].split()
    tampered[12] = "academic" if tampered[12] != "academic" else "acid"
    said = refused([words[0], " ".join(tampered), words[2]])
    assert "BALLOT-160" in str(said)
    assert "2" in str(said)
    assert not set(tampered) & set(str(said).lower().replace(".", "").split())


def test_words_of_another_ceremony_do_not_pass(words):
    """They combine cleanly, into a secret that is not the tally's."""
    other = shares.split(seal.make(), threshold=3, count=5)
    assert "BALLOT-162" in str(refused(other[:3]))
    assert "BALLOT-161" in str(refused([words[0], words[1], other[2]]))
