"""The phone's cryptography in a real browser: the RFCs' vectors byte for byte, and with the house."""

import json
from pathlib import Path

import pytest

from bening.crypto import blind, rsa_private, seal

pytestmark = pytest.mark.browser

ORACLES = Path(__file__).parents[1] / "oracles"
BLIND = json.loads((ORACLES / "rfc9474.json").read_text())
SEAL = json.loads((ORACLES / "rfc9180.json").read_text())
MODULUS = BLIND["key"]["n"]
ONE_BLINDING = """async ([folder, message, modulus, salt, factor]) => {
  const [{ blind }, { hex, unhex }] = await Promise.all(
    [import(`${folder}blind.js`), import(`${folder}wire.js`)]);
  const given = salt === null ? [] : [unhex(salt), BigInt(factor)];
  const { blinded, inverse } = await blind(unhex(message), unhex(modulus), ...given);
  return [hex(blinded), hex(inverse)];
}"""
FINISHED = """async ([folder, signed, inverse, message, modulus, salt]) => {
  const [{ unblind, verify }, { hex, unhex }] = await Promise.all(
    [import(`${folder}blind.js`), import(`${folder}wire.js`)]);
  const signature = unblind(unhex(signed), unhex(inverse), unhex(modulus));
  const flipped = Uint8Array.from(signature);
  flipped[9] ^= 1;
  const args = [unhex(message), unhex(modulus)];
  return [hex(signature), await verify(...args, signature, salt), await verify(...args, flipped, salt),
    await verify(...args, signature.slice(1), salt)];
}"""
VECTOR_SEALED = """async ([folder, v]) => {
  const [{ seal }, { hex, unhex, b64u }] = await Promise.all(
    [import(`${folder}seal.js`), import(`${folder}wire.js`)]);
  const point = unhex(v.pkEm);
  const [x, y] = [b64u(point.slice(1, 33)), b64u(point.slice(33))];
  const jwk = { kty: "EC", crv: "P-256", d: b64u(unhex(v.skEm)), x, y };
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const pair = {
    privateKey: await crypto.subtle.importKey("jwk", jwk, curve, false, ["deriveBits"]),
    publicKey: await crypto.subtle.importKey("raw", point, curve, true, []),
  };
  const additionalData = unhex(v.aad);
  return hex(await seal(unhex(v.pt), unhex(v.info), unhex(v.pkRm), { pair, additionalData }));
}"""
SEALED = """async ([folder, block, info, key]) => {
  const [{ seal }, { hex, unhex }] = await Promise.all(
    [import(`${folder}seal.js`), import(`${folder}wire.js`)]);
  return hex(await seal(unhex(block), unhex(info), unhex(key)));
}"""


@pytest.fixture
def at(page, survey):
    """A page whose modules can be called."""
    page.goto(survey.static.origin)
    return lambda script, *given: page.evaluate(script, [survey.sources, *given])


@pytest.mark.parametrize("vector", BLIND["vectors"], ids=lambda vector: vector["name"])
def test_the_phone_blinds_and_unblinds_as_rfc_9474(at, vector):
    n = int(MODULUS, 16)
    factor = str(pow(int(vector["inv"], 16), -1, n))
    salt = vector["salt"]
    assert at(ONE_BLINDING, vector["prepared_msg"], MODULUS, salt, factor) == [
        vector["blinded_msg"],
        vector["inv"],
    ]
    said = at(FINISHED, vector["blind_sig"], vector["inv"], vector["prepared_msg"], MODULUS, len(salt) // 2)
    assert said == [vector["sig"], True, False, False]


def test_the_phone_gets_a_signature_from_the_house_and_no_two_blindings_are_alike(at):
    modulus, pem = rsa_private.make()
    key, token = rsa_private.load(pem), bytes(range(97))
    seen = set()
    for _ in range(3):
        blinded, inverse = at(ONE_BLINDING, token.hex(), modulus.hex(), None, None)
        signed = rsa_private.sign(key, bytes.fromhex(blinded))
        signature, valid, *others = at(FINISHED, signed.hex(), inverse, token.hex(), modulus.hex(), 48)
        assert (valid, others) == (True, [False, False])
        assert blind.verify(modulus, token, bytes.fromhex(signature))
        seen.add(blinded)
    assert len(seen) == 3


def test_the_phone_seals_as_rfc_9180(at):
    first = SEAL["encryptions"][0]
    given = {name: SEAL[name] for name in ("pkEm", "skEm", "pkRm", "info")}
    assert at(VECTOR_SEALED, {**given, "pt": first["pt"], "aad": first["aad"]}) == SEAL["enc"] + first["ct"]


def test_what_the_phone_seals_the_trustees_open(at):
    secret = seal.make()
    for size in (512, 4096):
        block, info = bytes(n % 251 for n in range(size)), b"bening/ballot/v1/text\0" + bytes(32)
        part = bytes.fromhex(at(SEALED, block.hex(), info.hex(), seal.public(secret).hex()))
        assert len(part) == 65 + size + 16
        assert seal.Opener(secret).open(part, info) == block
        with pytest.raises(ValueError, match="does not open"):
            seal.Opener(secret).open(part, info + b"\0")
