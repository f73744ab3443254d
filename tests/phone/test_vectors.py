"""Phone and house agree on every byte of the fixed vectors.

A changed format must change the magic, not these files. Seals and owner signatures in them are one of many
valid ones: the phone's own are opened and checked by the house.
"""

import json
import re
from pathlib import Path

import pytest
import quickjs

from bening import phone
from bening.core.canonical import dump as canonical
from bening.crypto import seal

ORACLES = Path(__file__).parents[1] / "oracles"
PHONE = json.loads((ORACLES / "phone_v1.json").read_text())
HOUSE = json.loads((ORACLES / "ballot_v1.json").read_text())
CODES = [
    (PHONE["typed"]["written"], PHONE["typed"]["secret"]),
    (PHONE["typed"]["spoken"], PHONE["typed"]["secret"]),
    (PHONE["typed"]["written"].replace("-", " "), PHONE["typed"]["secret"]),
    (HOUSE["typed_code"]["code"], HOUSE["typed_code"]["secret"]),
]
PARTS = """async ([folder, given]) => {
  const [{ parts }, { hex, unhex, b64u }] = await Promise.all(
    [import(`${folder}ballot.js`), import(`${folder}wire.js`)]);
  const pad = { closed: given.pad[0], text: given.pad[1] };
  const manifest = { pad, tally_pk: b64u(unhex(given.tally)) };
  const made = await parts({ ...given, token: unhex(given.token), manifest });
  return [hex(made.closed), hex(made.text)];
}"""
BLINDED = """async ([folder, given]) => {
  const [{ blind, unblind }, { hex, unhex }] = await Promise.all(
    [import(`${folder}blind.js`), import(`${folder}wire.js`)]);
  const modulus = unhex(given.modulus);
  const made = await blind(unhex(given.token), modulus, unhex(given.salt), BigInt(given.factor));
  return [hex(made.blinded), hex(made.inverse), hex(unblind(unhex(given.blind_sig), made.inverse, modulus))];
}"""
BALLOT = """async ([folder, given]) => {
  const [{ ballot }, { included }, wire] = await Promise.all(
    ["ballot", "merkle", "wire"].map((name) => import(`${folder}${name}.js`)));
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const pair = await crypto.subtle.generateKey(curve, false, ["sign", "verify"]);
  const bytes = (name) => wire.unhex(given[name]);
  const { bytes: body, hash } = await ballot({ pair, kid: given.kid, token: bytes("token"),
    version: given.version, signature: bytes("signature"), closed: bytes("closed"), text: bytes("text") });
  const owner = await crypto.subtle.importKey("raw", bytes("public"), curve, false, ["verify"]);
  const message = wire.join(wire.utf8("bening/owner/v1\\0"), bytes("head"));
  const valid = await crypto.subtle.verify({ ...curve, hash: "SHA-256" }, owner, bytes("owner"), message);
  const { leaf, index, size, path, root } = given;
  const proven = await included(wire.utf8(leaf), index, size, path, root);
  return [wire.hex(body.slice(0, -64)), hash, valid, proven];
}"""


@pytest.fixture(scope="module")
def codes():
    """`codes.js` without a browser."""
    context = quickjs.Context()
    context.eval(re.sub(r"^export ", "", (phone.FOLDER / "codes.js").read_text(), flags=re.MULTILINE))
    return context


@pytest.mark.browser
def test_the_house_opens_what_the_phone_seals_of_the_vector(page, survey):
    """Canonical JSON, padding, binding and sealing: the opened blocks are the vector's, byte for byte."""
    page.goto(survey.static.origin)
    given = {
        "closed": HOUSE["closed"]["value"], "texts": HOUSE["text"]["value"], "pad": HOUSE["ballot"]["pad"],
        "kid": HOUSE["entry"]["kid"], "token": HOUSE["token"]["token"], "tally": HOUSE["tally"]["public"],
        "version": HOUSE["ballot"]["version"],
    }  # fmt: skip
    sealed = page.evaluate(PARTS, [survey.sources, given])
    opener = seal.Opener(bytes.fromhex(HOUSE["tally"]["secret"]))
    infos = [bytes.fromhex(HOUSE["ballot"][f"info_{slot}"]) for slot in ("closed", "text")]
    blocks = [opener.open(bytes.fromhex(part), info) for part, info in zip(sealed, infos, strict=True)]
    assert [block.hex() for block in blocks] == [HOUSE[slot]["padded"] for slot in ("closed", "text")]
    assert sealed[0] != HOUSE["closed"]["sealed"]  # another phone, another key pair


@pytest.mark.browser
def test_the_phone_blinds_the_token_of_the_vector(page, survey):
    page.goto(survey.static.origin)
    given = HOUSE["blind"] | {"modulus": HOUSE["entry"]["modulus"], "token": HOUSE["token"]["token"]}
    made = page.evaluate(BLINDED, [survey.sources, given])
    assert made == [HOUSE["blind"][name] for name in ("blinded", "inverse", "signature")]


@pytest.mark.browser
def test_the_phone_makes_the_houses_ballot_and_believes_its_proof_and_signature(page, survey):
    page.goto(survey.static.origin)
    closed, text = (HOUSE[part]["sealed"] for part in ("closed", "text"))
    header = json.loads(HOUSE["manifest"]["header"])
    given = {
        "kid": HOUSE["entry"]["kid"], "token": HOUSE["token"]["token"], "version": HOUSE["ballot"]["version"],
        "signature": HOUSE["blind"]["signature"],
        "closed": closed, "text": text, "head": HOUSE["ballot"]["head"], "owner": HOUSE["ballot"]["owner"],
        "public": HOUSE["own_key"]["public"], "leaf": HOUSE["entry"]["leaf"],
        "index": HOUSE["entry"]["index"], "path": HOUSE["entry"]["path"],
        "size": header["entries"], "root": header["root"],
    }  # fmt: skip
    head, h, signature_valid, included = page.evaluate(BALLOT, [survey.sources, given])
    assert head == HOUSE["ballot"]["head"]
    assert h == HOUSE["ballot"]["hash"]
    assert signature_valid
    assert included


@pytest.mark.parametrize("case", PHONE["canonical"], ids=lambda case: case["text"][:20])
def test_python_writes_the_phones_canonical_json(case):
    assert canonical(case["value"]).decode() == case["text"]


@pytest.mark.parametrize(("written", "secret"), CODES)
def test_a_typed_code_gives_its_secret_however_it_is_written(codes, written, secret):
    found = json.loads(codes.eval(f"JSON.stringify(Array.from(typed({json.dumps(written)})))"))
    assert bytes(found).hex() == secret


@pytest.mark.parametrize("wrong", PHONE["typed"]["wrong"])
def test_a_mistyped_code_is_noticed_on_the_phone(codes, wrong):
    assert codes.eval(f"typed({json.dumps(wrong)})") is None


@pytest.mark.parametrize(
    ("bits", "code"),
    [(PHONE["receipt"]["bytes"], PHONE["receipt"]["code"]), (HOUSE["code"]["bits"], HOUSE["code"]["code"])],
)
def test_a_receipt_code_spells_its_80_bits(codes, bits, code):
    assert codes.eval(f"receiptCode({list(bytes.fromhex(bits))})") == code
