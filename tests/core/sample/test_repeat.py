"""What a draw leaves behind: its design in bytes, its digests, and the draw itself once more (SMP-7)."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.kinds import Draw, FramePlace, Group, GroupDesign, SampleDesign
from bening.core.problems import Refused
from bening.core.sample import (
    differing,
    draw,
    draw_by,
    frame_digest,
    read_design,
    selection_digest,
    write_design,
)

SEED = bytes(range(32))
PLACES = [
    FramePlace(Group.INTERNAL, "kab-x", "18", unit, "office") for unit in ("opd.01", "opd.02", "opd.03")
]
PEOPLE = {
    place: [f"{place.unit}-{n:03}" for n in range(size)]
    for place, size in zip(PLACES, (70, 61, 8), strict=True)
}
DESIGN = SampleDesign({Group.INTERNAL: GroupDesign("locus", answers=25, total=0, response=0.58, sd=15.0)})

designs = st.builds(
    SampleDesign,
    st.dictionaries(
        st.sampled_from(list(Group)),
        st.builds(
            GroupDesign,
            st.sampled_from(["locus", "kind", "institution", "province"]),
            st.integers(1, 10**6),
            st.integers(0, 10**6),
            st.floats(0.01, 1.0),
            st.floats(0.1, 50.0),
        ),
    ),
    st.booleans(),
)


@given(designs)
def test_a_design_survives_its_bytes(design):
    assert read_design(write_design(design)) == design


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"groups":{},"reserve":false,"v":2}',
        b'{"groups":{},"reserve":false,"v":1,"x":1}',
        b'{"groups":{"nobody":{}},"reserve":false,"v":1}',
        b'{"groups":{}, "reserve":false,"v":1}',
    ],
)
def test_bytes_that_nobody_wrote_are_refused(data):
    with pytest.raises(Refused, match="SAMPLE-117"):
        read_design(data)


def test_the_draw_is_that_of_the_planned_strata():
    planned, drawn = draw_by(PEOPLE, DESIGN, SEED)
    refs = {one.key.code: [ref for place in one.places for ref in PEOPLE[place]] for one in planned}
    assert sorted(ref for people in refs.values() for ref in people) == sorted(
        ref for people in PEOPLE.values() for ref in people
    )
    assert drawn == draw(refs, {one.key.code: one.allocation.sampled for one in planned}, SEED)


def test_neither_the_order_of_people_nor_of_places_changes_anything():
    mixed = {place: refs[::-1] for place, refs in reversed(PEOPLE.items())}
    assert draw_by(mixed, DESIGN, SEED)[1] == draw_by(PEOPLE, DESIGN, SEED)[1]
    assert frame_digest(mixed) == frame_digest(PEOPLE)


def test_the_frame_s_digest_is_that_of_its_sorted_lines():
    small = {PLACES[1]: ["b"], PLACES[0]: ["c", "a"]}
    lines = b"".join(
        f"{ref}\0kab-x\0internal\0{unit}\n".encode()
        for ref, unit in zip("abc", ("opd.01", "opd.02", "opd.01"), strict=True)
    )
    assert frame_digest(small) == hashlib.sha256(lines).hexdigest()


def test_the_selection_s_digest_holds_counts_and_the_whole_order():
    made = [Draw("b", ("x",), ("y", "z")), Draw("a", ("u",), ())]
    assert selection_digest(made) == hashlib.sha256(b"a\n1 1\nu\nb\n1 3\nx\ny\nz\n").hexdigest()
    assert selection_digest([Draw("b", ("x", "y"), ("z",)), made[1]]) != selection_digest(made)


def test_two_draws_differ_in_named_strata():
    one = [Draw("a", ("x", "y"), ()), Draw("b", ("z",), ()), Draw("c", (), ())]
    assert differing(one, one) == ()
    assert differing(one, [Draw("a", ("y", "x"), ()), one[1], Draw("d", (), ())]) == ("a", "c", "d")
