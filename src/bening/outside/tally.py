"""`bening tally`: opens the exported ballots, offline, and writes four files sorted by content.

Everything is computed before anything is written, and a file appears under its name only when it is whole: a
killed tally is run again and gives the same bytes, as does any other machine.
"""

import argparse
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from bening.core.kinds import Instrument, Manifest, Problem
from bening.core.problems import Refused, refuse
from bening.core.questionnaire import check, load
from bening.core.response import LogLeaf, Tools, from_b64u, tally
from bening.core.response import load as load_manifest
from bening.core.response.layout import size_of
from bening.core.response.output import NAMES
from bening.crypto import blind, merkle, owner, seal, shares
from bening.outside import log

# How a questionnaire that was not kept to is counted in the report.
KINDS = {"QUEST-120": "required", "QUEST-121": "irrelevant", "QUEST-127": "constraint"}


class Records(Sequence[bytes]):
    """Equal pieces of a file, cut when asked for."""

    def __init__(self, path: Path, size: int) -> None:
        self.data = path.read_bytes()
        self.size = size
        if len(self.data) % size:
            raise refuse("BALLOT-130", name=path.name)

    def __len__(self) -> int:
        return len(self.data) // self.size

    def __getitem__(self, place: int) -> bytes:  # type: ignore[override]  # nobody asks for slices
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self.data[place * self.size : (place + 1) * self.size]


class Ballots(Sequence[bytes]):
    """The same of an open file, read when asked for: a national export is larger than the memory for it."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self.file, self.size = file, size
        length = os.fstat(file.fileno()).st_size
        if length % size:
            raise refuse("BALLOT-130", name=Path(file.name).name)
        self.pieces = length // size

    def __len__(self) -> int:
        return self.pieces

    def __getitem__(self, place: int) -> bytes:  # type: ignore[override]  # nobody asks for slices
        if not 0 <= place < self.pieces:
            raise IndexError(place)
        return os.pread(self.file.fileno(), self.size, place * self.size)


def main(words: Sequence[str]) -> int:
    """Run the tally of one export."""
    parser = argparse.ArgumentParser(prog="bening tally", description=__doc__)
    for name, what in (
        ("export", "ballots.bin, leaves.bin and checkpoints.txt"),
        ("manifest", "manifest.json and manifest.jsonl"),
        ("questionnaires", "the frozen questionnaires, NAME.json"),
        ("out", "where the four files go"),
    ):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="DIR", help=what)
    parser.add_argument(
        "--words", type=Path, metavar="DIR", help="sheets of enough trustees; without it they type them"
    )
    options = parser.parse_args(words)
    try:
        frozen = read_manifest(options.manifest)
        opener = seal.Opener(recovered(frozen, sheets(options.words) if options.words else None))
        digest = run(options.export, frozen, opener, questionnaires=options.questionnaires, out=options.out)
    except Refused as refused:
        print(refused)
        return 1
    print(f"tally digest {digest.hex()}")
    return 0


def read_manifest(folder: Path) -> Manifest:
    """The frozen round."""
    header, lines = (folder / name for name in ("manifest.json", "manifest.jsonl"))
    return load_manifest(header.read_bytes(), lines.read_bytes(), merkle.root)


def recovered(frozen: Manifest, given: Sequence[str] | None) -> bytes:
    """The tally secret, out of sheets or from the keyboard: it is nowhere but in this process's memory."""
    key = from_b64u(frozen.tally_pk, length=65)
    if given is not None:
        return shares.recover(given, key=key)
    typed: list[str] = []
    while True:
        typed.append(input(f"Words of trustee {len(typed) + 1}: "))
        try:
            return shares.recover(typed, key=key)
        except Refused as refused:
            print(refused)
            if refused.problems[0].code != "BALLOT-161":  # a wrong word: that sheet is typed again
                typed.pop()


def sheets(folder: Path) -> list[str]:
    """Trustees' words as `bening ceremony --sheets` wrote them: the name, then the words."""
    return [path.read_text(encoding="utf-8").splitlines()[1] for path in sorted(folder.glob("*.txt"))]


def run(export: Path, frozen: Manifest, opener: seal.Opener, *, questionnaires: Path, out: Path) -> bytes:
    """Tally one export; writes the four files and returns their digest (32 bytes)."""
    leaves = Records(export / "leaves.bin", LogLeaf.SIZE)
    log.checked(leaves, (export / "checkpoints.txt").read_text(encoding="utf-8"), frozen.log["vkey"])
    hashes = [leaf[1:] for leaf in leaves if leaf[:1] == LogLeaf.BALLOT]
    lent = tools(instruments(frozen, questionnaires), opener)
    with (export / "ballots.bin").open("rb") as file:
        *parts, digest = tally(Ballots(file, size_of(frozen.pad)), hashes, frozen, lent)
    out.mkdir(parents=True, exist_ok=True)
    for name, part in zip(NAMES, parts, strict=True):
        write_whole(out / name, part)
    return digest


def instruments(manifest: Manifest, folder: Path) -> dict[str, Instrument]:
    """The frozen questionnaires, each the very bytes whose digest stands in the manifest (BALLOT-131)."""
    found = {}
    for name, digest in sorted(manifest.instruments.items()):
        data = (folder / f"{name}.json").read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise refuse("BALLOT-131", name=name)
        found[name] = load(data)
    return found


def tools(frozen: dict[str, Instrument], opener: seal.Opener) -> Tools:
    """What the pure tally is lent."""
    return Tools(
        verify_token=blind.verify,
        verify_owner=owner.verify,
        open_part=opener.open,
        check=lambda name, answers, texts: kind_of(check(frozen[name], answers, texts)),
        items={name: len(instrument.questions) for name, instrument in frozen.items()},
    )


def kind_of(problems: Sequence[Problem]) -> str:
    """What is wrong with somebody's answers in one word: the first thing, in the order of asking."""
    return KINDS.get(problems[0].code, "other") if problems else ""


def write_whole(path: Path, data: bytes) -> None:
    """A file that is there is whole."""
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
