"""Phone and house agree on every byte: each side reproduces the other's fixed vectors.

`phone_v1.json` was made by the phone's modules, `ballot_v1.json` by the house. A changed format must change
the magic, not these files. Owner signatures in them are one of many valid ones.
"""

import json
import re
from pathlib import Path

import pytest
import quickjs
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from bening import phone
from bening.core.canonical import dump as canonical
from bening.core.response import layout, plain

ORACLES = Path(__file__).parents[1] / "oracles"
PHONE = json.loads((ORACLES / "phone_v1.json").read_text())
HOUSE = json.loads((ORACLES / "ballot_v1.json").read_text())
OURS = PHONE["ballot"]
CODES = [
    (PHONE["typed"]["written"], PHONE["typed"]["secret"]),
    (PHONE["typed"]["spoken"], PHONE["typed"]["secret"]),
    (PHONE["typed"]["written"].replace("-", " "), PHONE["typed"]["secret"]),
    (HOUSE["typed_code"]["code"], HOUSE["typed_code"]["secret"]),
]
PARTS = """async ([folder, closed, texts, pad]) => {
  const [{ parts }, { hex }] = await Promise.all([import(`${folder}ballot.js`), import(`${folder}wire.js`)]);
  const made = parts(closed, texts, { closed: pad[0], text: pad[1] });
  return [hex(made.closed), hex(made.text)];
}"""
BALLOT = """async ([folder, given]) => {
  const [{ ballot }, { included }, wire] = await Promise.all(
    ["ballot", "merkle", "wire"].map((name) => import(`${folder}${name}.js`)));
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const pair = await crypto.subtle.generateKey(curve, false, ["sign", "verify"]);
  const bytes = (name) => wire.unhex(given[name]);
  const { bytes: body, hash } = await ballot({ pair, kid: given.kid, token: bytes("token"),
    version: given.version, signature: new Uint8Array(256), closed: bytes("closed"), text: bytes("text") });
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


def test_the_house_lays_out_the_phones_ballot_byte_for_byte():
    pad = (OURS["pad"]["closed"], OURS["pad"]["text"])
    body = bytes.fromhex(OURS["ballot"])
    made, h = layout.assemble(
        kid=bytes.fromhex(OURS["kid"]), token=bytes.fromhex(OURS["token"]), signature=bytes(256),
        version=OURS["version"], closed=OURS["closed"], texts=sorted(OURS["texts"]), pad=pad,
        seal=plain.seal, sign=lambda message: body[-64:],
    )  # fmt: skip
    assert made == body
    assert h.hex() == OURS["h"]


def test_the_phones_owner_signed_everything_before_the_signature():
    body = bytes.fromhex(OURS["ballot"])
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes.fromhex(OURS["token"])[32:])
    r, s = int.from_bytes(body[-64:-32], "big"), int.from_bytes(body[-32:], "big")
    key.verify(encode_dss_signature(r, s), layout.owner_message(body[:-64]), ec.ECDSA(SHA256()))


@pytest.mark.browser
def test_the_phone_makes_the_parts_of_both_files(page, survey):
    page.goto(survey.static.origin)
    pad = [OURS["pad"]["closed"], OURS["pad"]["text"]]
    made = page.evaluate(PARTS, [survey.folder, OURS["closed"], OURS["texts"], pad])
    assert made == [OURS["closed_part"], OURS["text_part"]]
    given = [HOUSE["closed"]["value"], HOUSE["text"]["value"], HOUSE["ballot"]["pad"]]
    padded = [HOUSE["closed"]["padded"], HOUSE["text"]["padded"]]
    made = page.evaluate(PARTS, [survey.folder, *given])
    assert [part[130:-32] for part in made] == padded
    assert all(set(part[:130] + part[-32:]) == {"0"} for part in made)


@pytest.mark.browser
def test_the_phone_makes_the_houses_ballot_and_believes_its_proof_and_signature(page, survey):
    page.goto(survey.static.origin)
    closed, text = ("00" * 65 + HOUSE[part]["padded"] + "00" * 16 for part in ("closed", "text"))
    header = json.loads(HOUSE["manifest"]["header"])
    given = {
        "kid": HOUSE["entry"]["kid"], "token": HOUSE["token"]["token"], "version": HOUSE["ballot"]["version"],
        "closed": closed, "text": text, "head": HOUSE["ballot"]["head"], "owner": HOUSE["ballot"]["owner"],
        "public": HOUSE["own_key"]["public"], "leaf": HOUSE["entry"]["leaf"],
        "index": HOUSE["entry"]["index"], "path": HOUSE["entry"]["path"],
        "size": header["entries"], "root": header["root"],
    }  # fmt: skip
    head, h, signature_valid, included = page.evaluate(BALLOT, [survey.folder, given])
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
