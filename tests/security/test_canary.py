"""No secret, code, answer, text, name or number is left anywhere but where it must be."""

import base64

import pytest

from bench.security import canary
from tests.security.world import entries, world

STRATA = ("lampung/kota/a",)


@pytest.mark.slow
def test_marks_are_found_in_the_allowed_places_only(tmp_path_factory):
    """A whole small round with every door and error path."""
    desk = tmp_path_factory.mktemp("desk")
    with world(tmp_path_factory.mktemp("canary") / "r", STRATA) as counters:
        spellings, found = canary.searched(counters, [entry.kid for entry in entries(STRATA)], desk)
    assert found == []
    assert spellings > 300
    for _, where, _ in canary.ALLOWED:  # or the round was none
        assert where == "inbox" or (desk / where).read_bytes()


@pytest.mark.parametrize("around", [b"", b"x", b"xy", b"xyz"])
def test_a_mark_is_recognised_in_every_spelling(around):
    mark = b"KenariRahasia\xff\xfe\xfd"
    names = dict.fromkeys(canary.spellings(mark), "answer")
    whole = around + mark + b"tail"
    for spelled in (whole, whole.hex().encode(), base64.b64encode(whole), base64.urlsafe_b64encode(whole)):
        assert canary.inside(b"before " + spelled, names) == {"answer"}
    assert canary.inside(base64.b64encode(b"something else altogether"), names) == set()
