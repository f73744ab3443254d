"""From counts of people to strata: nobody lost, no key too small, all labels one tree (SMP-3, 4, 5)."""

import pytest

from bening.core.kinds import FramePlace, Group, GroupDesign, SampleDesign
from bening.core.problems import Refused
from bening.core.response.entries import tree_faults
from bening.core.sample import foresee, plan

LOCI = [f"opd.{n:02}" for n in range(1, 17)] + [f"pkm.{n:02}" for n in range(1, 21)]
SMALL = {"opd.15": 12, "opd.16": 31, "pkm.19": 8, "pkm.20": 40}
DESIGN = {
    Group.INTERNAL: GroupDesign(by="locus", answers=25, total=0, response=0.58, sd=15.0),
    Group.EXTERNAL: GroupDesign(by="kind", answers=40, total=90, response=0.38, sd=18.0),
    Group.EXPERT: GroupDesign(by="province", answers=60, total=60, response=0.8, sd=14.0),
}
LISTED = {
    ("kab-x", Group.INTERNAL): {unit: SMALL.get(unit, 70) for unit in LOCI},
    ("kab-y", Group.INTERNAL): {"opd.01": 70, "pkm.01": 300},
    ("kab-x", Group.EXTERNAL): {"opd.01": 400},
    ("kab-y", Group.EXTERNAL): {"opd.01": 150},
    ("kab-x", Group.EXPERT): {"": 90},
}


def people(listed):
    """Counts of a frame; every unit is an office."""
    return {
        FramePlace(group, institution, "18", unit, "office" if unit else ""): size
        for (institution, group), sizes in listed.items()
        for unit, size in sizes.items()
    }


def planned(listed=LISTED, **changes):
    return plan(people(listed), SampleDesign(DESIGN | changes))


def test_every_locus_is_a_stratum_or_in_the_pool_of_its_institution_and_nobody_is_lost():
    made = planned()
    internal = {s.key.code: s for s in made if s.group == Group.INTERNAL}
    big = {f"kab-x/internal/{unit}" for unit in LOCI if unit not in SMALL}
    assert set(internal) == {
        *big,
        "kab-x/internal/other",
        "kab-y/internal/opd.01",
        "kab-y/internal/pkm.01",
    }
    pool = internal["kab-x/internal/other"]
    assert pool.allocation.population == sum(SMALL.values())
    assert [part.code for part in pool.parts] == [f"kab-x/internal/{unit}" for unit in sorted(SMALL)]
    places = [place for stratum in made for place in stratum.places]
    assert len(places) == len(set(places)) == len(people(LISTED))


def test_the_order_of_places_and_groups_changes_nothing():
    backwards = dict(reversed(people(LISTED).items()))
    design = SampleDesign(dict(reversed(DESIGN.items())))
    one, other = plan(people(LISTED), SampleDesign(DESIGN)), plan(backwards, design)
    assert [(s.key, s.allocation, s.parts) for s in one] == [(s.key, s.allocation, s.parts) for s in other]


def test_no_key_is_too_small_and_no_small_list_is_asked_whole():
    for stratum in planned():
        size = stratum.allocation
        assert size.sampled >= 30
        assert size.sampled * DESIGN[stratum.group].response >= 15
        assert size.population >= 60 or size.sampled < size.population


def test_the_labels_of_all_groups_form_one_tree():
    class Leaf:
        def __init__(self, stratum):
            self.stratum, self.merge = stratum.key.code, stratum.key.merge

    assert tree_faults(Leaf(stratum) for stratum in planned()) == []


def test_more_answers_than_can_be_expected_ask_for_as_many_as_can():
    """150 users with 38 % response give 57 answers at most: less than the floor, then less than the total."""
    for answers in (40, 100):
        wide = GroupDesign(by="kind", answers=answers, total=90, response=0.38, sd=18.0)
        small = next(s for s in planned(**{Group.EXTERNAL: wide}) if s.key.code.startswith("kab-y/ex"))
        assert small.allocation.sampled == small.allocation.population == 150


def test_a_small_list_gets_its_floor_though_the_total_asks_for_more():
    listed = LISTED | {("kab-z", Group.INTERNAL): {"opd.01": 59}}
    wide = GroupDesign(by="institution", answers=10, total=500, response=0.58, sd=15.0)
    made = next(s for s in planned(listed, **{Group.INTERNAL: wide}) if s.key.code == "kab-z/internal/all")
    assert 30 <= made.allocation.sampled < 59


def test_an_institution_too_small_for_any_key_stops_the_plan():
    with pytest.raises(Refused, match="SAMPLE-108"):
        planned(LISTED | {("kab-z", Group.INTERNAL): {"opd.01": 20}})


@pytest.mark.parametrize("by", ["locus", "kind", "village"])
def test_a_group_is_divided_by_what_its_people_have(by):
    with pytest.raises(Refused, match="SAMPLE-116"):
        planned(**{Group.EXPERT: GroupDesign(by=by, answers=60, total=60, response=0.8, sd=14.0)})


def test_what_is_foreseen_counts_those_allocated_together():
    """The pool of small loci is withheld with nobody: it reaches its own floor."""
    made = planned()
    found = foresee(made)
    assert set(found) == {stratum.key.code for stratum in made}
    assert all(one.shown for one in found.values())
    assert found["kab-x/internal/other"].answers == pytest.approx(0.58 * 44, abs=1)
