"""Disclosure control against oracle 10, worked out by hand (DSC-2, DSC-4, DSC-5)."""

import json
from pathlib import Path

import pytest

from bening.core.kinds import Atom, Level, Reason
from bening.core.publish import attack, disclose, mean_of, round_n, round_up, rows_used, smallest_derivable

FILE = Path(__file__).parent / "10_disclosure.json"
CASES = {case["id"]: case for case in json.loads(FILE.read_text())["cases"]}
COUNTS = CASES["primary_and_secondary"]["input"]["units"]
ATOMS = [Atom(name, (n,)) for name, n in COUNTS.items()]
UNITS = {name: mean_of(name, [name], level=Level.UNIT, pool="other units") for name in COUNTS}
TOTAL = mean_of("total", COUNTS, level=Level.TOTAL)


def test_two_hidden_units_protect_one_another_when_together_they_are_ten():
    """Catches: hiding a third unit although the smallest derivable set, C and D, has twelve people."""
    expected = CASES["primary_and_secondary"]["expected"]["threshold_10"]
    result = disclose([*UNITS.values(), TOTAL], ATOMS, floors={})
    assert [name for name, why in result.withheld.items() if why is Reason.FLOOR] == expected["primary"]
    assert [name for name, why in result.withheld.items() if why is Reason.DERIVABLE] == expected["secondary"]
    smallest = smallest_derivable([UNITS["A"], UNITS["B"], TOTAL], ATOMS)
    assert (smallest.atoms, smallest.count) == (("C", "D"), 12)
    assert [set(row.parts) for row in result.merged] == [{"C", "D"}]


def test_hiding_one_unit_hides_nothing():
    """Catches: a check of thresholds alone; the total less the other three is the fourth."""
    leak = attack([UNITS["A"], UNITS["B"], UNITS["C"], TOTAL], ATOMS, floors={})
    assert (leak.atoms, leak.count) == (("D",), 5)


def test_the_rows_an_attacker_uses_give_the_hidden_mean_back():
    """Catches: an attacker that reports a leak which its rows do not give."""
    case = CASES["differencing_recovery"]
    means = dict(zip(COUNTS, case["input"]["means"], strict=True))
    assert sum(COUNTS[u] * means[u] for u in COUNTS) / 64 == pytest.approx(case["expected"]["total_mean"])
    shown = [UNITS["A"], UNITS["B"], UNITS["C"], TOTAL]
    leak = attack(shown, ATOMS, floors={})
    used = [row.id for row in rows_used(leak, shown, atoms=ATOMS)]
    assert used == ["A", "B", "C", "total"]
    recovered = (64 * case["expected"]["total_mean"] - sum(COUNTS[u] * means[u] for u in "ABC")) / leak.count
    assert recovered == pytest.approx(case["expected"]["recovered_D_from_total_and_ABC"], abs=1e-9)


def respondents_from(se, spread, population):
    """n from the standard error of a simple random sample with finite population correction."""
    return 1 / ((se / spread) ** 2 + 1 / population)


def test_an_unrounded_standard_error_tells_how_many_answered():
    """Catches: printing the se as computed, or a count finer than fives."""
    case = CASES["se_discloses_n"]
    given, exact = case["input"], case["expected"]["n_if_S_known"]
    recovered = respondents_from(given["se_published"], given["S"], given["N"])
    assert recovered == pytest.approx(exact, abs=1e-6)
    shown = float(round_up(given["se_published"]))
    assert respondents_from(shown, given["S"], given["N"]) != pytest.approx(exact, abs=1e-2)
    assert round_n(round(exact)) != exact
