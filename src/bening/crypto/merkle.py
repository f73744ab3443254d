"""Merkle trees of RFC 6962: roots, and proofs that a leaf is in a tree or that a tree only grew."""

import hashlib
from collections.abc import Iterable, Sequence

HASH = 32


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf data (32 bytes); an empty tree has the hash of nothing."""
    return Tree(leaves).root()


class Tree:
    """A tree over leaf data that answers for its present size and for every smaller one it once had.

    Keeps the hashes of all complete subtrees, one string of bytes a level: 64 bytes a leaf.
    """

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self._levels = [b"".join(map(leaf_hash, leaves))]
        while len(self._levels[-1]) >= 2 * HASH:
            row = self._levels[-1]
            pairs = range(0, len(row) - HASH, 2 * HASH)
            self._levels.append(
                b"".join(node_hash(row[at : at + HASH], row[at + HASH : at + 2 * HASH]) for at in pairs)
            )

    def __len__(self) -> int:
        return len(self._levels[0]) // HASH

    def root(self, size: int | None = None) -> bytes:
        """The root of the first `size` leaves, of all by default."""
        size = len(self) if size is None else size
        return self._head(0, size) if size else hashlib.sha256().digest()

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """The path from leaf `index` to the root over the first `size` leaves, leaf side first."""
        size = len(self) if size is None else size
        if not 0 <= index < size <= len(self):
            raise IndexError(index)
        path, low, high = [], 0, size
        while high - low > 1:
            half = low + split(high - low)
            if index < half:
                path.append(self._head(half, high))
                high = half
            else:
                path.append(self._head(low, half))
                low = half
        return path[::-1]

    def consistency(self, old: int) -> list[bytes]:
        """The proof that the first `old` leaves (1 or more) are a beginning of the whole tree."""
        proof, low, high, whole = [], 0, len(self), True
        while old - low != high - low:
            half = low + split(high - low)
            if old <= half:
                proof.append(self._head(half, high))
                high = half
            else:
                proof.append(self._head(low, half))
                low, whole = half, False
        return [*([] if whole else [self._head(low, high)]), *proof[::-1]]

    def _head(self, low: int, high: int) -> bytes:
        """The hash over the leaves from `low` to before `high`, which begin a subtree."""
        size = high - low
        if size & (size - 1) == 0:
            at = (low // size) * HASH
            return self._levels[size.bit_length() - 1][at : at + HASH]
        half = low + split(size)
        return node_hash(self._head(low, half), self._head(half, high))


def split(size: int) -> int:
    """The largest power of two below the size: where RFC 6962 cuts a tree in two."""
    return 1 << (size - 1).bit_length() - 1


def verify_inclusion(data: bytes, index: int, size: int, *, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the leaf data stands at `index` of the tree with this size and root."""
    if not 0 <= index < size:
        return False
    here, last = index, size - 1
    current = leaf_hash(data)
    for step in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            current = node_hash(step, current)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            current = node_hash(current, step)
        here, last = here >> 1, last >> 1
    return last == 0 and current == root


def verify_consistency(
    old_root: bytes, old_size: int, new_root: bytes, new_size: int, *, proof: Sequence[bytes]
) -> bool:
    """Whether the tree of `new_size` leaves begins with the tree of `old_size` leaves (RFC 9162, 2.1.4.2)."""
    if not 0 < old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    # The proof of a complete old tree leaves out its root, which the verifier has.
    steps = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not steps:
        return False
    here, last = old_size - 1, new_size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            new = node_hash(new, step)
        here, last = here >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root
