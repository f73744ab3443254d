"""DSC-4: the smallest group whose sum follows from what is published."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from bening.core.kinds import Aggregate, Atom, Level, Output
from bening.core.publish import attack, composite_of, mean_of, rows_used, smallest_derivable
from tests.core.publish import exact

SOURCES = [Atom("internal", (60,)), Atom("external", (40,)), Atom("expert", (7,))]
WEIGHTS = [(Fraction(5, 10), ["internal"]), (Fraction(3, 10), ["external"]), (Fraction(2, 10), ["expert"])]
INDEX = composite_of("index", WEIGHTS, respondents={atom.id: atom.count for atom in SOURCES})


def mean(name):
    return mean_of(name, [name], level=Level.SOURCE)


@st.composite
def families(draw):
    """Small random tables: up to nine atoms, rows with coefficients 0, 1 and a few fractions."""
    m = draw(st.integers(1, 9))
    atoms = [Atom(str(j), (draw(st.integers(1, 14)),)) for j in range(m)]
    coefficient = st.sampled_from([0, 0, 0, 1, 1, 1, Fraction(1, 40), Fraction(3, 7)])
    rows = draw(st.lists(st.lists(coefficient, min_size=m, max_size=m), min_size=1, max_size=8))
    parts = [{str(j): Fraction(value) for j, value in enumerate(row) if value} for row in rows]
    return [Aggregate(str(i), Level.CELL, row) for i, row in enumerate(parts) if row], atoms


@settings(max_examples=100)
@given(families())
def test_it_finds_a_small_group_exactly_when_there_is_one(family):
    """Against the second attacker of the tests, which knows neither echelon form nor solver."""
    rows, atoms = family
    found = attack(rows, atoms, floors={})
    assert (found is None) == (exact.leak(rows, atoms) is None)
    assert found is None or (found.certain and found.count < 10)


@given(families())
def test_what_it_finds_is_a_combination_of_the_rows_it_names(family):
    rows, atoms = family
    found = attack(rows, atoms, floors={})
    if found:
        used = rows_used(found, rows, atoms=atoms)
        alone = smallest_derivable(used, atoms)
        assert alone is not None
        assert alone.count <= found.count


def test_a_hidden_unit_is_the_total_less_the_others():
    atoms = [Atom("A", (30,)), Atom("B", (22,)), Atom("C", (17,)), Atom("D", (5,))]
    rows = [mean_of(name, [name], level=Level.UNIT) for name in "ABC"]
    rows.append(mean_of("total", "ABCD", level=Level.TOTAL))
    found = attack(rows, atoms, floors={})
    assert found.atoms == ("D",)
    assert {row.id for row in rows_used(found, rows, atoms=atoms)} == {"A", "B", "C", "total"}
    assert attack(rows[1:], atoms, floors={}) is None


def test_index_and_two_sources_isolate_the_experts():
    """The composite is a row in sum units: 0.5/60, 0.3/40, 0.2/7."""
    assert attack([INDEX, mean("internal"), mean("external")], SOURCES, floors={}).atoms == ("expert",)
    assert attack([INDEX, mean("internal")], SOURCES, floors={}) is None


def test_a_large_multiplier_hides_nothing():
    """The index weighs 2 000 insiders little: their total takes a multiplier of 200, beyond a bound of ten.

    Index, experts, users and all units but two of the insiders give those two away.
    """
    counts = {"u1": 1200, "u2": 793, "u3": 4, "u4": 3, "external": 300, "expert": 10}
    atoms = [Atom(name, (n,)) for name, n in counts.items()]
    units = ["u1", "u2", "u3", "u4"]
    weights = [(Fraction(1, 10), units), (Fraction(4, 10), ["external"]), (Fraction(5, 10), ["expert"])]
    rows = [composite_of("index", weights, respondents=counts)]
    rows += [mean(name) for name in ("u1", "u2", "external", "expert")]
    assert attack(rows, atoms, floors={}).atoms == ("u3", "u4")


def test_a_census_group_needs_twenty_and_prevalence_thirty():
    atoms = [Atom("school", (15,), census=True), Atom("office", (40,))]
    rows = [
        mean_of("office", ["office"], level=Level.UNIT),
        mean_of("all", ["office", "school"], level=Level.TOTAL),
    ]
    assert attack(rows, atoms, floors={}).atoms == ("school",)
    plain = [Atom("school", (15,)), Atom("office", (40,))]
    assert attack(rows, plain, floors={}) is None
    assert attack(rows, plain, floors={}, output=Output.PREVALENCE).atoms == ("school",)


def test_a_mixed_group_needs_the_floor_of_its_census_part():
    atoms = [Atom("census", (6,), census=True), Atom("sample", (9,)), Atom("rest", (50,))]
    rows = [mean_of("rest", ["rest"], level=Level.UNIT)]
    rows.append(mean_of("all", ["rest", "census", "sample"], level=Level.TOTAL))
    assert attack(rows, atoms, floors={}).count == 15


def test_the_weakest_indicator_counts():
    """Thirteen people, nine of whom answered the second indicator."""
    atoms = [Atom("A", (40, 40)), Atom("B", (13, 9))]
    rows = [mean_of("A", ["A"], level=Level.UNIT), mean_of("total", ["A", "B"], level=Level.TOTAL)]
    assert attack(rows, atoms, floors={}).count == 9


def test_a_group_that_did_not_answer_an_indicator_hides_nobody_there():
    """For the second indicator the rows are A and A + B: nobody of C answered it."""
    atoms = [Atom("A", (40, 40)), Atom("B", (8, 8)), Atom("C", (12, 0))]
    rows = [mean_of("A", ["A"], level=Level.UNIT), mean_of("total", ["A", "B", "C"], level=Level.TOTAL)]
    assert attack(rows, atoms, floors={}).atoms == ("B",)
    answered = [Atom("A", (40, 40)), Atom("B", (8, 8)), Atom("C", (12, 12))]
    assert attack(rows, answered, floors={}) is None
