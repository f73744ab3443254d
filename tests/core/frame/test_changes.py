"""What changed between two versions."""

from hypothesis import given
from hypothesis import strategies as st

from bening.core.frame import Changes, compare

ROWS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["x", "y"])), max_size=12)


def keyed(rows):
    """Rows with a key and one field, numbered from 2."""
    return [(key, row, {"kontak": value}) for row, (key, value) in enumerate(rows, 2)]


def test_rows_are_paired_by_key_wherever_they_stand():
    old = keyed([("ayu", "1"), ("budi", "2"), ("citra", "3")])
    new = keyed([("citra", "3"), ("ayu", "9"), ("dedi", "4")])
    assert compare(old, new) == Changes(added=(4,), removed=(3,), changed={3: ("kontak",)}, same=1)


def test_a_key_that_stands_twice_is_paired_one_by_one():
    twice = keyed([("ayu", "1"), ("ayu", "2")])
    assert compare(twice, twice) == Changes((), (), {}, 2)
    assert compare(twice, twice[:1]).removed == (3,)


@given(ROWS, ROWS)
def test_nothing_is_lost_in_a_comparison(old, new):
    found = compare(keyed(old), keyed(new))
    assert len(found.added) + len(found.changed) + found.same == len(new)
    assert len(found.removed) + len(found.changed) + found.same == len(old)
    back = compare(keyed(new), keyed(old))
    assert (back.added, back.removed, back.same) == (found.removed, found.added, found.same)
