"""Trees agree with RFC 6962, and no changed proof passes."""

import hashlib
import json
from pathlib import Path

import pytest

from bening.crypto import merkle

ORACLE = json.loads(Path("tests/oracles/rfc6962.json").read_text())
LEAVES = [bytes.fromhex(leaf) for leaf in ORACLE["leaves"]]
FORTY = [bytes([size]) * size for size in range(40)]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_eight_published_roots(size):
    assert merkle.root(LEAVES[:size]).hex() == ORACLE["roots"][size - 1]


def test_an_empty_tree_has_the_hash_of_nothing():
    assert merkle.root([]).hex() == ORACLE["empty"]


def literal(leaves):
    """The definition, word for word."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\1" + literal(leaves[:half]) + literal(leaves[half:])).digest()


def test_all_820_inclusion_proofs_pass_and_no_altered_one():
    for size in range(1, 41):
        leaves = FORTY[:size]
        root, tree = merkle.root(leaves), merkle.Tree(leaves)
        assert root == literal(leaves)
        for index, leaf in enumerate(leaves):
            path = tree.inclusion(index)
            assert path == merkle.Tree(FORTY).inclusion(index, size)
            assert merkle.verify_inclusion(leaf, index, size, path=path, root=root)
            for wrong in altered(path):
                assert not merkle.verify_inclusion(leaf, index, size, path=wrong, root=root)
            assert not merkle.verify_inclusion(leaf + b"x", index, size, path=path, root=root)
            assert not merkle.verify_inclusion(leaf, index, size, path=path, root=b"x" * 32)
            other = (index + 1) % size
            assert size == 1 or not merkle.verify_inclusion(leaf, other, size, path=path, root=root)


def test_all_820_consistency_proofs_pass_and_no_altered_one():
    roots = [merkle.root(FORTY[:size]) for size in range(41)]
    assert roots == [merkle.Tree(FORTY).root(size) for size in range(41)]
    for new in range(1, 41):
        for old in range(1, new + 1):
            proof = merkle.Tree(FORTY[:new]).consistency(old)
            assert merkle.verify_consistency(roots[old], old, roots[new], new, proof=proof)
            for wrong in altered(proof):
                assert not merkle.verify_consistency(roots[old], old, roots[new], new, proof=wrong)
            assert not merkle.verify_consistency(b"x" * 32, old, roots[new], new, proof=proof)
            assert not merkle.verify_consistency(roots[old], old, b"x" * 32, new, proof=proof)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_place_outside_the_tree_is_refused(index, size):
    assert not merkle.verify_inclusion(b"", index, size, path=[], root=merkle.leaf_hash(b""))


def test_nothing_is_consistent_with_an_empty_or_greater_tree():
    root = merkle.root(FORTY[:3])
    assert not merkle.verify_consistency(root, 0, root, 3, proof=[])
    assert not merkle.verify_consistency(root, 4, root, 3, proof=[])


def altered(path):
    """A step changed, dropped, added, and two steps swapped."""
    yield [*path, b"\0" * 32]
    for place, step in enumerate(path):
        yield [*path[:place], bytes([step[0] ^ 1]) + step[1:], *path[place + 1 :]]
        yield [*path[:place], *path[place + 1 :]]
    if len(path) > 1:
        yield [path[1], path[0], *path[2:]]


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 41)])
def test_a_tree_gives_no_path_for_what_it_does_not_hold(index, size):
    with pytest.raises(IndexError):
        merkle.Tree(FORTY).inclusion(index, size)
