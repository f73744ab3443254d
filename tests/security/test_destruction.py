"""Keys are destroyed in public: not too early, not before the count, and a signed protocol says what went."""

from datetime import date, timedelta
from hashlib import sha256

from bening.core.response import due, kid_of, protocol
from bening.crypto import merkle, notes
from bening.crypto.wipe import wipe
from bening.outside import destroy
from bening.outside.tally import read_manifest
from tests import strong_room
from tests.security.frozen import STRATA, frozen

LOG, TALLY = bytes(range(32)), "ab" * 32
CLOSES = date(2020, 1, 31)


def places(folder, *, closes=CLOSES, tally=TALLY):
    """Everything that lies on the machine of a demo after the count."""
    header, lines = frozen(bytes(32), notes.public(LOG), opens=closes.replace(day=5), closes=closes)
    leaves = [b"\1" + bytes(32), b"\4" + bytes.fromhex(tally)]
    text = notes.checkpoint("b", len(leaves), merkle.root(leaves))
    files = {
        "m/manifest.json": header,
        "m/manifest.jsonl": lines,
        "log/leaves": b"".join(leaves),
        "log/checkpoints": f"{notes.signed(text, 'b', LOG)}\n".encode(),
        "log.secret": LOG,
        "pepper": bytes(32),
        "words/trustee-1.txt": b"Ani\nacademic acid",
    }
    for name, data in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    strong_room.write_keys(folder / "keys", STRATA)
    return folder


def run(folder, *more):
    """The program with everything this machine has."""
    words = {"manifest": "m", "log": "log", "sign": "log.secret", "out": "protocol", "keys": "keys"}
    words |= {"pepper": "pepper", "words": "words"}
    paths = [word for name, path in words.items() for word in (f"--{name}", str(folder / path))]
    said = ["--tally", TALLY, "--by", "siti", "--witness", "Budi", "--witness", "Citra"]
    return destroy.main([*paths, *said, *more])


def left(folder):
    """Secrets that are still there."""
    return sorted(path.name for part in ("keys", "words") for path in (folder / part).iterdir()) + [
        path.name for path in [folder / "pepper"] if path.exists()
    ]


def test_without_yes_it_only_says_what_would_go(tmp_path, capsys):
    before = left(places(tmp_path))
    assert run(tmp_path) == 0
    assert left(tmp_path) == before
    assert f"stratum-keys {len(STRATA)}" in capsys.readouterr().out
    assert not (tmp_path / "protocol").exists()


def test_what_is_destroyed_is_gone_and_the_protocol_says_so_under_a_signature(tmp_path, capsys):
    places(tmp_path)
    assert run(tmp_path, "--yes") == 0
    assert left(tmp_path) == []
    note = (tmp_path / "protocol").read_bytes()
    assert f"protocol {sha256(note).hexdigest()}" in capsys.readouterr().out
    text = notes.verified(note.decode(), "b", notes.public(LOG))
    kids = sorted(kid_of(strong_room.modulus(stratum)).hex() for stratum in STRATA)
    public = sha256("".join(f"{kid}\n" for kid in kids).encode()).hexdigest()
    manifest = read_manifest(tmp_path / "m")
    lines = text.splitlines()
    assert lines[:4] == [
        "bening/destroyed/v1",
        f"round {manifest.round}",
        f"manifest {manifest.digest}",
        f"tally {TALLY}",
    ]
    assert lines[5:] == [
        "by siti",
        "witness Budi",
        "witness Citra",
        f"destroyed stratum-keys {len(STRATA)} {public}",
        "destroyed pepper 1 -",
        f"destroyed trustees-words 1 {sha256(strong_room.TALLY_KEY).hexdigest()}",
    ]


def test_again_there_is_nothing_to_destroy_and_the_protocol_stays(tmp_path, capsys):
    places(tmp_path)
    run(tmp_path, "--yes")
    note = (tmp_path / "protocol").read_bytes()
    assert run(tmp_path, "--yes") == 1
    assert "BALLOT-177" in capsys.readouterr().out
    assert (tmp_path / "protocol").read_bytes() == note


def test_before_the_time_for_objections_is_over_it_refuses(tmp_path, capsys):
    before = left(places(tmp_path, closes=date(2999, 1, 31)))
    assert run(tmp_path, "--yes") == 1
    assert "BALLOT-175" in capsys.readouterr().out
    assert left(tmp_path) == before
    manifest = read_manifest(tmp_path / "m")
    assert due(manifest, 30) == date(2999, 1, 31) + timedelta(
        days=31
    )  # the thirtieth day is still for objections


def test_before_the_count_stands_in_the_log_it_refuses(tmp_path, capsys):
    """Without keys nothing can be counted again."""
    before = left(places(tmp_path, tally="cd" * 32))
    assert run(tmp_path, "--yes") == 1
    assert "BALLOT-176" in capsys.readouterr().out
    assert run(places(tmp_path), "--tally", "no digest", "--yes") == 1
    assert left(tmp_path) == before


def test_keys_of_another_round_are_left_alone(tmp_path, capsys):
    places(tmp_path)
    (tmp_path / "keys" / f"{'0' * 64}.pem").write_bytes(b"another round's")
    before = left(tmp_path)
    assert run(tmp_path, "--yes") == 1
    assert "BALLOT-177" in capsys.readouterr().out
    assert left(tmp_path) == before


def test_a_file_is_written_over_before_it_goes(tmp_path):
    """A second name of the same file shows what was done to its bytes."""
    secret, other = tmp_path / "secret", tmp_path / "other"
    secret.write_bytes(b"secret " * 100)
    secret.chmod(0o400)
    other.hardlink_to(secret)
    wipe(secret)
    assert not secret.exists()
    assert len(other.read_bytes()) == 700
    assert b"secret" not in other.read_bytes()


def test_a_changed_protocol_is_no_protocol(tmp_path):
    places(tmp_path)
    run(tmp_path, "--yes")
    note = (tmp_path / "protocol").read_text()
    assert notes.verified(note.replace("by siti", "by sita"), "b", notes.public(LOG)) is None
    manifest = read_manifest(tmp_path / "m")
    said = {"tally": TALLY, "today": CLOSES, "by": "siti", "witnesses": [], "gone": []}
    assert protocol(manifest, **said).endswith("by siti\n")
