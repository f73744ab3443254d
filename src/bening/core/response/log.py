"""The leaves of the public log: a byte for the kind, then a digest of 32 bytes."""


class LogLeaf:
    """The kinds of leaves, and how long one is."""

    BALLOT, MANIFEST, CLIENT, TALLY = b"\1", b"\2", b"\3", b"\4"
    SIZE = 33
