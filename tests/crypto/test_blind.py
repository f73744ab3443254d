"""Blind signatures against the RFC's vectors, and what must be refused."""

import json
from pathlib import Path

import gmpy2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.crypto import blind, rsa_private

ORACLE = json.loads((Path(__file__).parents[1] / "oracles" / "rfc9474.json").read_text())
TOKEN = bytes(range(97))


@pytest.fixture(scope="module")
def pair():
    """A stratum key: modulus and private half."""
    modulus, pem = rsa_private.make()
    return modulus, rsa_private.load(pem)


def numbers(key):
    """The RFC's key in the signer's form."""
    n, d, p, q = (int(key[name], 16) for name in "ndpq")
    parts = (n, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))
    return rsa_private.PrivateKey(*map(gmpy2.mpz, parts))


@pytest.mark.parametrize("vector", ORACLE["vectors"], ids=lambda vector: vector["name"])
def test_every_byte_of_rfc_9474_appendix_a(vector):
    """Prepared message, encoding, blinding, blind signature, signature: the four variants of the RFC."""
    modulus = bytes.fromhex(ORACLE["key"]["n"])
    n = int.from_bytes(modulus, "big")
    said = {name: bytes.fromhex(text) for name, text in vector.items() if name != "name"}
    assert said.get("msg_prefix", b"") + said["msg"] == said["prepared_msg"]
    message, salt = said["prepared_msg"], said["salt"]
    assert blind.encode(message, n.bit_length() - 1, salt) == said["encoded_msg"]
    factor = pow(int.from_bytes(said["inv"], "big"), -1, n)
    blinded, inverse = blind.blind(message, modulus, salt=salt, factor=factor)
    assert (blinded, inverse) == (said["blinded_msg"], said["inv"])
    signed = rsa_private.sign(numbers(ORACLE["key"]), blinded)
    assert signed == said["blind_sig"]
    assert blind.finalize(message, modulus, signed, inverse=inverse, salt=len(salt)) == said["sig"]


def test_what_the_signer_computes_is_plain_rsa(pair):
    """The oracle is Python's own power, which is right and not constant in time."""
    modulus, key = pair
    d = pow(blind.EXPONENT, -1, int((key.p - 1) * (key.q - 1)))
    blinded, _ = blind.blind(TOKEN, modulus, salt=bytes(48), factor=7)
    expected = pow(int.from_bytes(blinded, "big"), d, int(key.n))
    assert rsa_private.sign(key, blinded) == expected.to_bytes(256, "big")


def test_the_same_value_gives_the_same_signature_and_each_blinding_another_value(pair):
    """The first makes a retry after a crash safe; the second is what hides the token from the gate."""
    modulus, key = pair
    seen = set()
    for _ in range(5):
        salt, factor = blind.draw(modulus)
        blinded, inverse = blind.blind(TOKEN, modulus, salt=salt, factor=factor)
        signed = rsa_private.sign(key, blinded)
        assert rsa_private.sign(key, blinded) == signed
        assert blind.verify(modulus, TOKEN, blind.finalize(TOKEN, modulus, signed, inverse=inverse))
        seen.add(blinded)
    assert len(seen) == 5


def test_the_signer_refuses_what_is_no_number_below_its_modulus(pair):
    modulus, key = pair
    for bad in (b"", bytes(255), bytes(257), modulus, b"\xff" * 256):
        with pytest.raises(rsa_private.BadInput):
            rsa_private.sign(key, bad)


def test_a_faulty_signature_never_leaves_the_signer(pair):
    """One wrong half would give away the factors of the key."""
    _, key = pair
    with pytest.raises(ArithmeticError):
        rsa_private.sign(key._replace(dp=key.dp + 2), bytes(255) + b"\2")


def test_a_signer_that_answers_wrongly_is_caught_by_the_phone(pair):
    modulus, key = pair
    salt, factor = blind.draw(modulus)
    blinded, inverse = blind.blind(TOKEN, modulus, salt=salt, factor=factor)
    signed = bytearray(rsa_private.sign(key, blinded))
    for wrong in (bytes(signed[:-1]), bytes([*signed[:-1], signed[-1] ^ 1]), bytes(256)):
        with pytest.raises(ValueError, match=r"length|no signature"):
            blind.finalize(TOKEN, modulus, wrong, inverse=inverse)


@given(st.integers(0, 255), st.integers(1, 255))
def test_no_flipped_byte_of_a_signature_passes(place, change):
    modulus, signature = signed_token()
    flipped = bytearray(signature)
    flipped[place] ^= change
    assert not blind.verify(modulus, TOKEN, bytes(flipped))


def test_a_signature_is_of_one_token_and_one_key(pair):
    modulus, signature = signed_token()
    assert blind.verify(modulus, TOKEN, signature)
    assert not blind.verify(modulus, TOKEN[:-1] + b"\0", signature)
    assert not blind.verify(pair[0], TOKEN, signature)
    assert not blind.verify(modulus, TOKEN, signature[:-1])
    assert not blind.verify(bytes(256), TOKEN, signature)


def signed_token():
    """One signed token for all properties: a key costs as much as a hundred signatures."""
    if not _made:
        modulus, pem = rsa_private.make()
        salt, factor = blind.draw(modulus)
        blinded, inverse = blind.blind(TOKEN, modulus, salt=salt, factor=factor)
        signed = rsa_private.sign(rsa_private.load(pem), blinded)
        _made.append((modulus, blind.finalize(TOKEN, modulus, signed, inverse=inverse)))
    return _made[0]


_made: list[tuple[bytes, bytes]] = []


def test_keys_are_read_by_name_from_their_folder(tmp_path, pair):
    modulus, pem = rsa_private.make()
    (tmp_path / f"{bytes(32).hex()}.pem").write_bytes(pem)
    keys = rsa_private.RawRsa(tmp_path)
    signed = keys.sign(bytes(32), bytes(255) + b"\2")
    assert pow(int.from_bytes(signed, "big"), blind.EXPONENT, int.from_bytes(modulus, "big")) == 2
    with pytest.raises(FileNotFoundError):
        keys.sign(b"\1" * 32, bytes(256))
