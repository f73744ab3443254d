"""DSC-6: a new release is checked together with all earlier ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bening.core.kinds import LedgerEntry, Level
from bening.core.problems import Refused
from bening.core.publish import bitmap, composite_of, disclose, entries_of, mean_of, members_of, refine
from tests.core.publish import exact
from tests.core.publish.institutions import pair_leaks, people, release
from tests.core.publish.test_attacker import WEIGHTS


def everybody(n):
    return {"answered": np.ones((n, 1), dtype=bool), "census": np.zeros(n, dtype=bool)}


def two_units(names, ledger=()):
    rows = [mean_of(name, [name], level=Level.UNIT) for name in sorted(set(names.tolist()))]
    return refine(rows, names, **everybody(len(names)), ledger=ledger)


@given(arrays(np.bool_, st.integers(1, 70)))
def test_a_bitmap_names_the_same_records_again(members):
    assert (members_of(bitmap(members), len(members)) == members).all()


def test_a_ledger_of_other_answers_is_refused():
    with pytest.raises(Refused, match="PUBLISH-108"):
        members_of(0b1000, 3)


def test_five_people_who_changed_units_are_not_given_away():
    old = np.array(["A"] * 40 + ["B"] * 40)
    first = two_units(old)
    result = disclose(first.aggregates, first.atoms, floors={})
    ledger = entries_of(result, first, release="2026-01", family="index", rounding="0.1")
    new = old.copy()
    new[:5] = "B"
    second = two_units(new, ledger)
    assert sorted(atom.count for atom in second.atoms) == [5, 35, 40]
    assert disclose(second.aggregates, second.atoms, floors={}).shown == ("A", "B")
    assert disclose(second.aggregates, second.atoms, floors={}, earlier=second.earlier).shown == ()


def test_the_same_table_again_is_safe():
    names = np.array(["A"] * 40 + ["B"] * 40)
    first = two_units(names)
    result = disclose(first.aggregates, first.atoms, floors={})
    ledger = entries_of(result, first, release="1", family="index", rounding="0.1")
    again = two_units(names, ledger)
    assert disclose(again.aggregates, again.atoms, floors={}, earlier=again.earlier).shown == ("A", "B")


def test_a_composite_keeps_its_coefficients_in_the_ledger():
    names = np.repeat(["internal", "external", "expert"], [60, 40, 7])
    index = composite_of("index", WEIGHTS, respondents={"internal": 60, "external": 40, "expert": 7})
    first = refine([index], names, **everybody(107), ledger=())
    result = disclose(first.aggregates, first.atoms, floors={})
    ledger = entries_of(result, first, release="1", family="index", rounding="0.1")
    means = [mean_of(name, [name], level=Level.SOURCE) for name in ("internal", "external")]
    second = refine(means, names, **everybody(107), ledger=ledger)
    assert disclose(second.aggregates, second.atoms, floors={}, earlier=second.earlier).shown == ("internal",)


def test_earlier_releases_that_leak_by_themselves_stop_everything():
    """Somebody published without the engine: no new table can mend that."""
    names = np.array(["A"] * 30)
    whole, most = np.ones(30, dtype=bool), np.arange(30) < 25
    ledger = [
        LedgerEntry("1", "index", name, "0.1", ((1, bitmap(rows)),))
        for name, rows in (("all", whole), ("most", most))
    ]
    refined = two_units(names, ledger)
    result = disclose(refined.aggregates, refined.atoms, floors={}, earlier=refined.earlier)
    assert not result.safe
    assert result.shown == ()
    assert set(result.withheld) == {"A"}


@pytest.mark.slow
def test_overlapping_releases_leak_unless_the_ledger_is_asked():
    """A short run of the study: the same cut twice, with one to nine people moved."""
    found = [pair_leaks(np.random.default_rng([2, number])) for number in range(4)]
    assert all(alone is not None for alone, _ in found)
    assert all(together is None for _, together in found)


def test_a_chain_of_cuts_by_group_and_by_grade_stays_safe():
    """Section 12, 11 (b) over a sequence of three releases with different domains."""
    rng = np.random.default_rng(9)
    unit, group, grade = people(rng)
    ledger, seen = (), []
    for number, (one, other) in enumerate([(unit, group), (unit, grade), (grade, group)]):
        refined, result, _ = release(one, other, (f"row{number}", f"column{number}"), ledger=ledger)
        ledger += entries_of(result, refined, release=str(number), family="index", rounding="0.1")
        seen.append(len(result.shown))
    last = refine([], unit.astype(str), **everybody(len(unit)), ledger=ledger)
    assert min(seen) > 0
    assert exact.leak(last.earlier, last.atoms) is None
