"""The public log as anybody checks it: leaves, signed roots, and that no root was ever taken back.

Used by the tally, by `bening verify` and by witnesses; reads files, knows no network.
"""

import base64
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bening.core.problems import refuse
from bening.crypto import merkle, notes

LINES = 6  # of a note in a file of notes: origin, size, root, empty, signature, empty


class Signed(NamedTuple):
    """A checkpoint whose signature holds."""

    size: int
    root: bytes


def opened(note: str, vkey: str) -> Signed:
    """The checkpoint of a note, or `Refused` if the log did not sign it (BALLOT-132)."""
    try:
        origin, key = notes.read_vkey(vkey)
        text = notes.verified(note, origin, key)
        name, size, root = (text or "").splitlines()
        found = Signed(int(size), base64.b64decode(root, validate=True))
    except ValueError:
        raise refuse("BALLOT-132") from None
    if name != origin or notes.checkpoint(name, found.size, found.root) != text:
        raise refuse("BALLOT-132")
    return found


def chain(text: str) -> Iterator[str]:
    """The notes of a file, one after the other."""
    lines = text.splitlines()
    for at in range(0, len(lines), LINES):
        yield "\n".join(lines[at : at + LINES - 1]) + "\n"


def checked(leaves: Sequence[bytes], text: str, vkey: str) -> Signed:
    """The last checkpoint, after every one of them was found to be a beginning of these leaves.

    Refuses a bad signature (BALLOT-132), and leaves that are not those of the signed roots (BALLOT-133).
    """
    tree = merkle.Tree(leaves)
    last = None
    for note in chain(text):
        last = opened(note, vkey)
        if last.size > len(tree) or tree.root(last.size) != last.root:
            raise refuse("BALLOT-133", size=last.size)
    if last is None or last.size != len(tree):
        raise refuse("BALLOT-133", size=len(tree))
    return last
