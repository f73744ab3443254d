"""The public log: what was receipted is logged, what is logged stays, nothing tells the order of arrival."""

import hashlib
import json
import os
import subprocess
import sys

import pytest

from bening.core.problems import Refused
from bening.crypto import merkle
from bening.outside import log
from tests.security.world import STRATA


def command(round_, *words):
    """A program of the house on the counters' databases."""
    environment = {**round_.environment(), "DATABASE_URL": round_.urls["gate"]}
    subprocess.run([sys.executable, "-m", "bening.cli", *words], env=environment, check=True)


def posted(round_, kid, count):
    """So many fresh ballots; their hashes in the order of arrival."""
    found = []
    for _ in range(count):
        phone = round_.phone(kid).admitted(STRATA[0])
        status, reply = phone.post(round_.box, phone.ballot({"gift": "no"}))
        assert status == 201
        found.append(reply["h"])
    return found


def read(round_):
    """The published leaves, and the checkpoint under the key of the manifest."""
    folder = round_.folder / "log"
    data = (folder / "leaves").read_bytes()
    vkey = json.loads((round_.folder / "client/m/manifest.json").read_bytes())["log"]["vkey"]
    leaves = [data[at : at + 33] for at in range(0, len(data), 33)]
    return leaves, log.opened((folder / "checkpoint").read_text(), vkey), vkey


def test_a_day_is_logged_in_sorted_order_under_a_signed_root(round_, kid):
    hashes = posted(round_, kid, 12)
    status, reply = round_.box.ask("/b/proof", h=hashes[0], size=None)
    assert (status, reply["error"]) == (404, "not_logged_yet")
    command(round_, "nightly", "--counter", "box")
    leaves, signed, _ = read(round_)
    assert (signed.size, signed.root) == (len(leaves), merkle.root(leaves))
    assert {leaf[:1] for leaf in leaves[:1]} == {b"\2"}  # the manifest stands first
    mine = [leaf[1:].hex() for leaf in leaves if leaf[1:].hex() in hashes]
    assert mine == sorted(hashes) != hashes
    before = (round_.folder / "log" / "checkpoint").read_bytes()
    command(round_, "nightly", "--counter", "box")
    assert (round_.folder / "log" / "checkpoint").read_bytes() == before


def test_a_phone_finds_its_ballot_in_the_log_also_at_a_witnesss_size(round_, kid):
    first = posted(round_, kid, 3)
    command(round_, "nightly", "--counter", "box")
    size = read(round_)[1].size
    root = read(round_)[1].root
    second = posted(round_, kid, 3)
    command(round_, "nightly", "--counter", "box")
    _, signed, vkey = read(round_)
    for h, asked, top in (
        (first[0], size, root),
        (first[1], None, signed.root),
        (second[2], None, signed.root),
    ):
        status, reply = round_.box.ask("/b/proof", h=h, size=asked)
        assert status == 200
        path = [bytes.fromhex(step) for step in reply["path"]]
        leaf = b"\1" + bytes.fromhex(h)
        assert merkle.verify_inclusion(leaf, reply["index"], reply["size"], path=path, root=top)
        assert log.opened(reply["checkpoint"], vkey) == signed
    assert round_.box.ask("/b/proof", h=second[0], size=size)[0] == 404  # not yet at that size
    assert round_.box.ask("/b/proof", h=first[0], size=signed.size + 1)[0] == 404
    for bad in ({"h": "x", "size": None}, {"h": first[0], "size": True}, {"h": first[0], "size": 0}):
        assert round_.box.ask("/b/proof", **bad)[0] == 400


def test_a_log_that_was_changed_is_refused(round_, kid, tmp_path):
    """A leaf dropped, swapped or added, a root of another log, a signature of another key."""
    posted(round_, kid, 4)
    command(round_, "nightly", "--counter", "box")
    command(round_, "box", "export", str(tmp_path), "--settings", "box")
    data = (tmp_path / "leaves.bin").read_bytes()
    leaves = [data[at : at + 33] for at in range(0, len(data), 33)]
    text = (tmp_path / "checkpoints.txt").read_text()
    vkey = read(round_)[2]
    assert log.checked(leaves, text, vkey).size == len(leaves)
    swapped = [leaves[0], leaves[2], leaves[1], *leaves[3:]]
    for wrong in (leaves[:-1], [*leaves, leaves[0]], swapped, leaves[1:]):
        with pytest.raises(Refused, match="BALLOT-133"):
            log.checked(wrong, text, vkey)
    with pytest.raises(Refused, match="BALLOT-133"):
        log.checked(leaves, "", vkey)
    other = text.replace(text.splitlines()[2], "A" * 43 + "=")
    for forged, key in ((other, vkey), (text, vkey.replace("b+", "c+", 1)), (text, "b+00000000+AAAA")):
        with pytest.raises(Refused, match="BALLOT-132"):
            log.checked(leaves, forged, key)


def test_after_the_night_no_table_tells_who_came_first(round_, kid):
    """Every row of a counter was written by one transaction, in the order of its key."""
    phones = [round_.phone(kid) for _ in range(30)]
    for phone in phones:
        phone.hello(round_.gate)
        assert phone.issue(round_.gate)[0] == 200
        assert phone.post(round_.box, phone.ballot({"gift": "no"}))[0] == 201
    command(round_, "nightly", "--counter", "gate")
    command(round_, "nightly", "--counter", "box")
    keys = {
        "gate": {"gate_right": "id", "gate_invite": "hmac"},
        "box": {"box_ballot": "h", "box_spent": "id", "box_leaf": "place"},
    }
    for door, tables in keys.items():
        for table, key in tables.items():
            # An unused right is a shorter row: it may fill a gap that a longer one left, whoever came first.
            used = "WHERE issued IS NOT NULL" if table == "gate_right" else ""
            rows = round_.rows(door, f"SELECT xmin::text, {key} FROM {table} {used} ORDER BY ctid")  # noqa: S608
            assert len(rows) >= 30
            assert len({xmin for xmin, _ in rows}) == 1, table
            assert [value for _, value in rows] == sorted(value for _, value in rows), table
    phone = phones[0]
    assert phone.post(round_.box, phone.ballot({"gift": "no"}, version=phone.version + 3))[0] == 201
    assert phone.issue(round_.gate)[0] == 200  # indexes and constraints came along


def test_a_night_that_is_killed_leaves_everything_as_it_was(round_, kid):
    """Ten kills at different moments: no ballot is missing and the next night is whole."""
    hashes = posted(round_, kid, 40)
    environment = {**round_.environment(), "DATABASE_URL": round_.urls["gate"]}
    for turn in range(10):
        words = [sys.executable, "-m", "bening.cli", "nightly", "--counter", "box"]
        night = subprocess.Popen(words, env=environment, start_new_session=True)
        try:
            night.wait(0.35 + 0.05 * turn)
        except subprocess.TimeoutExpired:
            os.killpg(night.pid, 9)
            night.wait()
    command(round_, "nightly", "--counter", "box")
    leaves, signed, _ = read(round_)
    assert signed.root == merkle.root(leaves)
    assert len(set(leaves)) == len(leaves)
    assert {b"\1" + bytes.fromhex(h) for h in hashes} <= set(leaves)
    assert hashlib.sha256(b"").digest() not in leaves
