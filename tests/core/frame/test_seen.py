"""Hashes in flat arrays find what a dictionary finds."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from bening.core.frame import Institutions
from bening.core.frame.seen import Seen

KEYS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 60)), max_size=300)


@given(KEYS)
def test_the_first_holder_is_the_one_a_dictionary_keeps(keys):
    seen, known = Seen(size=4), {}
    for holder, key in enumerate(keys):
        assert seen.first(key, holder) == known.get(key)
        known.setdefault(key, holder)


def test_it_grows_and_forgets_nobody():
    seen = Seen()
    assert all(seen.first(("id", number), number) is None for number in range(20_000))
    assert [seen.first(("id", number), 0) for number in (0, 1, 777, 19_999)] == [0, 1, 777, 19_999]
    assert 20_000 < len(seen.hashes) <= 40_000


def test_keys_that_fall_on_the_same_slot_stay_apart():
    seen = Seen(size=8)
    marks = [8, 16, 24]
    assert [seen.place(mark, mark) for mark in marks] == [None, None, None]
    assert [seen.place(mark, 0) for mark in marks] == marks


def test_a_person_on_two_institutions_lists_is_told_once_with_the_first():
    lists = Institutions()
    first, second, third = (lists.meet(code) for code in ("kab-x", "kab-y", "kab-z"))
    keys = [("id", "1"), ("ayu", "+62811")]
    assert first(keys) is None
    assert first(keys) is None
    assert second([("id", "2"), ("ayu", "+62811")]) == "kab-x"
    assert third([("id", "2")]) == "kab-y"
    assert third([("budi", "+62811")]) is None


@given(st.permutations(range(6)))
def test_the_order_of_lists_changes_who_is_first_and_not_who_is_found(order):
    lists = Institutions()
    found = [lists.meet(f"kab-{place}")([("id", "same")]) for place in order]
    assert found == [None, *itertools.repeat(f"kab-{order[0]}", 5)]
