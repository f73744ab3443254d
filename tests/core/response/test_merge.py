"""No written label has fewer answers than its threshold, in any world."""

from hypothesis import example, given
from hypothesis import strategies as st

from bening.core.response import merge_small
from bening.core.response.entries import tree_faults
from tests.core.response.rounds import entry

BARS = {"least": 10, "least_census": 20}


@st.composite
def worlds(draw):
    """Strata at various depths under random parents, with random counts."""
    parents = draw(st.lists(st.integers(0, 5), min_size=6, max_size=6))
    entries, counted = [], {}
    for at in range(draw(st.integers(1, 14))):
        way, here = [], draw(st.integers(0, 5))
        while here:
            way.append(f"n{here}")
            here = parents[here] % here  # a parent has a smaller number, so all ways end at 0
        stratum = f"s/{at}"
        entries.append(entry(stratum, merge=(*way, "n0"), census=draw(st.booleans())))
        counted[stratum] = draw(st.sampled_from([0, 1, 4, 7, 9, 10, 11, 19, 20, 35]))
    return entries, counted


@given(worlds(), st.randoms(use_true_random=False))
def test_every_label_reaches_its_threshold_and_nobody_is_lost(world, rng):
    entries, counted = world
    assert tree_faults(entries) == []
    merged = merge_small(entries, counted, **BARS)
    census = {one.stratum for one in entries if one.census}
    for label, strata in merged.labels.items():
        assert sum(counted[stratum] for stratum in strata) >= (20 if census & set(strata) else 10)
        assert label.endswith("/merged") or strata == (label,)
    placed = [stratum for strata in merged.labels.values() for stratum in strata]
    assert sorted([*placed, *merged.withheld]) == sorted(counted)
    for stratum, count in counted.items():
        if count >= (20 if stratum in census else 10):
            assert merged.labels[stratum] == (stratum,)
    shuffled = list(entries)
    rng.shuffle(shuffled)
    assert merge_small(shuffled, counted, **BARS) == merged


@given(worlds())
@example(([entry("s/0", merge=("top",))], {"s/0": 9}))
def test_what_is_withheld_is_too_small_even_together(world):
    entries, counted = world
    merged = merge_small(entries, counted, **BARS)
    together = sum(counted[stratum] for stratum in merged.withheld)
    assert together < (20 if any(one.census and one.stratum in merged.withheld for one in entries) else 10)


def test_a_lonely_small_stratum_rises_until_it_finds_company():
    """Alone in its parent a stratum of 7 would make a merged group of 7: one step is not enough."""
    entries = [
        entry("a/1", merge=("a", "top")),
        entry("a/2", merge=("a", "top")),
        entry("b/1", merge=("b", "top")),
    ]
    merged = merge_small(entries, {"a/1": 7, "a/2": 40, "b/1": 3}, **BARS)
    assert merged.labels == {"a/2": ("a/2",), "top/merged": ("a/1", "b/1")}


def test_strata_without_an_answer_move_too():
    """Their people belong into the weights of the group they join."""
    entries = [entry("a/1"), entry("a/2"), entry("a/3")]
    merged = merge_small(entries, {"a/1": 6, "a/3": 5}, **BARS)
    assert merged.labels == {"a/merged": ("a/1", "a/2", "a/3")}


def test_a_census_raises_the_bar_of_the_group_it_joins():
    entries = [entry("a/1", census=True), entry("a/2")]
    assert merge_small(entries, {"a/1": 12, "a/2": 7}, **BARS).withheld == ("a/1", "a/2")
    assert merge_small(entries, {"a/1": 12, "a/2": 8}, **BARS).labels == {"a/merged": ("a/1", "a/2")}


def test_at_the_top_a_group_that_is_still_too_small_is_withheld():
    merged = merge_small([entry("a/1"), entry("a/2")], {"a/1": 4, "a/2": 5}, **BARS)
    assert (merged.labels, merged.withheld) == ({}, ("a/1", "a/2"))
