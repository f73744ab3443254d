"""Message arms (RPR-5), rates by day (RPR-6), and what institutions may know (RPR-7)."""

import math
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.fieldwork import ArmCounts, Tariff, arm_effect, band, costs


def test_the_difference_of_two_units_by_hand():
    units = [ArmCounts("school", (50, 50), (10, 20)), ArmCounts("office", (100, 100), (40, 50))]
    found = arm_effect(units)
    variance = (1 / 3) ** 2 * (0.2 * 0.8 / 49 + 0.4 * 0.6 / 49) + (2 / 3) ** 2 * (0.24 / 99 + 0.25 / 99)
    assert found.people == 300
    assert found.difference == pytest.approx(0.2 / 3 + 0.1 * 2 / 3)
    assert found.upper - found.difference == pytest.approx(1.959964 * math.sqrt(variance), rel=1e-6)


def test_small_units_are_taken_together_by_kind_and_nothing_gives_nothing():
    small = [ArmCounts("school", (1, 2), (0, 1)), ArmCounts("school", (2, 1), (1, 1))]
    assert arm_effect(small) == arm_effect([ArmCounts("school", (3, 3), (1, 2))])
    assert arm_effect([ArmCounts("school", (1, 0), (1, 0))]) is None


RATES = [
    Tariff("sms", date(2025, 1, 1), Decimal(350), "IDR", "x", False),
    Tariff("sms", date(2025, 8, 10), Decimal(400), "IDR", "x", True),
]


def test_a_message_is_priced_by_the_rate_of_its_day():
    days = {("sms", date(2025, 8, 9)): 10, ("sms", date(2025, 8, 10)): 10, ("letter", date(2025, 8, 9)): 3}
    letter, sms = costs(days, reversed(RATES))
    assert (sms.messages, sms.amount, sms.stale) == (20, Decimal(7500), True)
    assert (letter.messages, letter.currency) == (3, "")


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_band_is_coarse_and_never_of_few(issued, sampled):
    issued = min(issued, sampled)
    said = band(issued, sampled)
    if sampled < 20:
        assert said is None
    elif said.startswith("<"):
        assert issued / sampled < 0.25
    elif said.startswith(">"):
        assert issued / sampled > 0.9
    else:
        assert int(said) % 5 == 0
        assert abs(int(said) - 100 * issued / sampled) <= 2.5


@pytest.mark.parametrize(("issued", "said"), [(9, "<25"), (10, "25"), (11, "30"), (36, "90"), (37, ">90")])
def test_bands_of_forty_people(issued, said):
    assert band(issued, 40) == said
