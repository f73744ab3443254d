"""`bening destroy_keys`: destroys what could still open or link answers, in public, and signs a protocol.

It works on what lies on this machine: private stratum keys (signer), the pepper of invite secrets (gate),
sheets of trustees' words. Without `--yes` it only says what would go. It refuses before the time for
objections is over, and while the tally's digest is not in the public log: without keys nothing can be counted
again. Stopped half-way, the protocol of what was begun stays beside the place of the whole one.
"""

import argparse
import hashlib
import os
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from bening.core.kinds import Manifest
from bening.core.problems import Refused, refuse
from bening.core.response import LogLeaf, expect_due, from_b64u, protocol
from bening.crypto import notes
from bening.crypto.wipe import wipe
from bening.outside import log
from bening.outside.tally import Records, read_manifest, write_whole


class Kind(NamedTuple):
    """One kind of key on this machine."""

    name: str
    public: str  # what anybody can compare it with
    files: list[Path]

    def __str__(self) -> str:
        return f"{self.name} {len(self.files)} {self.public}"


def main(words: Sequence[str]) -> int:
    """Destroy, or say what would be destroyed; 1 if it refuses."""
    options = read(words)
    try:
        manifest = read_manifest(options.manifest)
        expect_due(manifest, int(os.environ.get("OBJECTION_DAYS", "30")), today())
        expect_tallied(manifest, options.log, options.tally)
        kinds = list(found(manifest, options))
        if not any(kind.files for kind in kinds):
            raise refuse("BALLOT-177", round=manifest.round, what="–")
    except Refused as refused:
        print(refused)
        return 1
    for kind in kinds:
        print(kind)
    if not options.yes:
        print("Nothing was destroyed; say --yes to destroy these.")
        return 0
    done(manifest, kinds, options)
    return 0


def read(words: Sequence[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bening destroy_keys", description=__doc__)
    for name, what, needed in (
        ("manifest", "folder of manifest.json and manifest.jsonl", True),
        ("log", "folder of the public log: leaves and checkpoints", True),
        ("sign", "secret of 32 bytes that signs the protocol, such as the log's", True),
        ("out", "where the protocol goes", True),
        ("keys", "folder of the private stratum keys", False),
        ("pepper", "the pepper's file", False),
        ("words", "folder with sheets of trustees' words", False),
    ):
        parser.add_argument(f"--{name}", type=Path, metavar="PATH", required=needed, help=what)
    parser.add_argument(
        "--tally", required=True, metavar="DIGEST", help="the tally's digest, as it was announced"
    )
    parser.add_argument("--by", required=True, metavar="NAME", help="who does it")
    parser.add_argument(
        "--witness", action="append", default=[], metavar="NAME", help="who looks on; several"
    )
    parser.add_argument("--yes", action="store_true", help="really destroy; it cannot be undone")
    return parser.parse_args(words)


def today() -> date:
    """The calendar of this machine."""
    return datetime.now().astimezone().date()


def expect_tallied(manifest: Manifest, folder: Path, digest: str) -> None:
    """The whole log is checked; the digest must be one of its leaves (BALLOT-176)."""
    leaves = Records(folder / "leaves", LogLeaf.SIZE)
    log.checked(leaves, (folder / "checkpoints").read_text(encoding="utf-8"), manifest.log["vkey"])
    try:
        wanted = LogLeaf.TALLY + bytes.fromhex(digest)
    except ValueError:
        wanted = b""
    if wanted not in set(leaves):
        raise refuse("BALLOT-176", digest=digest)


def found(manifest: Manifest, options: argparse.Namespace) -> Iterator[Kind]:
    """What lies here, each compared with the manifest before anything is touched (BALLOT-177)."""
    if options.keys:
        files = sorted(options.keys.glob("*.pem"))
        strangers = {path.stem for path in files} - {entry.kid for entry in manifest.entries}
        if strangers:
            raise refuse("BALLOT-177", round=manifest.round, what=min(strangers))
        names = "".join(f"{path.stem}\n" for path in files)
        yield Kind("stratum-keys", hashlib.sha256(names.encode()).hexdigest(), files)
    if options.pepper:
        yield Kind("pepper", "-", [path for path in [options.pepper] if path.exists()])
    if options.words:
        key = from_b64u(manifest.tally_pk, length=65)
        files = sorted(options.words.glob("*.txt"))
        yield Kind("trustees-words", hashlib.sha256(key).hexdigest(), files)


def done(manifest: Manifest, kinds: Sequence[Kind], options: argparse.Namespace) -> None:
    """Destroy, then sign and write what was destroyed; prints the digest that goes into the public log."""
    gone = [str(kind) for kind in kinds if kind.files]
    text = protocol(
        manifest, tally=options.tally, today=today(), by=options.by, witnesses=options.witness, gone=gone
    )
    note = notes.signed(text, manifest.log["origin"], options.sign.read_bytes()).encode()
    begun = options.out.with_name(f"{options.out.name}.begun")
    write_whole(begun, note)
    for kind in kinds:
        for path in kind.files:
            wipe(path)
    begun.replace(options.out)
    print(f"protocol {hashlib.sha256(note).hexdigest()}")
