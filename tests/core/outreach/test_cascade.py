"""The chain of heads and its coverage: OUT-1 to OUT-5."""

from hypothesis import given
from hypothesis import strategies as st

from bening.core.kinds import Reached, Tier
from bening.core.outreach import (
    INSPECTORATE,
    LEADER,
    by_category,
    by_place,
    chain_coverage,
    home,
    level_coverage,
    posts,
    reach,
    whole_chain,
)

PARENTS = {"dinkes": None, "pkm": "dinkes", "disdik": None, "sd": "disdik", "kelas": "sd", "pasar": None}
LOCI = {"dinkes", "pkm", "disdik"}
KEYS = st.sampled_from("abcdefgh")
# Any register without a circle: a unit stands under one whose key comes before its own.
TREES = st.dictionaries(KEYS, st.none() | KEYS, max_size=8).map(
    lambda tree: {key: above if above in tree and above < key else None for key, above in tree.items()}
)


@st.composite
def registers(draw):
    parents = draw(TREES)
    return parents, draw(st.sets(st.sampled_from(sorted(parents)))) if parents else set()


def test_loci_and_the_units_above_and_inside_them_have_a_head_in_the_chain():
    made = {post.key: post for post in posts(PARENTS, LOCI)}
    assert set(made) == {LEADER, INSPECTORATE, "dinkes", "pkm", "disdik", "sd", "kelas"}
    assert made["dinkes"].tier == Tier.UNIT
    assert made["dinkes"].above == INSPECTORATE
    assert made["sd"].tier == Tier.SECTION
    assert made["kelas"].above == "sd"
    assert "pasar" not in made


def test_a_unit_above_a_locus_that_is_no_locus_itself_passes_briefings_too():
    assert "disdik" in {post.key for post in posts(PARENTS, {"sd"})}


@given(registers())
def test_every_post_but_the_leader_hangs_on_a_post_that_stands_before_it(register):
    made = posts(*register)
    seen = set()
    for post in made:
        assert post.above in seen or post.above is None
        seen.add(post.key)
    assert len(seen) == len(made)
    assert set(register[1]) <= seen


def test_a_circle_in_the_register_ends_where_it_closes():
    circle = {"a": "b", "b": "a", "c": "c"}
    assert {post.key for post in posts(circle, {"a", "c"})} >= {"a", "b", "c"}
    assert whole_chain(circle, {"a"}, "a") == {INSPECTORATE, "a", "b"}


@given(registers())
def test_everybody_is_listed_under_at_most_one_locus_and_a_locus_under_itself(register):
    parents, loci = register
    assert all(home(parents, loci, locus) == locus for locus in loci)
    assert all(home(parents, loci, unit) in {*loci, None} for unit in parents)


def test_the_chain_of_a_locus_holds_the_heads_inside_it_but_not_those_of_other_loci():
    assert whole_chain(PARENTS, LOCI, "disdik") == {INSPECTORATE, "disdik", "sd", "kelas"}
    assert whole_chain(PARENTS, LOCI, "dinkes") == {INSPECTORATE, "dinkes"}
    assert whole_chain(PARENTS, LOCI, "pkm") == {INSPECTORATE, "pkm", "dinkes"}


def test_levels_count_expected_and_acknowledged_heads():
    found = level_coverage(posts(PARENTS, LOCI), {INSPECTORATE, "sd", "pasar"})
    assert found == {
        Tier.LEADER: (0, 1),
        Tier.INSPECTORATE: (1, 1),
        Tier.UNIT: (0, 2),
        Tier.SECTION: (1, 3),
    }


COUNTS = st.dictionaries(st.tuples(KEYS, st.sampled_from(["guru", "teknis", ""])), st.integers(0, 50))


@given(COUNTS, COUNTS)
def test_nothing_reaches_more_people_than_there_are_and_too_many_are_flagged(eligible, briefed):
    cells = reach(eligible, briefed)
    for key, cell in cells.items():
        assert cell.covered <= cell.eligible == eligible.get(key, 0)
        assert cell.beyond == (briefed.get(key, 0) > eligible.get(key, 0))
        assert cell.share is None or 0 <= cell.share <= 1
    for parts in (by_place(cells), by_category(cells)):
        assert sum(part.eligible for part in parts.values()) == sum(eligible.values())
        assert sum(part.covered for part in parts.values()) == sum(cell.covered for cell in cells.values())


@given(COUNTS, COUNTS, COUNTS)
def test_telling_more_people_never_lowers_the_reach(eligible, briefed, more):
    together = {key: briefed.get(key, 0) + more.get(key, 0) for key in {*briefed, *more}}
    before, after = (sum(c.covered for c in reach(eligible, told).values()) for told in (briefed, together))
    assert before <= after


def test_too_many_teachers_do_not_stand_in_for_absent_nurses():
    cells = reach({("a", "guru"): 10, ("a", "tenaga_kesehatan"): 10}, {("a", "guru"): 20})
    assert by_place(cells)["a"] == Reached(20, 10)


def test_a_category_that_no_list_names_is_flagged():
    cell = reach({}, {("a", "guru"): 3})["a", "guru"]
    assert cell.beyond
    assert cell.share is None


@given(registers(), st.data())
def test_chain_coverage_counts_exactly_those_whose_heads_all_acknowledged(register, data):
    """Against the plain definition: walk up and down from every locus by hand."""
    parents, loci = register
    done = data.draw(st.sets(st.sampled_from([INSPECTORATE, *sorted(parents)])))
    eligible = {(locus, "guru"): n for n, locus in enumerate(sorted(loci), 1)}
    expected = 0
    for (locus, _), n in eligible.items():
        needed, at = {INSPECTORATE, locus}, parents[locus]
        while at is not None and at not in needed:
            needed.add(at)
            at = parents[at]
        for unit in parents:
            above, seen = unit, set()
            while above is not None and above not in loci and above not in seen:
                seen.add(above)
                above = parents[above]
            if above == locus:
                needed.add(unit)
        expected += n * (needed <= done)
    found = chain_coverage(parents, loci, eligible, done)
    assert sum(cell.covered for cell in found.values()) == expected


def test_one_silent_principal_breaks_the_chain_of_the_education_office():
    eligible = {("disdik", "guru"): 50, ("pkm", "tenaga_kesehatan"): 30}
    done = {INSPECTORATE, "dinkes", "pkm", "disdik", "kelas"}
    assert chain_coverage(PARENTS, LOCI, eligible, done) == {
        "guru": Reached(50, 0),
        "tenaga_kesehatan": Reached(30, 30),
    }
    assert chain_coverage(PARENTS, LOCI, eligible, done | {"sd"})["guru"].share == 1
