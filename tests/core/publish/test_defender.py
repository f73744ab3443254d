"""DSC-3 and DSC-5: one pattern, as little withheld as safety allows."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bening.core.kinds import Aggregate, Atom, Level, Output, Reason
from bening.core.problems import Refused
from bening.core.publish import atoms_of, composite_of, disclose, mean_of, respondents
from tests.core.publish import exact
from tests.core.publish.institutions import institution_leaks, table
from tests.core.publish.test_attacker import INDEX, SOURCES, families, mean

UNITS = {"A": 30, "B": 22, "C": 17, "D": 5}


def units(pool="", **counts):
    atoms = [Atom(name, (n,)) for name, n in counts.items()]
    rows = [mean_of(name, [name], level=Level.UNIT, pool=pool) for name in counts]
    return [*rows, mean_of("total", counts, level=Level.TOTAL)], atoms


def published(result, rows):
    return [*(row for row in rows if row.id in result.shown), *result.merged]


def test_a_single_hidden_unit_takes_its_smallest_neighbour_with_it():
    rows, atoms = units(**UNITS)
    result = disclose(rows, atoms, floors={})
    assert result.shown == ("A", "B", "total")
    assert result.withheld == {"D": Reason.FLOOR, "C": Reason.DERIVABLE}
    assert result.safe


def test_declared_siblings_are_shown_merged_instead_of_hidden():
    rows, atoms = units(pool="other units", **UNITS)
    result = disclose(rows, atoms, floors={})
    assert [(row.id, set(row.parts)) for row in result.merged] == [("other units", {"C", "D"})]


def test_siblings_too_few_for_a_floor_stay_hidden():
    rows, atoms = units(pool="other units", A=30, C=4, D=5)
    result = disclose(rows[:-1], atoms, floors={})
    assert result.merged == ()
    assert set(result.withheld) == {"C", "D"}


def test_cells_go_before_units_units_before_groups_and_the_total_stays():
    one = np.repeat(["u", "v", "w"], [40, 40, 26])
    other = np.concatenate(
        [np.repeat(["x", "y"], [20, 20]), np.repeat(["x", "y"], [20, 20]), np.repeat(["x", "y"], [20, 6])]
    )
    atom, rows = table(one, other, ("unit", "group"))
    ones = np.ones((len(atom), 1), dtype=bool)
    result = disclose(rows, atoms_of(atom, ones, census=~ones[:, 0]), floors={})
    assert result.withheld["cell w/y"] is Reason.FLOOR
    assert all(name.startswith("cell") for name in result.withheld)
    assert "total" in result.shown


def test_source_means_go_before_the_index():
    """Index and internal mean stay; index, internal and external together would isolate seven experts."""
    result = disclose([INDEX, mean("internal"), mean("external"), mean("expert")], SOURCES, floors={})
    assert result.shown == ("index", "internal")
    assert result.withheld == {"expert": Reason.FLOOR, "external": Reason.DERIVABLE}


def test_an_institution_needs_thirty_and_its_units_ten():
    atoms = [Atom("A", (12,)), Atom("B", (17,))]
    rows = [
        mean_of("A", ["A"], level=Level.UNIT),
        mean_of("all", ["A", "B"], level=Level.TOTAL, output=Output.INSTITUTION),
    ]
    assert disclose(rows, atoms, floors={}).shown == ("A",)


def test_the_count_of_a_row_is_the_smallest_over_its_indicators():
    atoms = {"A": Atom("A", (12, 6)), "B": Atom("B", (5, 12))}
    assert respondents(mean_of("both", "AB", level=Level.UNIT), atoms) == 17
    assert respondents(mean_of("A", "A", level=Level.UNIT), atoms) == 6


@st.composite
def random_families(draw):
    """A family over atoms with several indicators and item non-response, some atoms a census."""
    rows, atoms = draw(families())
    answers = st.lists(st.integers(0, 3), min_size=2, max_size=2)
    again = [
        Atom(atom.id, tuple(max(0, atom.count - lost) for lost in draw(answers)), draw(st.booleans()))
        for atom in atoms
    ]
    return rows, again


@settings(max_examples=40)
@given(random_families())
def test_nothing_under_a_floor_is_shown_and_nothing_small_follows(family):
    """Section 12, 11 (a), (b) and (d): the pattern is one, so it is checked for each indicator alone."""
    rows, atoms = family
    result = disclose(rows, atoms, floors={})
    assert result.safe
    known = {atom.id: atom for atom in atoms}
    for row in published(result, rows):
        assert respondents(row, known) >= (20 if any(known[part].census for part in row.parts) else 10)
    for indicator in range(2):
        answered = [Atom(atom.id, (atom.counts[indicator],)) for atom in atoms if atom.counts[indicator]]
        there = {atom.id for atom in answered}
        seen = [
            Aggregate(row.id, row.level, {part: value for part, value in row.parts.items() if part in there})
            for row in published(result, rows)
        ]
        assert exact.leak(seen, answered) is None


@settings(max_examples=20)
@given(families(), st.randoms(use_true_random=False))
def test_the_order_of_input_and_a_second_run_change_nothing(family, random):
    """Section 12, 11 (f)."""
    rows, atoms = family
    first = disclose(rows, atoms, floors={})
    assert repr(disclose(rows, atoms, floors={})) == repr(first)
    random.shuffle(rows)
    random.shuffle(atoms)
    again = disclose(rows, atoms, floors={})
    assert set(again.shown) == set(first.shown)
    assert again.withheld == first.withheld
    assert [row.id for row in again.merged] == [row.id for row in first.merged]


def test_random_institutions_leak_without_the_defender_and_never_with_it():
    """A short run of the study in which the attacker of the tests has teeth in most unprotected tables."""
    found = [institution_leaks(np.random.default_rng([1, number])) for number in range(6)]
    assert sum(bare is not None for bare, _, _ in found) >= 5
    assert [protected for _, protected, _ in found] == [None] * 6
    assert all("total" in result.shown for _, _, result in found)


def test_a_family_must_hang_together():
    rows, atoms = units(**UNITS)
    with pytest.raises(Refused, match="PUBLISH-105"):
        disclose([*rows, rows[0]], atoms, floors={})
    with pytest.raises(Refused, match="PUBLISH-106"):
        disclose(rows, atoms[1:], floors={})
    pooled = Aggregate("x", Level.UNIT, {"A": Fraction(1, 2)}, pool="others")
    with pytest.raises(Refused, match="PUBLISH-107"):
        disclose([pooled], atoms, floors={})
    with pytest.raises(Refused, match="PUBLISH-104"):
        atoms_of(["A"], np.ones((2, 1), dtype=bool), census=np.zeros(1, dtype=bool))


def test_a_source_without_anybody_has_no_part_in_the_composite():
    row = composite_of(
        "index", [(Fraction(1, 2), ["A"]), (Fraction(1, 2), ["B"])], respondents={"A": 20, "B": 0}
    )
    assert row.parts == {"A": Fraction(1, 40)}
