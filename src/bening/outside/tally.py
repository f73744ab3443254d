"""`bening tally`: opens the exported ballots, offline, and writes four files sorted by content.

Everything is computed before anything is written, and a file appears under its name only when it is whole: a
killed tally is run again and gives the same bytes, as does any other machine.
"""

import argparse
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from bening.core.kinds import Instrument, Manifest
from bening.core.problems import Refused, refuse
from bening.core.questionnaire import check, load
from bening.core.response import Tools, plain, tally
from bening.core.response import load as load_manifest
from bening.core.response.layout import size_of
from bening.core.response.output import NAMES
from bening.crypto import merkle, owner

LEAF = 33  # type byte and digest
BALLOT = 1


class Records(Sequence[bytes]):
    """Equal pieces of a file, cut when asked for, so that a national export stays one block of memory."""

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


def main(words: Sequence[str]) -> int:
    """Run the tally of one export."""
    parser = argparse.ArgumentParser(prog="bening tally", description=__doc__)
    for name, what in (
        ("export", "ballots.bin and leaves.bin"),
        ("manifest", "manifest.json and manifest.jsonl"),
        ("questionnaires", "the frozen questionnaires, NAME.json"),
        ("out", "where the four files go"),
    ):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="DIR", help=what)
    options = parser.parse_args(words)
    try:
        digest = run(options.export, options.manifest, questionnaires=options.questionnaires, out=options.out)
    except Refused as refused:
        print(refused)
        return 1
    print(f"tally digest {digest.hex()}")
    return 0


def run(export: Path, manifest: Path, *, questionnaires: Path, out: Path) -> bytes:
    """Tally one export; writes the four files and returns their digest (32 bytes)."""
    frozen = load_manifest(
        (manifest / "manifest.json").read_bytes(), (manifest / "manifest.jsonl").read_bytes(), merkle.root
    )
    ballots = Records(export / "ballots.bin", size_of(frozen.pad))
    leaves = Records(export / "leaves.bin", LEAF)
    hashes = [leaf[1:] for leaf in leaves if leaf[0] == BALLOT]
    *parts, digest = tally(ballots, hashes, frozen, tools(instruments(frozen, questionnaires)))
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


def tools(frozen: dict[str, Instrument]) -> Tools:
    """What the pure tally is lent."""
    return Tools(
        verify_token=plain.verify_token,
        verify_owner=owner.verify,
        open_part=plain.unseal,
        check=lambda name, answers, texts: not check(frozen[name], answers, texts),
        items={name: len(instrument.questions) for name, instrument in frozen.items()},
    )


def write_whole(path: Path, data: bytes) -> None:
    """A file that is there is whole."""
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
