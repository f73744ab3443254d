"""The delivery bench in small: kills, a storm, and the emulator's ledger as the judge."""

import pytest

from bench import delivery


@pytest.mark.slow
def test_nobody_is_forgotten_and_nobody_gets_two_unmarked_under_storm_and_kills():
    found = delivery.chaos(500, 3)
    assert found == {
        "chaos_people": 500, "chaos_kills": 3, "chaos_duplicates_unflagged": 0, "chaos_forgotten": 0,
    }  # fmt: skip
