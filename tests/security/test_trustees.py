"""The trustees' drill as programs see it: a ceremony, a lost sheet, and the same count on two desks.

Real people with real paper do the same by docs/guides/trustee.md.
"""

import subprocess
import sys
from hashlib import sha256

import pytest

from bening.core.canonical import from_b64u, parse
from bening.crypto import merkle, notes, seal
from tests.security.frozen import QUESTIONNAIRE, entries, frozen
from tests.security.phone import Phone

STRATA = ("lampung/kota/a", "lampung/kota/b")
NAMES = "Ani,Budi,Citra,Dedi,Eka"
LOG = bytes(range(32))
FILES = ("answers.jsonl", "codes.txt", "report.json", "texts.jsonl")


def bening(*words, typed=""):
    """A program of the house as an operator starts it; its end and what it said."""
    line = [sys.executable, "-m", "bening.cli", *map(str, words)]
    ended = subprocess.run(line, input=typed, capture_output=True, text=True)
    return ended.returncode, ended.stdout


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A ceremony with five sheets of paper, and a box full of ballots sealed to its key."""
    folder = tmp_path_factory.mktemp("trustees")
    sheets = folder / "sheets"
    words = ["--trustees", NAMES, "--needed", 3, "--out", folder / "tally.json", "--sheets", sheets]
    assert bening("ceremony", *words)[0] == 0
    made = parse((folder / "tally.json").read_bytes().strip())
    key = from_b64u(made["tally_pk"], length=65)
    facts = {"tally_pk": key, "trustees": made["trustees"], "entries": entries(STRATA)}
    header, lines = frozen(bytes(32), notes.public(LOG), **facts)
    for name, data in {"m/manifest.json": header, "m/manifest.jsonl": lines}.items():
        write(folder / name, data)
    write(folder / "q" / "sample.json", QUESTIONNAIRE.read_bytes())
    people = [Phone(bytes(16), at).admitted(STRATA[at % 2]) for at in range(24)]
    sealed = [
        phone.ballot({"gift": "no"}, seal=lambda block, info: seal.seal(block, info, key=key))
        for phone in people
    ]
    export(folder / "export", sealed)
    return folder


def write(path, data):
    """A file in its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def export(folder, sealed):
    """What the box's operator brings: ballots, leaves and one checkpoint."""
    sealed = sorted(sealed, key=lambda body: sha256(body[:-64]).digest())
    leaves = [b"\1" + sha256(body[:-64]).digest() for body in sealed]
    text = notes.checkpoint("b", len(leaves), merkle.root(leaves))
    write(folder / "ballots.bin", b"".join(sealed))
    write(folder / "leaves.bin", b"".join(leaves))
    write(folder / "checkpoints.txt", f"{notes.signed(text, 'b', LOG)}\n".encode())


def words_of(desk, place):
    """The 33 words on one trustee's paper."""
    return (desk / "sheets" / f"trustee-{place}.txt").read_text().splitlines()[1]


def tally(desk, out, *typed):
    """`bening tally` with sheets typed one after the other; its end and what it said."""
    folders = ["--export", desk / "export", "--manifest", desk / "m", "--questionnaires", desk / "q"]
    return bening("tally", *folders, "--out", out, typed="".join(f"{line}\n" for line in typed))


@pytest.mark.slow
def test_with_one_sheet_lost_two_desks_count_the_same_bytes(desk, tmp_path):
    (first, said), (second, again) = (
        tally(desk, tmp_path / name, *(words_of(desk, place) for place in group))
        for name, group in (("one", (1, 3, 5)), ("two", (4, 1, 3)))  # nobody finds sheet 2
    )
    assert (first, second) == (0, 0)
    assert said.splitlines()[-1].split()[-1] == again.splitlines()[-1].split()[-1]
    one, two = ({name: (tmp_path / part / name).read_bytes() for name in FILES} for part in ("one", "two"))
    assert one == two
    assert len(one["codes.txt"].splitlines()) == 24


@pytest.mark.slow
def test_two_sheets_open_nothing(desk, tmp_path):
    """The program asks for the next one; when nobody types any more, nothing was written."""
    code, said = tally(desk, tmp_path / "out", words_of(desk, 1), words_of(desk, 4))
    assert code != 0
    assert "BALLOT-161" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_wrong_word_is_refused_by_the_checksum_and_that_sheet_is_typed_again(desk, tmp_path):
    right = words_of(desk, 3)
    *head, last = right.split()
    wrong = " ".join([*head, "academic" if last != "academic" else "acid"])
    code, said = tally(desk, tmp_path / "out", words_of(desk, 1), wrong, right, words_of(desk, 5))
    assert code == 0
    assert said.count("BALLOT-160") == 1
    pairs = zip(right.split(), right.split()[1:], strict=False)
    assert [pair for pair in pairs if " ".join(pair) in said] == []  # no message repeats what was typed


@pytest.mark.slow
def test_sheets_of_another_ceremony_are_not_this_rounds_key(desk, tmp_path):
    """They combine without an error, which is why the public half is compared."""
    words = ["--trustees", NAMES, "--needed", 3, "--out", tmp_path / "t", "--sheets", tmp_path / "sheets"]
    assert bening("ceremony", *words)[0] == 0
    code, said = tally(desk, tmp_path / "out", *(words_of(tmp_path, place) for place in (1, 2, 3)))
    assert code != 0
    assert "BALLOT-162" in said
