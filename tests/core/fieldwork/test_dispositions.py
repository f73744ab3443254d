"""Dispositions and rates of the AAPOR Standard Definitions (RPR-1, 2), with an example done by hand."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.fieldwork import added, by_class, disposition, rates
from bening.core.fieldwork.dispositions import CLASSES, REPORTS
from bening.core.kinds import VisitOutcome

# I 400, P 20, R 80, NC 60, O 40; UH 150, UO 50; NE 100: 600 eligible, 200 unknown, e = 600/700.
EXAMPLE = {
    "1.1": 400, "1.2": 20, "2.11": 80, "2.24": 45, "2.25": 15, "2.31": 5, "2.32": 5, "2.33": 10, "2.36": 20,
    "3.11": 30, "3.18": 20, "3.19": 100, "3.30": 35, "3.90": 15, "4.70": 100,
}  # fmt: skip


def test_the_rates_of_an_example_done_by_hand():
    found = rates(EXAMPLE)
    assert by_class(EXAMPLE) == {
        "I": 400, "P": 20, "R": 80, "NC": 60, "O": 40, "UH": 150, "UO": 50, "NE": 100,
    }  # fmt: skip
    assert found.e == pytest.approx(6 / 7)
    expected = 600 + 200 * 6 / 7
    by_hand = {
        "rr1": 400 / 800, "rr2": 420 / 800, "rr3": 400 / expected, "rr4": 420 / expected, "rr5": 400 / 600,
        "rr6": 420 / 600, "coop1": 400 / 540, "coop2": 420 / 540, "coop3": 400 / 500, "coop4": 420 / 500,
        "ref1": 80 / 800, "ref2": 80 / expected, "ref3": 80 / 600, "con1": 540 / 800, "con2": 540 / expected,
        "con3": 540 / 600,
    }  # fmt: skip
    assert {name: getattr(found, name) for name in by_hand} == pytest.approx(by_hand)


def test_with_e_of_one_or_nothing_the_third_rate_is_the_first_or_the_fifth():
    assert rates(EXAMPLE, e=1.0).rr3 == rates(EXAMPLE).rr1
    assert rates(EXAMPLE, e=0.0).rr3 == rates(EXAMPLE).rr5


@given(st.dictionaries(st.sampled_from(sorted(CLASSES)), st.integers(0, 500)))
def test_rates_are_shares_and_stand_in_their_order(codes):
    found = rates(codes)
    if found.rr1 is None or found.rr5 is None:
        return
    assert 0 <= found.rr1 <= found.rr3 + 1e-12 <= found.rr5 + 2e-12 <= 1 + 3e-12
    assert found.con1 <= found.con2 + 1e-12 <= found.con3 + 2e-12


def test_nobody_invited_gives_no_rate():
    assert rates({}).rr1 is None
    assert added([{"1.1": 2}, {"1.1": 1, "4.70": 3}]) == {"1.1": 3, "4.70": 3}


def code(**facts):
    plain = {
        "issued": False,
        "visit": None,
        "reports": (),
        "sent": True,
        "delivered": True,
        "undeliverable": False,
    }
    return disposition(**plain | facts)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"issued": True, "reports": ("refuse",), "visit": VisitOutcome.NOBODY}, "1.1"),
        ({"visit": VisitOutcome.COMPLETE}, "2.36"),
        ({"visit": VisitOutcome.REFUSED}, "2.11"),
        ({"visit": VisitOutcome.NOT_FOUND, "reports": ("doubt",)}, "3.18"),
        ({"reports": ("refuse", "not_employee")}, "4.70"),
        ({"reports": ("never_used",)}, "4.70"),
        ({"reports": ("refuse", "doubt")}, "2.11"),
        ({"reports": ("not_me",)}, "3.90"),
        ({"reports": ("technical",)}, "2.36"),
        ({}, "3.19"),
        ({"delivered": False}, "3.19"),
        ({"delivered": False, "undeliverable": True}, "3.30"),
        ({"sent": False, "delivered": False}, "3.11"),
    ],
)
def test_what_became_of_an_invitation(facts, expected):
    assert code(**facts) == expected


def test_every_combination_has_exactly_one_known_code():
    for issued, visit, kind, sent, delivered, lost in product(
        (True, False), (None, *VisitOutcome), (None, *REPORTS), *[(True, False)] * 3
    ):
        reports = (kind,) if kind else ()
        facts = {"issued": issued, "visit": visit, "reports": reports, "sent": sent}
        assert code(**facts, delivered=delivered, undeliverable=lost) in CLASSES
