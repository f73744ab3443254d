"""When keys may be destroyed, and the words of the protocol."""

from datetime import date

import pytest

from bening.core.problems import Refused
from bening.core.response import due, expect_due, load, protocol
from bening.crypto import merkle
from tests.security.frozen import frozen

MANIFEST = load(*frozen(opens=date(2026, 1, 5), closes=date(2026, 1, 31)), merkle.root)


def test_thirty_whole_days_are_for_objections():
    assert due(MANIFEST, 30) == date(2026, 3, 3)
    assert due(MANIFEST, 0) == date(2026, 2, 1)


def test_the_day_before_is_too_early():
    expect_due(MANIFEST, 30, date(2026, 3, 3))
    with pytest.raises(Refused, match=r"BALLOT-175.*2026-03-03"):
        expect_due(MANIFEST, 30, date(2026, 3, 2))


def test_the_protocol_names_the_round_the_count_and_who_was_there():
    said = protocol(
        MANIFEST, tally="ab", today=date(2026, 3, 3), by="Siti", witnesses=["Budi"], gone=["pepper 1 -"]
    )
    assert said == (
        f"bening/destroyed/v1\nround {MANIFEST.round}\nmanifest {MANIFEST.digest}\ntally ab\nday 2026-03-03\n"
        "by Siti\nwitness Budi\ndestroyed pepper 1 -\n"
    )
