"""Files changed behind everybody's back: export, log, manifest, what trustees bring, what was counted.

The desk counts each changed export as the trustees do; a witness keeps one old checkpoint.
"""

import shutil
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from bench.security.cases import FIELDS, OWNER, SIZE, Case, admitted, flips
from bench.security.desk import TOTALS, Counted, Desk
from bening.core.problems import Refused
from bening.core.response import LogLeaf, from_b64u, receipt_message
from bening.crypto import merkle, notes, seal, shares
from bening.outside import log, tally
from bening.web.response.steps import tally_digest


def on_files(desk: Desk, export: Path, honest: Counted, old: str) -> Iterator[Case]:
    """The box's operator changes what he exports; somebody changes what the trustees bring."""
    ballots, leaves = (export / "ballots.bin").read_bytes(), (export / "leaves.bin").read_bytes()
    notes_ = (export / "checkpoints.txt").read_bytes()
    for name, (start, end) in FIELDS.items():
        for at, changed in enumerate(flips(ballots, start, end)):
            yield exported(f"export: {name} flipped ({at})", desk, export, honest, {"ballots.bin": changed})
    lines = notes_.splitlines(keepends=True)
    shapes = {
        "ballot dropped": {"ballots.bin": ballots[SIZE:]},
        "ballot twice": {"ballots.bin": ballots[:SIZE] + ballots},
        "ballots cut": {"ballots.bin": ballots[:-1]},
        "ballots extended": {"ballots.bin": ballots + b"\0"},
        "ballot added that was never logged": {"ballots.bin": ballots + never_logged(desk)},
        "ballot and leaf dropped": dropped(ballots, leaves, len(leaves) // 33),
        "leaf flipped": {"leaves.bin": next(flips(leaves, 40, 41))},
        "leaf's kind changed": {"leaves.bin": leaves[:33] + b"\2" + leaves[34:]},
        "leaf dropped": {"leaves.bin": leaves[:-33]},
        "leaf added": {"leaves.bin": leaves + b"\1" + bytes(32)},
        "leaves swapped": {"leaves.bin": leaves[33:66] + leaves[:33] + leaves[66:]},
        "leaves cut": {"leaves.bin": leaves[:-1]},
        "no checkpoint": {"checkpoints.txt": b""},
        "last checkpoint dropped": {"checkpoints.txt": b"".join(lines[:-6])},
        "another log's key": {"checkpoints.txt": resigned(desk, leaves, bytes(32))},
    }
    shapes |= {
        f"checkpoint line {at} flipped": {
            "checkpoints.txt": b"".join([*lines[:at], flip_text(line), *lines[at + 1 :]])
        }
        for at, line in enumerate(lines[:5])
        if line.strip()
    }
    for name, files in shapes.items():
        yield exported(f"export: {name}", desk, export, honest, files)
    yield from rewritten(desk, ballots, leaves, old)
    yield from on_manifest(desk, export, leaves)
    yield from on_questions(desk, export)


def exported(name: str, desk: Desk, export: Path, honest: Counted, files: Mapping[str, bytes]) -> Case:
    """What the tally says to a changed export."""
    folder = desk.copy(export)
    for file, data in files.items():
        (folder / file).write_bytes(data)
    try:
        found = desk.count(folder)
    except (Refused, ValueError) as refused:
        return Case(
            name, f"log check: {first_code(refused)}" if "BALLOT-13" in str(refused) else f"tally: {refused}"
        )
    finally:
        shutil.rmtree(folder)
    more = [
        f"{key} +{found.totals[key] - honest.totals[key]}"
        for key in TOTALS
        if found.totals[key] > honest.totals[key]
    ]
    if found.digest == honest.digest and not more:
        return Case(name, "no effect: same digest")
    return Case(name, f"tally: {', '.join(more)}" if more else "")


def first_code(refused: Exception) -> str:
    """The code of the first problem."""
    return str(refused).split(" ", 1)[0]


def flip_text(line: bytes) -> bytes:
    """One letter of a line changed."""
    at = len(line) // 2
    return line[:at] + (b"A" if line[at : at + 1] != b"A" else b"B") + line[at + 1 :]


def never_logged(desk: Desk) -> bytes:
    """An insider's valid ballot that the box's operator slips in after the last checkpoint."""
    (phone,) = desk.world.crowd([desk.frozen().entries[0].kid])
    return admitted(desk.world, phone).ballot({"gift": "no"})


def dropped(ballots: bytes, leaves: bytes, size: int) -> dict[str, bytes]:
    """A ballot among the first `size` leaves goes, and its leaf with it."""
    rows = [leaves[at : at + 33] for at in range(0, len(leaves), 33)]
    bodies = cut(ballots)
    gone = next(body for body in bodies if b"\1" + hash_of(body) in rows[:size])
    kept = [row for row in rows if row[1:] != hash_of(gone)]
    return {"ballots.bin": b"".join(body for body in bodies if body != gone), "leaves.bin": b"".join(kept)}


def hash_of(body: bytes) -> bytes:
    """What the log holds of a ballot."""
    return sha256(body[:-OWNER]).digest()


def resigned(desk: Desk, leaves: bytes, secret: bytes) -> bytes:
    """One checkpoint over these leaves under this key."""
    rows = [leaves[at : at + 33] for at in range(0, len(leaves), 33)]
    origin = desk.frozen().log["origin"]
    text = notes.checkpoint(origin, len(rows), merkle.root(rows))
    return notes.signed(text, origin, secret).encode() + b"\n"


def rewritten(desk: Desk, ballots: bytes, leaves: bytes, old: str) -> Iterator[Case]:
    """The whole log made anew under its own key, which its operator has: a note or a receipt tells."""
    vkey = desk.frozen().log["vkey"]
    secret = (desk.world.folder / "secrets" / "log").read_bytes()
    for name, size in (
        ("log rewritten with its own key after a witness saw it", log.opened(old, vkey).size),
        ("log rewritten with its own key before any witness saw it", len(leaves) // 33),
    ):
        files = dropped(ballots, leaves, size)
        rows = [files["leaves.bin"][at : at + 33] for at in range(0, len(files["leaves.bin"]), 33)]
        seen = f"{old}\n" if size < len(leaves) // 33 else ""
        note = resigned(desk, files["leaves.bin"], secret).decode()
        try:
            log.checked(rows, seen + note, vkey)
            (gone,) = set(cut(ballots)) - set(cut(files["ballots.bin"]))
            yield Case(name, promised(desk, hash_of(gone), rows))
        except Refused as refused:
            yield Case(name, f"witness: {first_code(refused)}")


def cut(ballots: bytes) -> list[bytes]:
    """The ballots of an export."""
    return [ballots[at : at + SIZE] for at in range(0, len(ballots), SIZE)]


def promised(desk: Desk, h: bytes, rows: list[bytes]) -> str:
    """What the owner of a dropped ballot holds: the box's signed promise to log what is not in the log."""
    receipt = notes.sign((desk.world.folder / "secrets" / "receipt").read_bytes(), receipt_message(h))
    key = from_b64u(desk.frozen().log["receipt"], length=32)
    held = notes.verify(key, receipt_message(h), receipt) and b"\1" + h not in rows
    return "phone: a receipt without its leaf" if held else ""


def on_manifest(desk: Desk, export: Path, leaves: bytes) -> Iterator[Case]:
    """Any byte of the manifest; what the tally does not refuse is not the manifest that stands in the log."""
    logged = {leaves[at : at + 33] for at in range(0, len(leaves), 33)}
    for file in ("manifest.json", "manifest.jsonl"):
        data = (desk.manifest / file).read_bytes()
        for at in range(5, len(data), max(1, len(data) // 25)):
            folder = desk.copy(desk.manifest)
            (folder / file).write_bytes(next(flips(data, at, at + 1)))
            yield Case(f"{file}: byte {at} flipped", of_manifest(desk, export, folder, logged))
            shutil.rmtree(folder)


def of_manifest(desk: Desk, export: Path, folder: Path, logged: set[bytes]) -> str:
    """Who notices a changed manifest."""
    try:
        frozen = tally.read_manifest(folder)
        if LogLeaf.MANIFEST + bytes.fromhex(frozen.digest) not in logged:
            return "log check: this manifest is not in the log"
        desk.count(export, manifest=folder)
    except (Refused, ValueError, KeyError) as refused:
        return f"tally: {first_code(refused) if isinstance(refused, Refused) else type(refused).__name__}"
    return ""


def on_questions(desk: Desk, export: Path) -> Iterator[Case]:
    """Another questionnaire, and words that are not the trustees'."""
    folder = desk.copy(desk.questions)
    for at, changed in enumerate(flips((folder / "sample.json").read_bytes(), 0, 500)):
        (folder / "sample.json").write_bytes(changed)
        yield of_words(f"questionnaire flipped ({at})", desk, export, questions=folder)
    words = desk.sheets[0].split()
    stranger = shares.split(seal.make(), threshold=3, count=3)
    sheets = {
        "a word wrong": [" ".join([*words[:-1], words[0]]), *desk.sheets[1:3]],
        "two sheets only": desk.sheets[:2],
        "sheets of another key": list(stranger),
        "a sheet of another ceremony": [*desk.sheets[:2], stranger[0]],
        "a sheet cut": [" ".join(words[:-1]), *desk.sheets[1:3]],
    }
    for name, given in sheets.items():
        yield of_words(f"trustees' words: {name}", desk, export, words=given)


def of_words(name: str, desk: Desk, export: Path, **given: object) -> Case:
    """Whether the tally refuses."""
    try:
        desk.count(export, **given)  # type: ignore[arg-type]
    except Refused as refused:
        return Case(name, f"tally: {first_code(refused)}")
    return Case(name, "")


def on_output(desk: Desk, honest: Counted) -> Iterator[Case]:
    """The four files on their way into the hall: the announced digest is not theirs any more."""
    for file in sorted(path.name for path in honest.folder.iterdir()):
        data = (honest.folder / file).read_bytes()
        changes = {
            "flipped": next(flips(data, len(data) // 2, len(data) // 2 + 1)),
            "cut": data[:-1],
            "extended": data + b"\n",
        }
        changes["a line dropped"] = b"".join(data.splitlines(keepends=True)[1:])
        for name, changed in changes.items():
            folder = desk.copy(honest.folder)
            (folder / file).write_bytes(changed)
            same = tally_digest(folder) == honest.digest
            yield Case(f"{file}: {name} before the import", "" if same else "import: BALLOT-150")
            shutil.rmtree(folder)
