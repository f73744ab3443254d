"""One answer from hello to the tally, over HTTP, in real processes."""

import hashlib
import json
import subprocess
import sys

from bening.core.response import from_b64u, receipt_message
from bening.crypto import merkle, notes, shares
from bening.outside import ceremony, tally
from tests import strong_room
from tests.security.world import QUESTIONNAIRE, entries

ANSWERS = ({"gift": "no"}, {"gift": "yes", "often": "once"})


def test_an_answer_walks_through_gate_and_box(round_, kid):
    """Hello proves the entry, issue spends the right, the box answers with a receipt that verifies."""
    phone = round_.phone(kid)
    reply = phone.hello(round_.gate)
    header = json.loads((round_.folder / "client/m/manifest.json").read_bytes())
    path = [bytes.fromhex(step) for step in reply["path"]]
    root = bytes.fromhex(header["root"])
    assert merkle.verify_inclusion(
        reply["entry"].encode(), reply["index"], header["entries"], path=path, root=root
    )
    assert phone.issue(round_.gate)[0] == 200
    body = phone.ballot({"gift": "no"})
    status, posted = phone.post(round_.box, body)
    assert status == 201
    h = bytes.fromhex(posted["h"])
    assert h == hashlib.sha256(body[:-64]).digest()
    key = from_b64u(header["log"]["receipt"], length=32)
    assert notes.verify(key, receipt_message(h), from_b64u(posted["receipt"], length=64))
    assert round_.rows("gate", "SELECT issued FROM gate_right WHERE id = %s", phone.right) == [
        (hashlib.sha256(phone.blinded).digest(),)
    ]
    assert round_.rows("box", "SELECT body FROM box_ballot WHERE h = %s", h) == [(body,)]


def test_what_was_posted_is_counted_by_the_offline_programs(round_, tmp_path):
    """Twelve people answer, one of them twice: export, tally, four files; run again, same bytes."""
    stratum = entries()[1]
    phones = [round_.phone(stratum.kid) for _ in range(12)]
    for at, phone in enumerate(phones):
        phone.hello(round_.gate)
        assert phone.issue(round_.gate)[0] == 200
        assert phone.post(round_.box, phone.ballot(ANSWERS[at % 2], [["story", f"cerita {at}"]]))[0] == 201
    phones[0].post(round_.box, phones[0].ballot(ANSWERS[1], version=phones[0].version + 5))
    command(round_, "box", "export", str(tmp_path / "export"))
    bodies = (tmp_path / "export" / "ballots.bin").read_bytes()
    hashes = [hashlib.sha256(bodies[at : at + 2155 - 64]).digest() for at in range(0, len(bodies), 2155)]
    assert hashes == sorted(hashes)
    leaves = (tmp_path / "export" / "leaves.bin").read_bytes()
    assert {leaves[at + 1 : at + 33] for at in range(0, len(leaves), 33) if leaves[at] == 1} == set(hashes)
    outs = [tmp_path / "one", tmp_path / "two", tmp_path / "one"]
    printed = [count(round_, tmp_path, out) for out in outs]
    assert len(set(printed)) == 1
    files = [{file.name: file.read_bytes() for file in out.iterdir()} for out in outs]
    assert files[0] == files[1] == files[2]
    assert sorted(files[0]) == ["answers.jsonl", "codes.txt", "report.json", "texts.jsonl"]
    report = json.loads(files[0]["report.json"])
    assert report["labels"][stratum.stratum]["counted"] == 12
    answers = [json.loads(line) for line in files[0]["answers.jsonl"].splitlines()]
    mine = [answer for label, answer, _ in answers if label == stratum.stratum]
    assert [mine.count(answer) for answer in ANSWERS] == [5, 7]
    codes = files[0]["codes.txt"].decode().split()
    assert {phone.code for phone in phones} <= set(codes)


def test_a_tally_refuses_a_questionnaire_that_was_not_frozen_and_a_cut_export(round_, tmp_path, capsys):
    command(round_, "box", "export", str(tmp_path / "export"))
    (tmp_path / "sample.json").write_bytes(QUESTIONNAIRE.read_bytes() + b" ")
    words = ["--export", str(tmp_path / "export"), "--manifest", str(round_.folder / "client/m"), "--out"]
    words += [str(tmp_path / "out"), "--words", str(sheets(tmp_path)), "--questionnaires"]
    assert tally.main([*words, str(tmp_path)]) == 1
    assert "BALLOT-131" in capsys.readouterr().out
    (tmp_path / "sample.json").write_bytes(QUESTIONNAIRE.read_bytes())
    with (tmp_path / "export" / "ballots.bin").open("ab") as file:
        file.write(b"x")
    assert tally.main([*words, str(tmp_path)]) == 1
    assert "BALLOT-130" in capsys.readouterr().out
    assert not (tmp_path / "out").exists()


def sheets(folder):
    """Three trustees' words."""
    ceremony.write_sheets(
        folder / "words", ["A", "B", "C"], shares.split(strong_room.TALLY, threshold=3, count=3)
    )
    return folder / "words"


def command(round_, *words):
    """A command of the house, as an operator types it."""
    environment = {**round_.environment(), "DATABASE_URL": round_.urls["gate"]}
    subprocess.run(
        [sys.executable, "-m", "bening.cli", *words, "--settings", "box"], env=environment, check=True
    )


def count(round_, folder, out):
    """The digest the offline tally prints."""
    (folder / "q").mkdir(exist_ok=True)
    (folder / "q" / "sample.json").write_bytes(QUESTIONNAIRE.read_bytes())
    words = ["--export", str(folder / "export"), "--manifest", str(round_.folder / "client/m")]
    words += ["--questionnaires", str(folder / "q"), "--out", str(out), "--words", str(sheets(folder))]
    ran = [sys.executable, "-m", "bening.cli", "tally", *words]
    return subprocess.run(ran, check=True, capture_output=True, text=True).stdout
