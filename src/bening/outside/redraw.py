"""`bening redraw FOLDER`: draws a sample again from the auditor's package, on any machine.

The folder holds `frame.csv` (random references by institution and unit), `design.json` and `draw.json` (the
seed and the digests that were made public before the draw). Every digest is computed anew; nothing but NumPy,
SciPy and the standard library is used. Exit 0: identical; 1: something differs; 2: the package is unreadable.
"""

import argparse
import csv
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bening.core import canonical
from bening.core.kinds import FramePlace, Group
from bening.core.problems import Refused, refuse
from bening.core.sample import commitment, draw_by, frame_digest, read_design, selection_digest

COLUMNS = ["ref", "institution", "province", "group", "unit", "kind"]
FACTS = {"v", "round", "commitment", "frame", "design", "selection", "seed"}


@dataclass(frozen=True, slots=True)
class Check:
    """One digest as it was published and as it comes out here."""

    name: str
    published: str
    found: str


def main(words: Sequence[str]) -> int:
    """Repeat the draw of one package and say what is the same."""
    parser = argparse.ArgumentParser(prog="bening redraw", description=__doc__)
    parser.add_argument("folder", type=Path, help="frame.csv, design.json and draw.json, as unpacked")
    folder = parser.parse_args(words).folder
    try:
        checks, strata, people = run(folder)
    except Refused as refused:
        print(refused)
        return 2
    for check in checks:
        print(f"{check.name:<10} {'same' if check.published == check.found else 'DIFFERS'}  {check.found}")
    if all(check.published == check.found for check in checks):
        print(f"identical: {people} people drawn in {strata} strata")
        return 0
    print("not identical: what differs stands above; the published values stand in draw.json")
    return 1


def run(folder: Path) -> tuple[list[Check], int, int]:
    """The four digests of a package, computed anew; how many strata and people the draw has (SAMPLE-123)."""
    facts = read_facts(folder / "draw.json")
    people = read_frame(folder / "frame.csv")
    body = read(folder / "design.json")
    design = read_design(body)
    seed = seed_of(facts["seed"])
    checks = [
        Check("commitment", facts["commitment"], commitment(seed)),
        Check("frame", facts["frame"], frame_digest(people)),
        Check("design", facts["design"], hashlib.sha256(body).hexdigest()),
    ]
    try:
        _, drawn = draw_by(people, design, seed)
    except Refused as refused:  # readable, but no draw could have come of it
        return [*checks, Check("selection", facts["selection"], str(refused).splitlines()[0])], 0, 0
    checks.append(Check("selection", facts["selection"], selection_digest(drawn)))
    return checks, len(drawn), sum(len(one.drawn) for one in drawn)


def read_facts(path: Path) -> dict[str, str]:
    """The seed and the published digests."""
    try:
        facts = canonical.parse(read(path))
    except Refused as refused:
        raise refuse("SAMPLE-123", name=path.name, what=str(refused).splitlines()[0]) from refused
    if not isinstance(facts, dict) or set(facts) != FACTS or facts["v"] != 1:
        raise refuse("SAMPLE-123", name=path.name, what="fields")
    return {name: str(value) for name, value in facts.items()}


def seed_of(text: str) -> bytes:
    """The 32 bytes of a seed in hex."""
    try:
        seed = bytes.fromhex(text)
    except ValueError as error:
        raise refuse("SAMPLE-123", name="draw.json", what="seed") from error
    if len(seed) != 32:
        raise refuse("SAMPLE-123", name="draw.json", what="seed")
    return seed


def read_frame(path: Path) -> dict[FramePlace, list[str]]:
    """The references of the frame by where they stand."""
    found: defaultdict[FramePlace, list[str]] = defaultdict(list)
    try:
        rows = csv.reader(read(path).decode().splitlines())
        if next(rows, None) != COLUMNS:
            raise refuse("SAMPLE-123", name=path.name, what="columns")
        for ref, institution, province, group, unit, kind in rows:
            found[FramePlace(Group(group), institution, province, unit, kind)].append(ref)
    except (ValueError, csv.Error) as error:
        raise refuse("SAMPLE-123", name=path.name, what=str(error)[:120]) from error
    return dict(found)


def read(path: Path) -> bytes:
    """The bytes of a file of the package."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise refuse("SAMPLE-123", name=path.name, what=error.strerror or "missing") from error
