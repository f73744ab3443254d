"""Merkle trees of RFC 6962: roots, and proofs that a leaf is in a tree or that a tree only grew."""

import hashlib
from collections.abc import Sequence


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf data (32 bytes); an empty tree has the hash of nothing."""
    return levels(leaves)[-1][0] if leaves else hashlib.sha256().digest()


def levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """All hashes, leaves first; a last node without a neighbour rises unchanged, which is RFC 6962's tree."""
    rows = [[leaf_hash(leaf) for leaf in leaves]]
    while len(rows[-1]) > 1:
        row = rows[-1]
        pairs = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=False)]
        rows.append(pairs + row[len(pairs) * 2 :])
    return rows


def inclusion(rows: Sequence[Sequence[bytes]], index: int) -> list[bytes]:
    """The path from leaf `index` to the root, leaf side first, out of the `levels` of a tree."""
    path = []
    for row in rows[:-1]:
        neighbour = index ^ 1
        if neighbour < len(row):
            path.append(row[neighbour])
        index >>= 1
    return path


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


def consistency(leaves: Sequence[bytes], size: int) -> list[bytes]:
    """The proof that the first `size` leaves (1 or more) are a beginning of the whole tree."""
    return _subproof(leaves, size, True)


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


def _subproof(leaves: Sequence[bytes], size: int, whole: bool) -> list[bytes]:
    if size == len(leaves):
        return [] if whole else [root(leaves)]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if size <= half:
        return [*_subproof(leaves[:half], size, whole), root(leaves[half:])]
    return [*_subproof(leaves[half:], size - half, False), root(leaves[:half])]
