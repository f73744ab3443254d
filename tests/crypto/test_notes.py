"""Receipts and signed notes."""

import base64
import hashlib

import pytest

from bening.crypto import notes

SECRET = bytes(range(32))
PUBLIC = notes.public(SECRET)


def test_a_signature_is_the_same_each_time_and_verifies():
    mark = notes.sign(SECRET, b"x")
    assert mark == notes.sign(SECRET, b"x")
    assert notes.verify(PUBLIC, b"x", mark)
    assert not notes.verify(PUBLIC, b"y", mark)
    assert not notes.verify(PUBLIC, b"x", mark[:-1])
    assert not notes.verify(b"short", b"x", mark)


def test_rfc_8032_first_vector():
    secret = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    assert notes.public(secret).hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert notes.sign(secret, b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974")


def test_a_checkpoint_is_a_signed_note():
    text = notes.checkpoint("box.example/log", 3, b"\1" * 32)
    assert text == "box.example/log\n3\n" + base64.b64encode(b"\1" * 32).decode() + "\n"
    note = notes.signed(text, "box.example/log", SECRET)
    gap, mark = note.split("\n")[3:5]
    assert (gap, mark.split(" ")[:2]) == ("", ["—", "box.example/log"])
    data = base64.b64decode(mark.split(" ")[2])
    assert data[:4] == hashlib.sha256(b"box.example/log\n\1" + PUBLIC).digest()[:4]
    assert notes.verify(PUBLIC, text.encode(), data[4:])
    assert notes.verified(note, "box.example/log", PUBLIC) == text


def test_a_verifier_key_names_log_kind_and_key():
    name, key, data = notes.vkey("box.example", PUBLIC).split("+", 2)
    assert (name, key, base64.b64decode(data)) == (
        "box.example",
        notes.key_id(name, PUBLIC).hex(),
        b"\1" + PUBLIC,
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda note: note.replace("\n3\n", "\n4\n"),
        lambda note: note.replace("— box", "- box"),
        lambda note: note.replace("— box", "— fox"),
        lambda note: note.replace("\n\n", "\n"),
        lambda note: note[:-8] + "\n",
        lambda note: note[:-8] + "!!!!!!!\n",
        lambda note: "",
    ],
)
def test_a_changed_note_is_refused(spoil):
    note = notes.signed(notes.checkpoint("box", 3, b"\1" * 32), "box", SECRET)
    assert notes.verified(note, "box", PUBLIC)
    assert notes.verified(spoil(note), "box", PUBLIC) is None


def test_another_witness_may_sign_beside_the_log():
    text = notes.checkpoint("box", 3, b"\1" * 32)
    note = notes.signed(text, "box", SECRET)
    cosigned = note + notes.signed(text, "witness", b"w" * 32).split("\n\n")[1]
    assert notes.verified(cosigned, "box", PUBLIC) == text
    assert notes.verified(cosigned, "witness", notes.public(b"w" * 32)) == text


def test_a_witness_signs_below_a_note_with_its_time():
    """C2SP tlog-cosignature: key kind 4, and a time inside what is signed."""
    note = notes.signed(notes.checkpoint("box", 3, b"\1" * 32), "box", SECRET)
    witness = notes.make()
    key = notes.public(witness)
    both = notes.cosigned(note, "w.example", witness, time=1_800_000_000)
    assert notes.verified(both, "box", PUBLIC)
    assert notes.witnessed_at(both, "w.example", key) == 1_800_000_000
    data = base64.b64decode(both.splitlines()[-1].split(" ")[2])
    assert len(data) == 4 + 8 + 64
    assert data[:4] == hashlib.sha256(b"w.example\n\4" + key).digest()[:4]
    message = b"cosignature/v1\ntime 1800000000\n" + note.split("\n\n")[0].encode() + b"\n"
    assert notes.verify(key, message, data[12:])
    for other in (
        note,
        both.replace("\n3\n", "\n4\n"),
        both.replace("— w.", "— v."),
        both[:-9] + "AAAAAAA=\n",
    ):
        assert notes.witnessed_at(other, "w.example", key) is None


def test_the_example_of_the_cosignature_specification_has_our_layout():
    """A witness's line there: key id, then a time of 2023 in eight bytes, then 64 bytes of signature."""
    line = "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZ"
    data = base64.b64decode(f"{line}qhf5nNo0xUe+mbIUBkBIfZ+qnA==")
    assert (len(data), int.from_bytes(data[4:12], "big")) == (76, 1679315147)
