"""The signer's book: no stratum beyond its people, whatever is killed, repeated or put back."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.crypto.quota import RECORD, Quota, compact, counts, limit

ONE, TWO = b"\1" * 32, b"\2" * 32


def test_one_in_fifty_may_be_signed_again_and_at_least_one():
    assert [limit(sampled) for sampled in (1, 30, 99, 100, 600)] == [2, 31, 100, 102, 612]


def test_a_stratum_gets_no_more_than_its_people(tmp_path):
    book = Quota(tmp_path / "quota", {ONE: 2, TWO: 1})
    assert book.admit([(ONE, b"a"), (ONE, b"b"), (ONE, b"c"), (TWO, b"a")]) == [True, True, False, True]
    assert book.admit([(ONE, b"d"), (TWO, b"b")]) == [False, False]


def test_what_was_admitted_once_is_admitted_for_ever_and_counted_once(tmp_path):
    path = tmp_path / "quota"
    book = Quota(path, {ONE: 1})
    assert book.admit([(ONE, b"a"), (ONE, b"a")]) == [True, True]
    assert book.admit([(ONE, b"a")]) == [True]
    assert path.stat().st_size == RECORD
    assert counts(path, [ONE, TWO]) == {ONE: 1, TWO: 0}


def test_a_signer_that_starts_again_remembers_everything(tmp_path):
    path = tmp_path / "quota"
    Quota(path, {ONE: 1}).admit([(ONE, b"a")])
    again = Quota(path, {ONE: 1})
    assert again.admit([(ONE, b"b"), (ONE, b"a")]) == [False, True]


@given(st.integers(1, RECORD - 1))
def test_a_record_cut_off_by_a_crash_was_never_signed(tmp_path_factory, left):
    path = tmp_path_factory.mktemp("book") / "quota"
    Quota(path, {ONE: 3}).admit([(ONE, b"a"), (ONE, b"b")])
    os.truncate(path, RECORD + left)
    book = Quota(path, {ONE: 2})
    assert path.stat().st_size == RECORD
    assert book.admit([(ONE, b"b"), (ONE, b"c")]) == [True, False]


def test_compaction_forgets_the_order_and_nothing_else(tmp_path):
    """A signer that is running goes on with the sorted book."""
    path = tmp_path / "quota"
    book = Quota(path, {ONE: 100, TWO: 100})
    book.admit([(kid, bytes([n])) for n in range(20) for kid in (TWO, ONE)])
    before = path.read_bytes()
    assert compact(path) == 40
    after = path.read_bytes()
    rows = [after[at : at + RECORD] for at in range(0, len(after), RECORD)]
    assert rows == sorted(rows)
    assert after != before
    assert book.admit([(ONE, b"new"), (ONE, b"\3")]) == [True, True]
    assert path.read_bytes()[: len(after)] == after
    assert path.stat().st_size == len(after) + RECORD
    assert compact(path) == 41


def test_a_book_that_would_shrink_is_left_as_it_is(tmp_path):
    path = tmp_path / "quota"
    Quota(path, {ONE: 3}).admit([(ONE, b"a")])
    path.write_bytes(path.read_bytes() * 2)
    with pytest.raises(ValueError, match="twice"):
        compact(path)
    assert path.stat().st_size == 2 * RECORD


def test_nothing_is_lost_while_the_book_is_sorted(tmp_path):
    path = tmp_path / "quota"
    book = Quota(path, {ONE: 5000})
    with ThreadPoolExecutor(1) as other:
        sorting = other.submit(lambda: [compact(path) for _ in range(30)])
        for n in range(300):
            assert book.admit([(ONE, n.to_bytes(2, "big"))]) == [True]
        sorting.result()
    assert counts(path, [ONE]) == {ONE: 300}
