"""A release can be checked by anybody, and no altered one passes."""

import hashlib
import json
import os

import pytest

from bening.core.canonical import dump
from bening.crypto import merkle, notes
from bening.outside import verify
from bening.web.publish.steps.folder import sealed, write
from tests.security.world import STRATA, frozen

SECRET = bytes(range(32))


def log_of(leaves, *sizes):
    """Leaves and their checkpoints, as the box publishes them."""
    texts = [notes.checkpoint("b", size, merkle.root(leaves[:size])) for size in sizes]
    return {
        "proof/leaves": b"".join(leaves),
        "proof/checkpoints": "".join(f"{notes.signed(text, 'b', SECRET)}\n" for text in texts).encode(),
    }


def parts(**changes):
    """The files of a small release: 12 counted of 14 ballots."""
    header, lines = frozen(log_key=notes.public(SECRET))
    tally = hashlib.sha256(b"tally").hexdigest()
    ballots = sorted(b"\1" + hashlib.sha256(b"%d" % n).digest() for n in range(14))
    leaves = [b"\2" + hashlib.sha256(header).digest(), *ballots, b"\4" + bytes.fromhex(tally)]
    label = {"strata": [STRATA[0]], "sampled": 40, "issued": 13, "reissued": 1, "counted": 12}
    counts = {"labels": {STRATA[0]: label | changes.pop("label", {})}, "tally": tally, "totals": {}}
    codes = "".join(f"{n:016d}\n" for n in range(12)).encode()
    files = {
        "index.html": b"<p>",
        "proof/manifest.json": header,
        "proof/manifest.jsonl": lines,
        "proof/counts.json": dump(counts),
        "proof/codes.txt": codes,
        **log_of(leaves, 7, 16),
    }
    return files | {f"proof/{name}": data for name, data in changes.items()}


def verdict(folder, files, capsys):
    """Exit code and words about a folder with these files."""
    write(sealed(files), folder)
    code = verify.main([str(folder)])
    return code, capsys.readouterr().out


def test_a_whole_release_is_accepted_line_by_line(tmp_path, capsys):
    code, said = verdict(tmp_path / "r", parts(), capsys)
    assert code == 0
    assert [line[:2] for line in said.splitlines()] == ["ok"] * 5
    assert "12 answers counted out of 14 logged; 1 rights were issued again" in said
    sums = (tmp_path / "r" / "SHA256SUMS").read_bytes()
    assert hashlib.sha256(sums).hexdigest() in said


def test_any_byte_that_is_changed_added_or_taken_away_is_noticed(tmp_path, capsys):
    folder = tmp_path / "r"
    assert verdict(folder, parts(), capsys)[0] == 0
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        before = path.read_bytes()
        for wrong in (before[:-1], before + b"x", bytes([before[0] ^ 1]) + before[1:]):
            path.write_bytes(wrong)
            assert verify.main([str(folder)]) == 1, path
        path.unlink()
        assert verify.main([str(folder)]) == 1, path
        path.write_bytes(before)
    (folder / "more.html").write_bytes(b"")
    assert verify.main([str(folder)]) == 1
    os.unlink(folder / "more.html")
    assert verify.main([str(folder)]) == 0


@pytest.mark.parametrize(
    "label",
    [{"counted": 14, "issued": 13}, {"issued": 42}, {"sampled": 5001, "issued": 13}, {"reissued": 101}],
    ids=[
        "more counted than issued",
        "more issued than people",
        "more people than the manifest says",
        "more issued again than two in a hundred",
    ],
)
def test_numbers_that_cannot_be_are_refused_even_with_right_checksums(tmp_path, capsys, label):
    code, said = verdict(tmp_path / "r", parts(label=label), capsys)
    assert code == 1
    assert "BALLOT-134" in said


def test_a_log_that_was_rewritten_or_lacks_the_tally_is_refused(tmp_path, capsys):
    whole = parts()
    data = whole["proof/leaves"]
    leaves = [data[at : at + 33] for at in range(0, len(data), 33)]
    dropped = [leaf for leaf in leaves if leaf != leaves[3]]
    cases = {
        "BALLOT-133": {"leaves": b"".join(dropped)},
        "BALLOT-134": {name[6:]: part for name, part in log_of(leaves[:-1], 15).items()},
        "BALLOT-132": {"checkpoints": whole["proof/checkpoints"].replace(b"b\n", b"c\n")},
    }
    for code, changes in cases.items():
        found, said = verdict(tmp_path / "r", parts(**changes), capsys)
        assert (found, code in said) == (1, True), said
    rewritten = {name[6:]: part for name, part in log_of([*dropped, leaves[3]], 16).items()}
    first = whole["proof/checkpoints"].decode().split("\n\n")[0]
    assert first not in rewritten["checkpoints"].decode()  # a witness who kept the first root sees the fork


def test_codes_that_are_too_few_are_refused(tmp_path, capsys):
    fewer = b"".join(b"%016d\n" % n for n in range(11))
    code, said = verdict(tmp_path / "r", parts(**{"codes.txt": fewer}), capsys)
    assert (code, "codes.txt" in said) == (1, True)
    twice = json.loads(parts()["proof/counts.json"])
    assert twice["labels"][STRATA[0]]["counted"] == 12
