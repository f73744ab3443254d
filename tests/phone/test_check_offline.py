"""The offline checker: one file from the disk that asks nobody for anything."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from bening import phone
from bening.core.fieldwork.offline import offline_page
from bening.core.problems import Refused
from bening.core.response import LogLeaf
from bening.crypto import merkle, notes
from tests.outside.served import digest_of
from tests.outside.test_witness import SECRET, leaf, publish
from tests.phone.test_check import DONE
from tests.security.world import frozen

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEADER, LINES = frozen(log_key=notes.public(SECRET))
LEAVES = [LogLeaf.MANIFEST + bytes.fromhex(digest_of(HEADER)), *map(leaf, range(70))]
CODES = [f"{at:016d}" for at in range(30)]


def made():
    """The page as the freeze makes it."""
    sources = {path.name: path.read_bytes() for path in phone.FOLDER.iterdir() if path.is_file()}
    return offline_page(sources["check-offline.html"], sources)


@pytest.fixture
def files(tmp_path):
    """What a person has saved."""
    publish(tmp_path / "log", LEAVES)
    old = publish(tmp_path / "old", LEAVES[:33])
    tree = merkle.Tree(LEAVES)
    proof = {
        "h": LEAVES[9][1:].hex(),
        "index": 9,
        "size": len(LEAVES),
        "path": [p.hex() for p in tree.inclusion(9)],
    }
    parts = {
        "manifest.json": HEADER,
        "manifest.jsonl": LINES,
        "old.txt": old.encode(),
        "proof.json": json.dumps(proof).encode(),
        "codes.txt": "".join(f"{code}\n" for code in CODES).encode(),
        "check-offline.html": made(),
    }
    for name, data in parts.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


@pytest.fixture
def offline(page, files):
    """The file, opened from the disk; every request it makes is counted."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((files / "check-offline.html").as_uri())
    page.get_by_role("heading", name="Pemeriksa tanpa sambungan").wait_for()
    yield page
    assert asked == [(files / "check-offline.html").as_uri()]


def choose(page, field, *paths):
    page.locator(f"#file-{field}").set_input_files([str(path) for path in paths])


def check(page, name):
    """Mark and words of one check."""
    page.locator(f"#{name}").get_by_role("button", name="Periksa").click()
    page.wait_for_function(DONE, arg=name)
    line = page.locator(f"#{name}-result")
    return line.get_attribute("class").split()[1], line.inner_text()


def manifest_chosen(page, files):
    choose(page, "manifest", files / "manifest.json")
    assert check(page, "keys")[0] == "good"


def test_manifest_and_entries_stand_under_one_root(offline, files):
    choose(offline, "manifest", files / "manifest.json")
    choose(offline, "entries", files / "manifest.jsonl")
    assert check(offline, "keys") == (
        "good",
        "Ronde uji-2026: 4 kelompok, 20000 orang, semuanya di bawah akar manifes.",
    )
    shown = offline.locator("#keys").inner_text().replace(" ", "")
    assert digest_of(HEADER) in shown
    assert json.loads(HEADER)["root"] in shown
    (files / "manifest.jsonl").write_bytes(LINES.replace(b'"sampled":5000', b'"sampled":5001', 1))
    choose(offline, "entries", files / "manifest.jsonl")
    assert check(offline, "keys")[0] == "bad"


def test_a_whole_log_is_checked_against_every_chosen_checkpoint(offline, files):
    choose(offline, "leaves", files / "log" / "leaves")
    choose(offline, "notes", files / "log" / "checkpoint", files / "old.txt")
    assert check(offline, "log") == ("open", "Pilih manifest.json lebih dulu.")
    manifest_chosen(offline, files)
    kind, words = check(offline, "log")
    assert (kind, "2 titik, 71 baris, di antaranya 70" in words) == ("good", True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: [*rows[:5], leaf(999), *rows[6:]], "ukuran 33"),
        (lambda rows: [*rows[:40], leaf(999), *rows[41:]], "ukuran 71"),
        (lambda rows: rows[:60], "lebih panjang daripada 60"),
    ],
)
def test_a_changed_leaf_or_a_forked_log_is_noticed(offline, files, change, words):
    (files / "leaves").write_bytes(b"".join(change(LEAVES)))
    manifest_chosen(offline, files)
    choose(offline, "leaves", files / "leaves")
    choose(offline, "notes", files / "old.txt", files / "log" / "checkpoint")
    kind, said = check(offline, "log")
    assert (kind, words in said) == ("bad", True), said


def test_a_foreign_checkpoint_is_noticed(offline, files):
    publish(files / "foreign", LEAVES, secret=bytes(32))
    manifest_chosen(offline, files)
    choose(offline, "leaves", files / "log" / "leaves")
    choose(offline, "notes", files / "foreign" / "checkpoint")
    kind, said = check(offline, "log")
    assert (kind, "tidak ditandatangani" in said) == ("bad", True)


def test_the_place_of_one_ballot_is_proven_or_not(offline, files):
    manifest_chosen(offline, files)
    choose(offline, "proof", files / "proof.json")
    choose(offline, "point", files / "log" / "checkpoint")
    assert check(offline, "place") == ("good", "Ada, pada catatan berukuran 71 baris.")
    proof = json.loads((files / "proof.json").read_text())
    (files / "other.json").write_text(json.dumps(proof | {"h": "ab" * 32}))
    choose(offline, "proof", files / "other.json")
    assert check(offline, "place")[0] == "bad"
    choose(offline, "point", files / "old.txt")
    assert check(offline, "place")[0] == "open"


def test_a_code_is_looked_up_in_a_saved_list(offline, files):
    choose(offline, "codes", files / "codes.txt")
    offline.get_by_label("Kode bukti").fill("0000-0000-0000-0012")
    kind, words = check(offline, "list")
    assert (kind, "30 kode" in words) == ("good", True)
    assert digest_of((files / "codes.txt").read_bytes()) in offline.locator(
        "#list code"
    ).inner_text().replace(" ", "")
    offline.get_by_label("Kode bukti").fill("0000-0000-0000-9999")
    assert check(offline, "list")[0] == "bad"
    (files / "codes.txt").write_text("".join(f"{code}\n" for code in reversed(CODES)))
    choose(offline, "codes", files / "codes.txt")
    assert check(offline, "list")[0] == "bad"


def test_the_file_allows_no_request_and_names_its_own_script_and_style():
    text = made().decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "connect-src" not in policy
    assert "unsafe" not in policy
    assert not re.search(r'(?:src|href)="|url\(|fetch\(|XMLHttpRequest|import\(|^import ', text, re.MULTILINE)
    assert made() == made()


@pytest.mark.parametrize(("theme", "language"), [("light", "id"), ("dark", "en")])
def test_axe_finds_nothing_on_the_offline_page(offline, files, theme, language):
    offline.emulate_media(color_scheme=theme, reduced_motion="reduce")
    offline.set_viewport_size({"width": 320, "height": 640})
    manifest_chosen(offline, files)
    choose(offline, "leaves", files / "log" / "leaves")
    choose(offline, "notes", files / "old.txt")
    check(offline, "log")
    offline.locator(f"button[lang={language}]").click()
    found = Axe().run(
        offline,
        options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    )
    assert [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found.response["violations"]] == []
    assert not offline.evaluate("() => document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("text", ['const end = "</script>";\n', 'import { gone } from "./round.js";\n'])
def test_a_module_that_would_leave_the_page_is_refused(text):
    sources = {path.name: path.read_bytes() for path in phone.FOLDER.iterdir() if path.is_file()}
    sources["check-offline.js"] += text.encode()
    with pytest.raises(Refused, match="FIELD-130"):
        offline_page(sources["check-offline.html"], sources)
