"""Gate and box see nothing in common: no token, no code, no hash, no spelling of either."""

import base64

import pytest

from bench.security import apart
from bening.core.response import b64u
from tests.security.world import entries


@pytest.mark.slow
def test_in_two_hundred_interviews_the_doors_saw_no_eight_bytes_in_common(round_):
    found = apart.compare(round_, [entry.kid for entry in entries()[2:]], 200)
    assert found.interviews == 200
    assert found.windows > 200 * 500
    assert found.common == []


@pytest.mark.parametrize(
    "spelled", [bytes, bytes.hex, b64u, lambda raw: b64u(b"x" + raw), lambda raw: b64u(b"xy" + raw)]
)
def test_the_comparison_finds_a_value_in_every_spelling(spelled):
    """Eight bytes are found again however one of the doors saw them."""
    raw = bytes(range(100, 124))
    said = spelled(raw)
    text = said if isinstance(said, bytes) else f'{{"x":"{said}"}}'.encode()
    mine, theirs = apart.windows(apart.forms([text])), apart.windows([raw[8:16]])
    assert set(theirs) <= set(mine)
    assert not set(apart.windows([base64.b64encode(b"something else")])) & set(mine)
