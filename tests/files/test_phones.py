"""Numbers of Indonesia in every usual writing; the short way and the numbering plan agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.kinds import PhoneNumber
from bening.files import phones


@pytest.mark.parametrize(
    "text",
    [
        "081234567890",
        "6281234567890",
        "+62 812-3456-7890",
        "81234567890",
        "6208 1234 567890",
        "(0812) 3456.7890",
    ],
)
def test_a_mobile_number_is_read_in_every_writing(text):
    assert phones.parse(text) == PhoneNumber("+6281234567890", True)


def test_a_fixed_line_is_known_as_such():
    assert phones.parse("021-5550199") == PhoneNumber("+62215550199", False)


@pytest.mark.parametrize(
    "text", ["", "12345", "0812", "08123456789012345", "+1 212 555 0100", "+44 20 7946 0000", "0000000000"]
)
def test_anything_else_is_no_number_of_the_country(text):
    assert phones.parse(text) is None


@given(st.from_regex(r"(?:\+62|62|0|)8[1-35-9][0-9]{7,10}", fullmatch=True))
def test_the_short_way_and_the_numbering_plan_agree(text):
    """A number that the short way takes is one that the library takes, in the same writing."""
    slow = phones.look_up(text if text[0] in "+0" or text.startswith("62") else f"0{text}")
    assert slow is None or slow == phones.parse(text)
