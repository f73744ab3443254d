"""A watcher fetches the whole client and notices any byte that is not the one that was fixed."""

import json

import pytest

from bening.core.response import LogLeaf
from bening.crypto import notes
from bening.outside import log_program
from tests.outside.served import digest_of, host, write_client
from tests.outside.test_witness import SECRET, leaf, publish
from tests.security.world import QUESTIONNAIRE, frozen

HEADER, LINES = frozen(log_key=notes.public(SECRET))


@pytest.fixture
def round_(tmp_path):
    """A client and its log in folders, and the command that compares them."""
    (tmp_path / "kept.json").write_bytes(HEADER)
    bundle = write_client(tmp_path / "client", HEADER, LINES, {"sample": QUESTIONNAIRE.read_bytes()})
    leaves = [
        LogLeaf.MANIFEST + bytes.fromhex(digest_of(HEADER)),
        LogLeaf.CLIENT + bytes.fromhex(bundle),
        *map(leaf, range(9)),
    ]
    publish(tmp_path / "log", leaves)

    def watch(client=tmp_path / "client"):
        words = ["--manifest", str(tmp_path / "kept.json"), "--log", str(tmp_path / "log")]
        return log_program.main(["watch", str(client), *words])

    return tmp_path / "client", bundle, leaves, watch


def test_a_whole_client_is_accepted_over_http_too(round_, capsys):
    client, bundle, _, watch = round_
    assert watch() == 0
    with host(client) as address:
        assert watch(address) == 0
    said = capsys.readouterr().out
    assert said.count(f"bundle {bundle}") == 2
    assert "check.html, index.html: made anew" in said
    assert "it names 1 client bundle" in said


def test_a_watcher_names_the_file_in_which_one_byte_changed(round_, capsys):
    client, bundle, _, watch = round_
    watched = [path for path in sorted(client.rglob("*")) if path.is_file() and path.name != "manifest.jsonl"]
    assert len(watched) > 9
    for path in watched:
        before = path.read_bytes()
        at = len(before) // 2
        path.write_bytes(before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :])
        assert watch() == 1, path
        path.write_bytes(before)
        said = capsys.readouterr().err
        assert "BALLOT-137" in said
        assert path.relative_to(client).as_posix().removeprefix(f"c/{bundle}/") in said
    assert watch() == 0


def test_another_client_that_is_whole_in_itself_is_not_in_the_log(round_, capsys):
    """Somebody serves a client of his own, with a list and a name that fit it."""
    client, bundle, _, watch = round_
    other = write_client(client, HEADER, LINES, {"sample": b"{}", "more": b"{}"})
    assert other != bundle
    assert watch() == 1
    assert f"BALLOT-138 client {other}" in capsys.readouterr().err


def test_a_client_with_another_manifest_is_noticed(round_, capsys):
    client, _, _, watch = round_
    header, lines = frozen(log_key=notes.public(SECRET), round="uji-2027")
    write_client(client, header, lines, {"sample": QUESTIONNAIRE.read_bytes()})
    assert watch() == 1
    assert "round.js" in capsys.readouterr().err


def test_a_log_that_lies_about_its_landmarks_is_noticed(round_, tmp_path, capsys):
    _, bundle, leaves, watch = round_
    path = tmp_path / "log" / "landmarks"
    honest = json.loads(path.read_bytes())
    honest["leaves"][1]["leaf"] = "03" + "ab" * 32
    path.write_bytes(json.dumps(honest, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode())
    assert watch() == 1
    assert "BALLOT-133" in capsys.readouterr().err
    publish(tmp_path / "log", leaves, secret=bytes(32))
    assert watch() == 1
    assert "BALLOT-132" in capsys.readouterr().err
    publish(tmp_path / "log", leaves[:1])
    assert watch() == 1
    assert f"BALLOT-138 client {bundle}" in capsys.readouterr().err


def test_a_client_that_cannot_be_reached_gives_no_verdict(round_, tmp_path, capsys):
    client, bundle, _, watch = round_
    assert watch(tmp_path / "nowhere") == 2
    (client / "c" / f"{bundle}.sums").unlink()
    assert watch() == 2
    assert capsys.readouterr().err.count("BALLOT-136") == 2
