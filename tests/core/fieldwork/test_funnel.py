"""Cells of invitations: sums hold, and small ones do not say how many answered."""

from hypothesis import given
from hypothesis import strategies as st

from bening.core.fieldwork import Funnel, Way, funnels, gathered, protected
from bening.core.fieldwork.funnel import LEAST

WAYS = st.lists(
    st.builds(
        Way,
        label=st.sampled_from(["a/1", "a/2", "b/1"]),
        channel=st.sampled_from(["whatsapp", "sms", "letter"]),
        sent=st.booleans(),
        delivered=st.booleans(),
        undeliverable=st.booleans(),
        refused=st.booleans(),
        issued=st.booleans(),
    ),
    max_size=60,
)


@given(WAYS)
def test_every_margin_adds_up_to_the_whole(ways):
    labels = funnels(ways, lambda way: way.label)
    into = {label: label[0] for label in labels}
    wholes = [labels, funnels(ways, lambda way: way.channel), gathered(labels, into)]
    assert {sum(cells.values(), Funnel()) for cells in wholes} == {
        sum((one for one in wholes[0].values()), Funnel())
    }
    assert sum(cell.planned for cell in labels.values()) == len(ways)
    assert sum(cell.issued for cell in labels.values()) == sum(way.issued for way in ways)


@given(WAYS)
def test_a_number_that_is_kept_back_is_of_ten_people_at_least_or_of_all(ways):
    cells = funnels(ways, lambda way: way.channel)
    shown = protected(cells)
    hidden = [cell for cell in shown.values() if cell.issued is None]
    assert all(cell.issued is None for cell in shown.values() if cell.planned < LEAST)
    assert not hidden or sum(cell.planned for cell in hidden) >= LEAST or len(hidden) == len(cells)


def test_a_sum_with_a_hidden_part_is_hidden_and_a_rate_of_nothing_is_none():
    assert (Funnel(5, issued=None) + Funnel(30, issued=10)).issued is None
    assert (Funnel().rate, Funnel(4, issued=1).rate, Funnel(4, issued=None).rate) == (None, 0.25, None)
