"""The ceremony: what trustees carry home, and what stays behind."""

import io
import json
import sys

import pytest

from bening.core.canonical import from_b64u
from bening.core.problems import Refused
from bening.crypto import seal, shares
from bening.outside import ceremony

NAMES = "Ani,Budi,Citra,Dedi,Eka"


def held(folder, *words):
    return ceremony.main(["--trustees", NAMES, "--needed", "3", "--out", str(folder / "tally.json"), *words])


def test_any_three_sheets_open_what_was_sealed_to_the_public_half(tmp_path, capsys):
    assert held(tmp_path, "--sheets", str(tmp_path / "sheets")) == 0
    public = json.loads((tmp_path / "tally.json").read_bytes())
    assert public["trustees"] == {"k": 3, "n": 5, "names": NAMES.split(",")}
    key = from_b64u(public["tally_pk"], length=65)
    texts = [path.read_text().splitlines() for path in sorted((tmp_path / "sheets").iterdir())]
    assert [name for name, _ in texts] == NAMES.split(",")
    secret = shares.recover([texts[4][1], texts[1][1], texts[2][1]], key=key)
    assert seal.Opener(secret).open(seal.seal(b"x", b"i", key=key), b"i") == b"x"
    said = capsys.readouterr().out
    assert "trustees 1, 2, 3: the key is recovered" in said
    assert "trustees 3, 4, 5: the key is recovered" in said
    assert "trustees 1, 2: not enough" in said
    assert not {word for _, sheet in texts for word in sheet.split()} & set(said.split())


def test_each_trustee_sees_the_own_words_and_the_screen_is_cleared(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n" * 10))
    assert held(tmp_path) == 0
    said = capsys.readouterr().out
    assert said.count(ceremony.CLEAR) == 10
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tally.json"]
    pages = said.split(ceremony.CLEAR)[1::2]
    assert [each.split("\n")[0] for each in pages] == NAMES.split(",")
    assert all("33 " in each for each in pages)


@pytest.mark.parametrize(("names", "needed"), [("Ani", 1), ("Ani,Budi", 1), ("Ani,Budi", 3), ("Ani,Ani", 2)])
def test_a_key_in_one_hand_is_refused(tmp_path, capsys, names, needed):
    words = ["--trustees", names, "--needed", str(needed), "--out", str(tmp_path / "t")]
    assert ceremony.main(words) == 1
    assert "BALLOT-163" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_a_splitting_that_opens_with_too_few_is_thrown_away():
    """What the camera must see: the program compares, it does not assert."""
    secret = seal.make()
    two = shares.split(secret, threshold=2, count=3)
    with pytest.raises(Refused, match="BALLOT-164"):
        ceremony.rehearsal(two, needed=3, key=seal.public(secret))
