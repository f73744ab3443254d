"""Fixed and public before, drawn by somebody else, and never from another frame (SMP-7)."""

import hashlib
import json

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from bening.core.kinds import Group, GroupDesign, SampleDesign
from bening.core.problems import Refused
from bening.core.sample import draw_by, write_design
from bening.web.frame import steps as frame
from bening.web.frame.models import Contact
from bening.web.registry.models import Audit
from bening.web.sample.hatch import strata
from bening.web.sample.models import Design, Draw, Seed, Selection, Stratum
from bening.web.sample.steps import commit_seed, draw_sample, purge, save_design
from bening.web.sample.steps.people import counts, lists
from tests.web.sample.conftest import DESIGN, SEED
from tests.web.small import make_draw, make_round

pytestmark = pytest.mark.django_db
WANTED = SampleDesign(DESIGN)


def test_people_are_counted_in_the_database_as_the_lists_hold_them(round_):
    assert counts(round_) == {place: len(refs) for place, refs in lists(round_).items()}
    assert sum(counts(round_).values()) == len(frame.eligible(round=round_))


def test_designs_are_kept_in_versions_and_the_same_words_are_one(round_):
    first = save_design(by="ratna", round=round_, design=WANTED)
    assert save_design(by="budi", round=round_, design=WANTED).pk == first.pk
    second = save_design(by="ratna", round=round_, design=SampleDesign(DESIGN, reserve=True))
    assert (first.version, second.version) == (1, 2)
    assert bytes(second.body) == write_design(SampleDesign(DESIGN, reserve=True))
    assert Audit.objects.filter(verb="save_design").count() == 2


def test_a_design_that_the_frame_cannot_carry_is_not_kept(round_):
    wrong = GroupDesign(by="locus", answers=60, total=60, response=0.8, sd=14.0)
    with pytest.raises(Refused, match="SAMPLE-116"):
        save_design(by="ratna", round=round_, design=SampleDesign({Group.EXPERT: wrong}))
    assert not Design.objects.exists()


def test_commitment_frame_and_design_are_public_before_the_draw(round_, settings):
    design = save_design(by="ratna", round=round_, design=WANTED)
    made = commit_seed(by="ratna", round=round_, seed=SEED)
    assert made.commitment == hashlib.sha256(SEED).hexdigest()
    assert made.frame_digest == frame.frame_digest(round=round_)
    assert not Selection.objects.exists()
    public = json.loads((settings.CLIENT_DIR / "m" / "draw.json").read_text())
    assert public == {
        "round": "uji-2025",
        "commitment": made.commitment,
        "frame": made.frame_digest,
        "design": design.digest,
        "committed": made.committed.isoformat(),
    }
    trail = Audit.objects.get(verb="commit_seed").detail
    assert trail == {name: public[name] for name in ("commitment", "frame", "design")}
    assert SEED.hex() not in str(list(Audit.objects.values_list("detail", flat=True)))


def test_without_a_given_seed_chance_makes_one_and_it_stays(round_):
    save_design(by="ratna", round=round_, design=WANTED)
    commit_seed(by="ratna", round=round_)
    seed = bytes(Seed.objects.get().value)
    assert len(seed) == 32
    assert seed != bytes(32)
    assert commit_seed(by="budi", round=round_, seed=SEED).commitment == hashlib.sha256(seed).hexdigest()
    assert Audit.objects.filter(verb="commit_seed").count() == 1


def test_a_commitment_wants_a_design_and_a_frozen_frame(round_):
    with pytest.raises(Refused, match="SAMPLE-124"):
        commit_seed(by="ratna", round=round_)
    empty = make_round("kosong-2025")
    save_design(by="ratna", round=empty, design=WANTED)
    with pytest.raises(Refused, match="SAMPLE-115"):
        commit_seed(by="ratna", round=empty)
    assert not Draw.objects.exists()


def test_after_the_commitment_the_design_stands(round_):
    save_design(by="ratna", round=round_, design=WANTED)
    commit_seed(by="ratna", round=round_)
    with pytest.raises(Refused, match="SAMPLE-118"):
        save_design(by="ratna", round=round_, design=SampleDesign(DESIGN, reserve=True))
    assert save_design(by="ratna", round=round_, design=WANTED).version == 1


def test_nobody_draws_without_a_commitment(round_):
    save_design(by="ratna", round=round_, design=WANTED)
    with pytest.raises(Refused, match="SAMPLE-119"):
        draw_sample(by="siti", round=round_)


def test_whoever_committed_does_not_draw(round_):
    save_design(by="ratna", round=round_, design=WANTED)
    commit_seed(by="ratna", round=round_)
    with pytest.raises(Refused, match="SAMPLE-121"):
        draw_sample(by="ratna", round=round_)
    assert draw_sample(by="siti", round=round_).drawn_by == "siti"


@pytest.mark.parametrize("change", ["a person less", "a person in another unit"])
def test_nothing_is_drawn_from_a_frame_that_changed_since(round_, change):
    save_design(by="ratna", round=round_, design=WANTED)
    commit_seed(by="ratna", round=round_)
    person = Contact.objects.filter(unit__code="opd.01").first()
    if change == "a person less":
        Contact.objects.filter(pk=person.pk).update(verdict="ineligible", failed=["x"])
    else:
        other = Contact.objects.filter(unit__code="opd.02").first().unit
        Contact.objects.filter(pk=person.pk).update(unit=other)
    with pytest.raises(Refused, match="SAMPLE-120"):
        draw_sample(by="siti", round=round_)
    assert not Selection.objects.exists()


def test_the_draw_is_that_of_the_pure_function_with_the_stored_seed(round_):
    make_draw(round_, DESIGN, seed=SEED)
    _, again = draw_by(lists(round_), WANTED, bytes(Seed.objects.get().value))
    assert {one.code for one in again} == {row.label for row in strata(round_)}
    for one in again:
        kept = Selection.objects.filter(stratum__label=one.code).order_by("place")
        assert tuple(kept.values_list("contact_ref", flat=True)) == one.drawn
        assert [row.place for row in kept] == list(range(1, len(one.drawn) + 1))
    assert all(row.drawn for row in Selection.objects.all())


def test_a_reserve_is_the_order_behind_the_drawn_and_counts_as_not_drawn(round_):
    make_draw(round_, DESIGN, seed=SEED, reserve=True)
    _, again = draw_by(lists(round_), WANTED, SEED)
    for one in again:
        kept = Selection.objects.filter(stratum__label=one.code).order_by("place")
        assert tuple(kept.filter(drawn=True).values_list("contact_ref", flat=True)) == one.drawn
        assert tuple(kept.filter(drawn=False).values_list("contact_ref", flat=True)) == one.reserve
    assert Selection.objects.count() == len(frame.eligible(round=round_))


def test_a_round_is_drawn_once(round_):
    first = make_draw(round_, DESIGN, seed=SEED)
    drawn = set(Selection.objects.values_list("contact_ref", flat=True))
    again = draw_sample(by="budi", round=round_)
    assert (again.pk, again.drawn_by) == (first.pk, "siti")
    assert set(Selection.objects.values_list("contact_ref", flat=True)) == drawn
    assert Audit.objects.filter(verb="draw_sample").count() == 1


def test_a_stratum_is_named_after_its_place_and_a_shared_one_is_nobody_s_own(round_):
    make_draw(round_, DESIGN, seed=SEED)
    rows = {row.label: row for row in Stratum.objects.select_related("institution", "unit")}
    own, pool, shared = (
        rows[label] for label in ("kab-x/external/office", "kab-x/internal/other", "18/expert/shared")
    )
    assert (own.institution.code, own.unit.code) == ("kab-x", "opd.01")
    assert own.name_id == "Kabupaten kab-x · Dinas opd.01: pengguna layanan dan mitra"
    assert (pool.institution.code, pool.unit) == ("kab-x", None)
    assert (shared.institution, shared.unit) == (None, None)
    assert (shared.name_id, shared.name_en) == ("seluruh provinsi: ahli", "the whole province: experts")


def test_only_counts_pass_the_hatch(round_):
    make_draw(round_, DESIGN, seed=SEED)
    rows = strata(round_)
    assert sum(row.population for row in rows) == len(frame.eligible(round=round_))
    assert sum(row.sampled for row in rows) == Selection.objects.count()
    assert rows[0]._fields == ("label", "group", "institution", "unit", "population", "sampled")


def test_after_the_purge_the_design_is_left_and_nobody_can_be_drawn_again(round_):
    made = make_draw(round_, DESIGN, seed=SEED)
    before = [(row.label, row.population, row.sampled) for row in strata(round_)]
    said = purge(by="siti", round=round_)
    assert said == {"selections": sum(sampled for _, _, sampled in before), "seeds": 1}
    assert [(row.label, row.population, row.sampled) for row in strata(round_)] == before
    assert (Draw.objects.get().commitment, Design.objects.count()) == (made.commitment, 1)
    assert not Selection.objects.exists()
    assert not Seed.objects.exists()
    assert draw_sample(by="budi", round=round_).pk == made.pk
    assert not Selection.objects.exists()


def test_the_database_refuses_what_no_step_would_write(round_):
    draw = make_draw(round_, DESIGN, seed=SEED)
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
        "sample_draw_round_id": lambda: Draw.objects.create(
            round=round_, design=draw.design, committed=draw.committed, committed_by="x"
        ),
        "draw_by_a_second_person": lambda: Draw.objects.update(drawn_by="ratna"),
        "draw_whole": lambda: Draw.objects.update(drawn=None),
        "design_version_once": lambda: Design.objects.create(
            round=round_, version=1, body=b"", digest="", saved=draw.committed
        ),
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            write()


def test_the_commands_read_a_design_from_a_file_and_draw(round_, tmp_path, capsys):
    table = "\n".join(
        f'[{group}]\nby = "{d.by}"\nanswers = {d.answers}\ntotal = {d.total}\n'
        f"response = {d.response}\nsd = {d.sd}"
        for group, d in DESIGN.items()
    )
    (tmp_path / "design.toml").write_text("reserve = true\n" + table)
    file = str(tmp_path / "design.toml")
    call_command("commit_seed", "uji-2025", "--design", file, "--seed", SEED.hex(), "--by", "ratna")
    call_command("draw_sample", "uji-2025", "--by", "siti")
    said = capsys.readouterr().out.split()
    assert said == [hashlib.sha256(SEED).hexdigest()] * 2
    assert Draw.objects.get().drawn
    assert bytes(Design.objects.get().body) == write_design(SampleDesign(DESIGN, reserve=True))
