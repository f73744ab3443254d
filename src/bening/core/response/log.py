"""The leaves of the public log: a byte for the kind, then a digest of 32 bytes."""

from collections.abc import Callable, Sequence

from bening.core.canonical import dump


class LogLeaf:
    """The kinds of leaves, and how long one is."""

    BALLOT, MANIFEST, CLIENT, TALLY, DESTROYED = b"\1", b"\2", b"\3", b"\4", b"\5"
    SIZE = 33


def landmarks(leaves: Sequence[bytes], path: Callable[[int], Sequence[bytes]], *, note: str) -> bytes:
    """The leaves that are no ballots, each with its place and its path to the root that `note` signs.

    Small enough for a phone, which checks with it that its client and manifest stand in the log. `path`:
    place -> inclusion path in the tree over exactly these leaves.
    """
    rows = [
        {"index": place, "leaf": leaf.hex(), "path": [step.hex() for step in path(place)]}
        for place, leaf in enumerate(leaves)
        if leaf[:1] != LogLeaf.BALLOT
    ]
    return dump({"checkpoint": note, "leaves": rows})
