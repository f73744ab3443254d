"""`bening ceremony`: makes the tally key on an offline machine and gives its words to the trustees.

The secret lives in this process's memory alone. Before anybody goes home the program shows, in front of the
camera, that different groups of trustees recover it and that one trustee fewer does not.
"""

import argparse
import itertools
import sys
from collections.abc import Sequence
from pathlib import Path

from bening.core.canonical import b64u, dump
from bening.core.problems import Refused, refuse
from bening.crypto import seal, shares

COLUMNS = 3
CLEAR = "\033[2J\033[H\033[3J"  # the terminal's own memory of lines included


def main(words: Sequence[str]) -> int:
    """Run one ceremony; 1 if its own check fails."""
    parser = argparse.ArgumentParser(prog="bening ceremony", description=__doc__)
    parser.add_argument("--trustees", required=True, help="names, separated by commas")
    parser.add_argument("--needed", type=int, required=True, help="how many of them open the box")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="the public half, for freezing"
    )
    parser.add_argument(
        "--sheets", type=Path, metavar="DIR", help="write the words to files: for drills and demos only"
    )
    options = parser.parse_args(words)
    names = [name.strip() for name in options.trustees.split(",") if name.strip()]
    try:
        check(names, options.needed)
        secret = seal.make()
        sheets = shares.split(secret, threshold=options.needed, count=len(names))
        for line in rehearsal(sheets, needed=options.needed, key=seal.public(secret)):
            print(line)
    except Refused as refused:
        print(refused)
        return 1
    if options.sheets:
        write_sheets(options.sheets, names, sheets)
    else:
        hand_over(names, sheets)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(public_half(secret, names, options.needed))  # last: a key nobody holds is no key
    print(f"tally key {b64u(seal.public(secret))}")
    return 0


def check(names: Sequence[str], needed: int) -> None:
    """Refuses doubled names, a single holder, and numbers the words cannot carry (BALLOT-163)."""
    if not 2 <= needed <= len(names) <= 16 or len(set(names)) != len(names):
        raise refuse("BALLOT-163", needed=needed, count=len(names))


def public_half(secret: bytes, names: Sequence[str], needed: int) -> bytes:
    """What the manifest will carry: tally key and trustees."""
    trustees = {"k": needed, "n": len(names), "names": list(names)}
    return dump({"tally_pk": b64u(seal.public(secret)), "trustees": trustees}) + b"\n"


def rehearsal(sheets: Sequence[str], *, needed: int, key: bytes) -> list[str]:
    """Two different groups recover the key, one fewer does not; says so line by line, or refuses."""
    groups = list(itertools.combinations(range(len(sheets)), needed))
    said = []
    for group in dict.fromkeys((groups[0], groups[-1])):
        shares.recover([sheets[place] for place in group], key=key)
        said.append(f"trustees {_places(group)}: the key is recovered")
    few = groups[0][:-1]
    try:
        shares.recover([sheets[place] for place in few], key=key)
    except Refused:
        return [*said, f"trustees {_places(few)}: not enough"]
    raise refuse("BALLOT-164", given=len(few))


def _places(group: Sequence[int]) -> str:
    return ", ".join(str(place + 1) for place in group)


def hand_over(names: Sequence[str], sheets: Sequence[str]) -> None:
    """Show each trustee's words to that trustee alone, one after the other."""
    for name, sheet in zip(names, sheets, strict=True):
        input(f"\n{name}: come to the screen alone, then press Enter. ")
        print(f"{CLEAR}{page(name, sheet)}")
        input("\nWritten down and compared? Enter clears the screen. ")
        print(CLEAR, end="")
        sys.stdout.flush()


def page(name: str, sheet: str) -> str:
    """The words of one trustee, numbered, in columns."""
    cells = [f"{place:2} {word:<10}" for place, word in enumerate(sheet.split(), 1)]
    rows = (cells[at : at + COLUMNS] for at in range(0, len(cells), COLUMNS))
    return "\n".join([name, "", *("   ".join(row).rstrip() for row in rows)])


def write_sheets(folder: Path, names: Sequence[str], sheets: Sequence[str]) -> None:
    """The words as files: whoever can read this folder can open the box, which is right in a drill only."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for place, (name, sheet) in enumerate(zip(names, sheets, strict=True), 1):
        path = folder / f"trustee-{place}.txt"
        path.write_text(f"{name}\n{sheet}\n", encoding="utf-8")
        path.chmod(0o600)
