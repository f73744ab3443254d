"""What proven cases take off."""

from hypothesis import given
from hypothesis import strategies as st

from bening.core.evidence import deduction

CAPS = {"complaints": 5.0, "cases": 10.0}


def test_a_component_takes_off_its_points_up_to_its_cap():
    assert deduction({"complaints": 2.5, "cases": 40.0}, CAPS) == {"complaints": 2.5, "cases": 10.0}


def test_a_component_without_cases_takes_off_nothing_and_an_unknown_one_is_not_arithmetic():
    assert deduction({"rumours": 9.0}, CAPS) == {"complaints": 0.0, "cases": 0.0}


@given(st.dictionaries(st.sampled_from([*CAPS, "rumours"]), st.floats(-50, 50)))
def test_nothing_is_ever_added_to_an_index_nor_taken_beyond_the_cap(points):
    taken = deduction(points, CAPS)
    assert taken.keys() == CAPS.keys()
    assert all(0 <= taken[component] <= cap for component, cap in CAPS.items())
