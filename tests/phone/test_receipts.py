"""The box's receipt is a signature, and the phone looks at it before it forgets what it sealed."""

import json

import pytest

from bening.core import canonical
from bening.core.response import receipt_message
from bening.crypto import merkle, notes

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WITHOUT = """() => {
  const whole = SubtleCrypto.prototype.importKey;
  SubtleCrypto.prototype.importKey = function (format, key, kind, ...rest) {
    if (kind === "Ed25519") return Promise.reject(new DOMException("unrecognised name", "NotSupportedError"));
    return whole.call(this, format, key, kind, ...rest);
  };
}"""
OPENED = """async ([folder, cases]) => {
  const { openedNote } = await import(`${folder}notes.js`);
  return Promise.all(cases.map(async ([note, vkey]) => (await openedNote(note, vkey)) ?? null));
}"""


def receipt_of_another_key(h):
    return notes.sign(bytes(32), receipt_message(h))


def receipt_of_another_ballot(h):
    return notes.sign(bytes(range(32)), receipt_message(bytes(32)))


def no_signature_at_all(h):
    return b"x"


@pytest.mark.parametrize("forged", [receipt_of_another_key, receipt_of_another_ballot, no_signature_at_all])
def test_a_wrong_receipt_stops_keeps_what_is_sealed_and_can_be_tried_again(page, survey, walk, forged):
    honest = survey.ballot

    def ballot(body):
        status, reply = honest(body)
        return status, reply | {"receipt": canonical.b64u(forged(bytes.fromhex(reply["h"])))}

    page.goto(survey.link)
    walk.begin()
    walk.to_review()
    survey.ballot = ballot
    page.get_by_role("button", name="Kirim jawaban").click()
    page.get_by_role("alert").filter(has_text="tanda terima yang tidak sah").wait_for()
    assert page.get_by_role("link", name="Laporkan").count() == 1
    (right,) = walk.kept()["rights"]
    assert (right["stage"], len(right["closed"]) > 500, walk.stored("drafts")) == ("issued", True, 1)
    survey.ballot = honest
    page.get_by_role("button", name="Coba lagi").click()
    walk.arrived()
    (right,) = walk.kept()["rights"]
    assert (right["stage"], right["proven"], len(survey.ballots)) == ("posted", True, 1)


def test_a_browser_without_ed25519_keeps_the_receipt_and_marks_it_unproven(page, survey, walk):
    page.add_init_script(f"({WITHOUT})()")
    page.goto(survey.link)
    walk.begin()
    walk.to_review()
    walk.send()
    (right,) = walk.kept()["rights"]
    assert (right["stage"], right["proven"]) == ("posted", False)
    key = canonical.from_b64u(survey.manifest.log["receipt"], length=32)
    message = receipt_message(bytes.fromhex(right["h"]))
    assert notes.verify(key, message, canonical.from_b64u(right["receipt"], length=64))


def test_phone_and_house_open_the_same_notes(page, survey):
    """The fixed checkpoint, one with a witness's line, and everything that is not quite one."""
    page.goto(survey.static.origin)
    secret, root = bytes(range(1, 33)), merkle.root([b"a"])
    vkey = notes.vkey("box.example/uji", notes.public(secret))
    text = notes.checkpoint("box.example/uji", 7, root)
    note = notes.signed(text, "box.example/uji", secret)
    other = notes.signed(text, "witness", bytes(32)).split("\n\n")[1]
    good = {"size": 7, "root": root.hex()}
    cases = {
        (note, vkey): good,
        (note + other, vkey): good,
        (note.replace("\n\n", f"\n\n{other}"), vkey): good,
        (note.replace("7", "8", 1), vkey): None,
        (note.replace("\n7\n", "\n07\n"), vkey): None,
        (note.replace("box.example/uji\n7", "box.example/lain\n7"), vkey): None,
        (notes.signed(text, "box.example/uji", bytes(32)), vkey): None,
        (notes.signed(notes.checkpoint("x", 7, root), "box.example/uji", secret), vkey): None,
        (notes.signed(f"{text}more\n", "box.example/uji", secret), vkey): None,
        (note, notes.vkey("box.example/uji", notes.public(bytes(32)))): None,
        (note, vkey.replace("uji", "lain")): None,
        (note, ""): None,
        ("", vkey): None,
        (text, vkey): None,
        (json.dumps(note), vkey): None,
    }
    assert page.evaluate(OPENED, [survey.sources, [list(case) for case in cases]]) == list(cases.values())
