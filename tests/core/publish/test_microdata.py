"""DSC-10: in the controlled room nobody stands alone among the records."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.problems import Refused
from bening.core.publish import k_anonymous

NAMES = ("stratum", "sex", "age", "grade")
people = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 4), st.integers(0, 3)),
    min_size=5,
    max_size=80,
)


def columns(rows):
    return dict(zip(NAMES, np.array(rows).T, strict=True))


def records(table):
    return list(zip(*(table[name].tolist() for name in NAMES), strict=True))


@given(people)
def test_everybody_looks_like_five_and_nothing_is_changed_but_blanked(rows):
    made = records(k_anonymous(columns(rows)))
    assert min(Counter(made).values()) >= 5
    for before, after in zip(rows, made, strict=True):
        assert all(now in (was, -1) for was, now in zip(before, after, strict=True))


@given(people, st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(rows, chance):
    order = list(range(len(rows)))
    chance.shuffle(order)
    made = records(k_anonymous(columns(rows)))
    assert records(k_anonymous(columns([rows[k] for k in order]))) == [made[k] for k in order]


def test_records_that_are_many_alike_stay_whole_and_the_last_column_goes_first():
    rows = [(0, 0, 1, 1)] * 6 + [(0, 1, 2, 0)] * 3 + [(0, 1, 2, 3)] * 2
    made = records(k_anonymous(columns(rows)))
    assert made[:6] == rows[:6]
    assert set(made[6:]) == {(0, 1, 2, -1)}


def test_the_smallest_class_hides_a_few_who_are_like_nobody():
    rows = [(0, 0, 0, 0)] * 7 + [(1, 0, 0, 0)] * 5 + [(2, 1, 1, 1)]
    made = records(k_anonymous(columns(rows)))
    assert Counter(made) == {(0, 0, 0, 0): 7, (-1, -1, -1, -1): 6}


def test_fewer_than_five_records_are_not_kept():
    with pytest.raises(Refused, match="PUBLISH-109"):
        k_anonymous(columns([(0, 0, 0, 0)] * 4))
