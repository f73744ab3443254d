"""How many are visited, and by whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.fieldwork import FINAL, dealt, visit_counts
from bening.core.kinds import VisitOutcome
from bening.core.problems import Refused


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(1, 500)), st.integers(1, 100))
def test_every_stratum_has_a_chance_and_none_more_people_than_wait(waiting, percent):
    counts = visit_counts(waiting, percent)
    assert list(counts) == sorted(waiting)
    for label, people in waiting.items():
        assert 1 <= counts[label] <= people
        assert 0 <= counts[label] - people * percent / 100 < 1


@pytest.mark.parametrize("percent", [0, -5, 101])
def test_what_is_no_share_is_refused(percent):
    with pytest.raises(Refused, match="FIELD-141"):
        visit_counts({"a": 3}, percent)


@given(st.lists(st.text("abc"), unique=True), st.lists(st.text("xyz"), min_size=1, max_size=5, unique=True))
def test_visits_are_dealt_in_pieces_of_the_given_order(refs, names):
    pairs = dealt(refs, names)
    assert [ref for ref, _ in pairs] == refs
    given_ = [[who for _, who in pairs].count(name) for name in names]
    assert max(given_) - min(given_) <= 1
    assert [who for _, who in pairs] == sorted((who for _, who in pairs), key=names.index)


def test_only_where_nobody_was_met_a_second_visit_makes_sense():
    assert set(VisitOutcome) - FINAL == {VisitOutcome.NOBODY, VisitOutcome.AWAY}
