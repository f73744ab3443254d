"""What is ready and what comes next."""

from hypothesis import given
from hypothesis import strategies as st

from bening.core.kinds import Preparation
from bening.core.outreach import ITEMS, next_item, readiness

FACTS = st.dictionaries(st.sampled_from(ITEMS), st.tuples(st.integers(0, 40), st.integers(0, 40)))


@given(FACTS)
def test_every_item_stands_on_the_board_and_what_nobody_counted_is_not_ready(facts):
    found = readiness(facts)
    assert [each.item for each in found] == list(ITEMS)
    for each in found:
        done, total = facts.get(each.item, (0, 1))
        assert each.ready == (done >= total)


@given(FACTS)
def test_the_next_thing_is_the_first_that_is_not_ready(facts):
    found = readiness(facts)
    first = next_item(found)
    assert (first is None) == all(each.ready for each in found)
    for each in found:
        if each.item == first:
            break
        assert each.ready


def test_no_open_question_is_ready():
    assert Preparation("questions", 0, 0).ready
