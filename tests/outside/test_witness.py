"""A witness keeps what the log signed, notices a rewritten one, and keeps both notes as evidence."""

import hashlib
import subprocess
import sys

import pytest

from bening.core.canonical import parse
from bening.core.response import LogLeaf, landmarks
from bening.crypto import merkle, notes
from bening.outside import log_program
from tests.outside.served import host
from tests.security.world import frozen

SECRET = bytes(range(32))
HEADER, _ = frozen(log_key=notes.public(SECRET))
VKEY = parse(HEADER)["log"]["vkey"]


def leaf(number):
    """A ballot's line."""
    return LogLeaf.BALLOT + hashlib.sha256(b"%d" % number).digest()


FIRST = LogLeaf.MANIFEST + hashlib.sha256(HEADER).digest()
LEAVES = [FIRST, *map(leaf, range(40))]


def publish(folder, leaves, secret=SECRET, origin="b"):
    """A log as the box publishes it."""
    folder.mkdir(parents=True, exist_ok=True)
    tree = merkle.Tree(leaves)
    note = notes.signed(notes.checkpoint(origin, len(tree), tree.root()), origin, secret)
    (folder / "leaves").write_bytes(b"".join(leaves))
    (folder / "landmarks").write_bytes(landmarks(leaves, tree.inclusion, note=note))
    (folder / "checkpoint").write_text(note)
    return note


@pytest.fixture
def places(tmp_path):
    """The log's folder, the witness's folder, and the command that looks once."""
    (tmp_path / "manifest.json").write_bytes(HEADER)
    words = ["--manifest", str(tmp_path / "manifest.json"), "--out", str(tmp_path / "w")]

    def look(source=tmp_path / "log", *more):
        return log_program.main(["witness", str(source), *words, *more])

    return tmp_path / "log", tmp_path / "w", look


def everything(folder):
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_log_that_grows_is_accepted_and_a_second_look_changes_nothing(places, capsys):
    log, kept, look = places
    for size in (7, 8, 31, 41):
        note = publish(log, LEAVES[:size])
        assert look() == 0
        assert (kept / "checkpoint").read_text() == note
        assert (kept / "leaves").read_bytes() == b"".join(LEAVES[:size])
        before = everything(kept)
        assert look() == 0
        assert everything(kept) == before
    assert (kept / "checkpoints").read_text().count("\n\n—") == 4
    said = capsys.readouterr().out
    assert "accepted: 8 lines (1 new)" in said
    assert "nothing new: 41 lines" in said


@pytest.mark.parametrize(
    "rewritten",
    [
        [*LEAVES[:5], leaf(99), *LEAVES[6:]],
        [*LEAVES[:5], *LEAVES[6:], leaf(98), leaf(99)],
        [*LEAVES[1:], leaf(97), leaf(98)],
        LEAVES[:3] + LEAVES[4:20],
    ],
    ids=["a line changed", "a line dropped, others added", "another beginning", "shorter, a line dropped"],
)
def test_a_witness_refuses_a_rewritten_log_and_keeps_both_notes(places, capsys, rewritten):
    log, kept, look = places
    old = publish(log, LEAVES[:21])
    assert look() == 0
    before = everything(kept)
    new = publish(log, rewritten)
    assert look() == 1
    said = capsys.readouterr().err
    assert "BALLOT-135" in said
    assert everything(kept) == before  # what was witnessed stays
    (evidence,) = (kept / "evidence").iterdir()
    assert (evidence / "checkpoint-received").read_text() == new
    assert (evidence / "checkpoint-witnessed").read_text() == old
    assert str(evidence) in said
    assert look() == 1  # as often as it looks
    assert len(list((kept / "evidence").iterdir())) == 1


def test_an_older_checkpoint_of_the_same_log_is_no_fork(places, capsys):
    log, kept, look = places
    publish(log, LEAVES)
    assert look() == 0
    publish(log, LEAVES[:9])
    before = everything(kept)
    assert look() == 0
    assert "an older checkpoint of 9 lines" in capsys.readouterr().out
    assert everything(kept) == before


def test_a_foreign_checkpoint_and_lines_that_do_not_belong_to_it_are_refused(places, capsys):
    log, kept, look = places
    publish(log, LEAVES, secret=bytes(32))
    assert look() == 1
    publish(log, LEAVES, origin="elsewhere")
    assert look() == 1
    assert capsys.readouterr().err.count("BALLOT-132") == 2
    publish(log, LEAVES)
    (log / "leaves").write_bytes(b"".join([*LEAVES[:-1], leaf(99)]))
    assert look() == 1
    assert "BALLOT-133" in capsys.readouterr().err
    assert not (kept / "checkpoint").exists()


def test_a_log_that_cannot_be_read_gives_no_verdict(places, capsys):
    log, _, look = places
    assert look() == 2
    publish(log, LEAVES)
    (log / "leaves").write_bytes(b"".join(LEAVES[:-1]) + b"x")
    assert look() == 2
    with host(log) as address:
        pass
    assert look(address) == 2
    assert capsys.readouterr().err.count("BALLOT-136") == 3
    (log / "checkpoint").write_bytes(b"x" * 30_000)
    assert look() == 2


def test_over_http_only_new_lines_are_taken_and_no_more_than_were_signed(places):
    log, kept, look = places
    publish(log, LEAVES[:20])
    with host(log) as address:
        assert look(address) == 0
        publish(log, LEAVES)
        (log / "leaves").write_bytes(b"".join(LEAVES) + b"z" * 1_000_000)
        assert look(address) == 0
    assert (kept / "leaves").read_bytes() == b"".join(LEAVES)


def test_a_witness_signs_below_what_it_accepted_with_a_key_of_its_own(places, tmp_path, capsys):
    log, kept, look = places
    publish(log, LEAVES[:10])
    own = ["--key", str(tmp_path / "own.key"), "--name", "saksi.example/bening"]
    assert look(log, *own) == 0
    assert (tmp_path / "own.key").stat().st_mode & 0o777 == 0o400
    key = notes.public((tmp_path / "own.key").read_bytes())
    note = (kept / "checkpoint").read_text()
    assert notes.witnessed_at(note, "saksi.example/bening", key)
    assert notes.verified(note, *notes.read_vkey(VKEY))
    assert (kept / "witness.vkey").read_text().strip() in capsys.readouterr().out
    publish(log, LEAVES)
    assert look(log, *own) == 0
    assert notes.witnessed_at((kept / "checkpoint").read_text(), "saksi.example/bening", key)
    (tmp_path / "short.key").write_bytes(b"x")
    assert look(log, "--key", str(tmp_path / "short.key"), "--name", "s") == 2
    assert "BALLOT-139" in capsys.readouterr().err


def test_a_witness_that_is_killed_is_run_again(places, tmp_path):
    """Stopped after any of its files: the last checkpoint is whole, and the next look comes to its end."""
    log, kept, look = places
    publish(log, LEAVES[:10])
    assert look() == 0
    publish(log, LEAVES)
    program = (
        "import sys; from bening.outside import log_program, witness\ndone, whole = [], witness.write_whole\n"
        "def counted(path, data):\n    whole(path, data); done.append(path)\n"
        "    if len(done) == int(sys.argv[1]): sys.exit(9)\n"
        "witness.write_whole = counted\nsys.exit(log_program.main(sys.argv[2:]))"
    )
    words = ["witness", str(log), "--manifest", str(tmp_path / "manifest.json"), "--out", str(kept)]
    for files in (1, 2, 3):
        ended = subprocess.run([sys.executable, "-c", program, str(files), *words], check=False)
        assert ended.returncode == 9
        assert (
            notes.verified((kept / "checkpoint").read_text(), *notes.read_vkey(VKEY)).splitlines()[1] == "10"
        )
    assert look() == 0
    assert (kept / "checkpoints").read_text().count("\n\n—") == 2
    assert (kept / "leaves").read_bytes() == b"".join(LEAVES)


def test_checkpoint_says_what_the_log_says_now(places, tmp_path, capsys):
    log, _, _ = places
    publish(log, LEAVES)
    words = ["checkpoint", str(log), "--manifest", str(tmp_path / "manifest.json")]
    assert log_program.main(words) == 0
    said = capsys.readouterr().out
    assert merkle.root(LEAVES).hex() in said
    assert "40 are ballots" in said
    assert hashlib.sha256(HEADER).hexdigest() in said
    (log / "leaves").write_bytes(b"".join(reversed(LEAVES)))
    assert log_program.main([*words, "--language", "id"]) == 1
    assert "BALLOT-133 Catatan tidak cocok" in capsys.readouterr().err
