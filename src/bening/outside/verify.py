"""`bening verify FOLDER`: checks a release as anybody can who has nothing but the folder.

Says line by line what holds: every file is the one the checksums name; the manifest is whole; the public log
never changed and holds manifest and tally; nobody was counted who had no right to be.
"""

import argparse
import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bening.core.problems import Refused, refuse
from bening.core.response import LogLeaf
from bening.core.response import load as load_manifest
from bening.crypto import merkle
from bening.crypto.quota import limit
from bening.outside import log
from bening.outside.tally import Records

SUMS = "SHA256SUMS"


def main(words: Sequence[str]) -> int:
    """Run every check; 1 at the first that fails."""
    parser = argparse.ArgumentParser(prog="bening verify", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(words).folder
    try:
        for check in CHECKS:
            print(f"ok  {check(folder)}")
    except Refused as refused:
        print(f"NO  {refused}")
        return 1
    except (OSError, ValueError, KeyError) as broken:
        print(f"NO  {refuse('BALLOT-134', what=f'{type(broken).__name__}: {broken}')}")
        return 1
    return 0


def sums(folder: Path) -> str:
    """Every file is the one that was signed for, and there is no other."""
    listed = (folder / SUMS).read_bytes()
    there = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    there.remove(SUMS)
    found = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}" for name in there]
    differ = set(found) ^ set(listed.decode().splitlines())
    if differ or listed != "".join(f"{line}\n" for line in found).encode():
        raise refuse("BALLOT-134", what=min(differ, default=SUMS).split("  ")[-1])
    whole = hashlib.sha256(listed).hexdigest()
    return f"{len(found)} files are those of the checksums; compare with the announced {whole}"


def manifest(folder: Path) -> str:
    """Keys and sizes of the round, under one root."""
    frozen = _manifest(folder)
    return (
        f"round {frozen.round}, {len(frozen.entries)} groups, deployment {frozen.split}, root {frozen.root}"
    )


def public_log(folder: Path) -> str:
    """The log grew and never changed; manifest and tally stand in it."""
    leaves = Records(folder / "proof" / "leaves", LogLeaf.SIZE)
    text = (folder / "proof" / "checkpoints").read_text(encoding="utf-8")
    signed = log.checked(leaves, text, _manifest(folder).log["vkey"])
    known = set(leaves)
    for kind, digest in (
        (LogLeaf.MANIFEST, _manifest(folder).digest),
        (LogLeaf.TALLY, _counts(folder)["tally"]),
    ):
        if kind + bytes.fromhex(digest) not in known:
            raise refuse("BALLOT-134", what=digest)
    return f"{signed.size} lines in the log, root {signed.root.hex()}; manifest and tally are among them"


def counts(folder: Path) -> str:
    """Nobody was counted without a right, and no group has more rights than people drawn."""
    labels = _counts(folder)["labels"]
    sampled = {entry.stratum: entry.sampled for entry in _manifest(folder).entries}
    for name, row in sorted(labels.items()):
        drawn = sum(sampled[stratum] for stratum in row["strata"])
        if not row["counted"] <= row["issued"] <= row["sampled"] + row["reissued"] or row["sampled"] > drawn:
            raise refuse("BALLOT-134", what=name)
        share = sum(limit(sampled[stratum]) - sampled[stratum] for stratum in row["strata"])
        if row["reissued"] > share:  # the signer signs no more than that beyond the people drawn
            raise refuse("BALLOT-134", what=f"{name}: reissued")
    ballots = sum(leaf[:1] == LogLeaf.BALLOT for leaf in Records(folder / "proof" / "leaves", LogLeaf.SIZE))
    counted = sum(row["counted"] for row in labels.values())
    if counted > ballots:
        raise refuse("BALLOT-134", what="counted")
    again = sum(row["reissued"] for row in labels.values())
    return f"{counted} answers counted out of {ballots} logged; {again} rights were issued again"


def codes(folder: Path) -> str:
    """Each counted record gave its phone a code of its own."""
    rows = (folder / "proof" / "codes.txt").read_text(encoding="ascii").splitlines()
    counted = sum(row["counted"] for row in _counts(folder)["labels"].values())
    if rows != sorted(rows) or len(rows) != counted:
        raise refuse("BALLOT-134", what="codes.txt")
    return f"{len(rows)} receipt codes, {len(set(rows))} of them different"


def _manifest(folder: Path) -> Any:
    header, lines = (folder / "proof" / name for name in ("manifest.json", "manifest.jsonl"))
    return load_manifest(header.read_bytes(), lines.read_bytes(), merkle.root)


def _counts(folder: Path) -> Any:
    return json.loads((folder / "proof" / "counts.json").read_bytes())


CHECKS: tuple[Callable[[Path], str], ...] = (sums, manifest, public_log, counts, codes)
