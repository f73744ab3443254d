"""Strata that can be shown, nobody lost, and a draw that anybody with seed and frame repeats."""

import hashlib

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from bening.core.kinds import Group
from bening.core.problems import Refused
from bening.core.response.entries import tree_faults
from bening.core.sample import draw
from bening.web.frame import steps as frame
from bening.web.frame.steps import Eligible
from bening.web.registry.models import Audit, Institution, Unit
from bening.web.sample.hatch import strata
from bening.web.sample.models import Draw, Selection, Stratum
from bening.web.sample.steps import GroupDesign, draw_sample
from bening.web.sample.steps.plan import plan
from tests.web.small import make_people, make_places, make_round

pytestmark = pytest.mark.django_db
SEED = bytes(range(32))
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
    ("kab-x", Group.EXPERT): {None: 90},
}


def eligible(listed):
    """People of a frame, without a table."""
    institutions = {
        code: Institution(pk=n, code=code, name=code, province="18") for n, (code, _) in enumerate(listed)
    }
    units = {
        (code, unit): Unit(
            pk=100 * n + m, institution=institutions[code], code=unit, name=unit, kind="office"
        )
        for n, ((code, _), sizes) in enumerate(listed.items())
        for m, unit in enumerate(sizes)
        if unit
    }
    return [
        Eligible(f"{code}-{group}-{unit}-{n}", institutions[code], group, units.get((code, unit)), "")
        for (code, group), sizes in listed.items()
        for unit, size in sizes.items()
        for n in range(size)
    ]


def planned(listed=LISTED, **changes):
    return plan(eligible(listed), DESIGN | changes)


@pytest.fixture
def round_():
    """The same kinds of strata in the tables, fewer."""
    row = make_round()
    make_places(row, {"kab-x": ["opd.01", "opd.02", "opd.03"]})
    make_people(row, "kab-x", Group.INTERNAL, {"opd.01": 70, "opd.02": 60, "opd.03": 8})
    make_people(row, "kab-x", Group.EXTERNAL, {"opd.01": 150})
    make_people(row, "kab-x", Group.EXPERT, {None: 90})
    return row


def test_every_locus_is_a_stratum_or_in_the_pool_of_its_institution_and_nobody_is_lost():
    made = planned()
    internal = {s.allocation.code for s in made if s.group == Group.INTERNAL}
    big = {f"kab-x/internal/{unit}" for unit in LOCI if unit not in SMALL}
    assert internal == {*big, "kab-x/internal/other", "kab-y/internal/opd.01", "kab-y/internal/pkm.01"}
    pool = next(s for s in made if s.allocation.code == "kab-x/internal/other")
    assert pool.allocation.population == sum(SMALL.values()) == len(pool.refs)
    assert (pool.institution.code, pool.unit) == ("kab-x", None)
    refs = [ref for stratum in made for ref in stratum.refs]
    assert sorted(refs) == sorted(row.ref for row in eligible(LISTED))


def test_no_key_is_too_small_and_no_small_list_is_asked_whole():
    for stratum in planned():
        size = stratum.allocation
        assert size.sampled >= 30
        assert size.sampled * DESIGN[stratum.group].response >= 15
        assert size.population >= 60 or size.sampled < size.population
        assert size.population == len(stratum.refs)


def test_the_labels_of_all_groups_form_one_tree():
    class Leaf:
        def __init__(self, stratum):
            self.stratum, self.merge = stratum.allocation.code, stratum.merge

    assert tree_faults(Leaf(stratum) for stratum in planned()) == []


def test_a_shared_stratum_is_nobodys_own_whoever_listed_its_people():
    shared = next(s for s in planned() if s.group == Group.EXPERT)
    assert (shared.allocation.code, shared.institution, shared.unit) == ("18/expert/shared", None, None)
    assert (shared.name.id, shared.name.en) == ("seluruh provinsi: ahli", "the whole province: experts")


def test_more_answers_than_can_be_expected_ask_for_as_many_as_can():
    """150 users with 38 % response give 57 answers at most: less than the floor, then less than the total."""
    for answers in (40, 100):
        wide = GroupDesign(by="kind", answers=answers, total=90, response=0.38, sd=18.0)
        small = next(s for s in planned(**{Group.EXTERNAL: wide}) if s.allocation.code.startswith("kab-y/ex"))
        assert small.allocation.sampled == small.allocation.population == 150


def test_a_small_list_gets_its_floor_though_the_total_asks_for_more():
    listed = LISTED | {("kab-z", Group.INTERNAL): {"opd.01": 59}}
    wide = GroupDesign(by="institution", answers=10, total=500, response=0.58, sd=15.0)
    made = next(
        s for s in planned(listed, **{Group.INTERNAL: wide}) if s.allocation.code == "kab-z/internal/all"
    )
    assert 30 <= made.allocation.sampled < 59


def test_an_institution_too_small_for_any_key_stops_the_plan():
    with pytest.raises(Refused, match="SAMPLE-108"):
        planned(LISTED | {("kab-z", Group.INTERNAL): {"opd.01": 20}})


@pytest.mark.parametrize("by", ["locus", "kind", "village"])
def test_a_group_is_divided_by_what_its_people_have(by):
    with pytest.raises(Refused, match="SAMPLE-116"):
        planned(**{Group.EXPERT: GroupDesign(by=by, answers=60, total=60, response=0.8, sd=14.0)})


def test_a_frame_without_people_is_not_drawn():
    """An empty draw would stand for ever."""
    with pytest.raises(Refused, match="SAMPLE-115"):
        draw_sample(by="ratna", round=make_round(), design=DESIGN, seed=SEED)
    assert not Draw.objects.exists()


def test_the_draw_is_that_of_the_pure_function_with_the_stored_seed(round_):
    made = draw_sample(by="ratna", round=round_, design=DESIGN, seed=SEED)
    assert bytes(made.seed) == SEED
    assert made.commitment == hashlib.sha256(SEED).hexdigest()
    lists = {s.allocation.code: s.refs for s in plan(frame.eligible(round=round_), DESIGN)}
    sampled = {row.label: row.sampled for row in strata(round_)}
    for again in draw(lists, sampled, bytes(Draw.objects.get().seed)):
        kept = Selection.objects.filter(stratum__label=again.code).order_by("place")
        assert tuple(kept.values_list("contact_ref", flat=True)) == again.drawn
        assert [row.place for row in kept] == list(range(1, sampled[again.code] + 1))
    assert all(row.drawn for row in Selection.objects.all())


def test_a_round_is_drawn_once(round_):
    first = draw_sample(by="ratna", round=round_, design=DESIGN, seed=SEED)
    drawn = set(Selection.objects.values_list("contact_ref", flat=True))
    again = draw_sample(by="budi", round=round_, design={}, seed=bytes(32))
    assert again.pk == first.pk
    assert set(Selection.objects.values_list("contact_ref", flat=True)) == drawn
    assert Audit.objects.filter(verb="draw_sample").count() == 1


def test_the_trail_holds_the_commitment_and_never_the_seed(round_):
    draw_sample(by="ratna", round=round_, design=DESIGN, seed=SEED)
    detail = Audit.objects.get(verb="draw_sample").detail
    assert detail["commitment"] == hashlib.sha256(SEED).hexdigest()
    assert SEED.hex() not in str(detail)


def test_only_counts_pass_the_hatch(round_):
    draw_sample(by="ratna", round=round_, design=DESIGN, seed=SEED)
    rows = strata(round_)
    assert sum(row.population for row in rows) == len(frame.eligible(round=round_))
    assert sum(row.sampled for row in rows) == Selection.objects.count()
    assert rows[0]._fields == ("label", "group", "institution", "unit", "population", "sampled")


def test_the_design_survives_the_purge_of_the_names(round_):
    draw_sample(by="ratna", round=round_, design=DESIGN, seed=SEED)
    before = [(row.label, row.population, row.sampled) for row in strata(round_)]
    frame.purge(by="siti", round=round_)
    assert [(row.label, row.population, row.sampled) for row in strata(round_)] == before


def test_the_database_refuses_what_no_draw_would_write(round_):
    draw_sample(by="ratna", round=round_, design=DESIGN, seed=SEED)
    row, picked = Stratum.objects.first(), Selection.objects.first()
    for name, write in {
        "stratum_label_once": lambda: Stratum.objects.create(
            round=round_, label=row.label, population=1, sampled=1
        ),
        "stratum_within_population": lambda: Stratum.objects.filter(pk=row.pk).update(
            sampled=row.population + 1
        ),
        "selection_place_once": lambda: Selection.objects.create(
            stratum=picked.stratum, contact_ref="x", place=picked.place, drawn=True
        ),
        "sample_selection_contact_ref": lambda: Selection.objects.create(
            stratum=row, contact_ref=picked.contact_ref, place=99999, drawn=True
        ),
        "sample_draw_round_id": lambda: Draw.objects.create(round=round_, seed=b""),
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            write()


def test_the_command_reads_the_design_from_a_file(round_, tmp_path, capsys):
    table = "\n".join(
        f'[{group}]\nby = "{d.by}"\nanswers = {d.answers}\ntotal = {d.total}\n'
        f"response = {d.response}\nsd = {d.sd}"
        for group, d in DESIGN.items()
    )
    (tmp_path / "design.toml").write_text(table)
    call_command(
        "draw_sample",
        "uji-2025",
        "--design",
        str(tmp_path / "design.toml"),
        "--seed",
        SEED.hex(),
        "--by",
        "ratna",
    )
    assert (
        capsys.readouterr().out.strip() == Draw.objects.get().commitment == hashlib.sha256(SEED).hexdigest()
    )
