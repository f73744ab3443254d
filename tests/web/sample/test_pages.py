"""The pages: planned, committed, drawn by another, repeated; institutions learn that it happened."""

import re

import pytest

from bening.web.frame.models import Roster
from bening.web.registry.models import Audit
from bening.web.registry.steps import grant, record
from bening.web.sample.models import Design, Draw, Selection
from bening.web.sample.steps import commit_seed, purge
from tests.web.sample.conftest import DESIGN
from tests.web.small import make_draw

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(client, staff, django_user_model):
    """A page as somebody sees it."""

    def seen(username, path, data=None, *, status=200, language="en"):
        client.force_login(django_user_model.objects.get(username=username))
        ask = client.get if data is None else client.post
        page = ask(path, data or {}, headers={"accept-language": language})
        assert page.status_code == status, page.content.decode()[:2000]
        return page.content.decode() if status in (200, 400) else page

    return seen


def typed(do="save", **changes):
    """The form as a browser sends it."""
    data = {"do": do}
    for group, wanted in DESIGN.items():
        data |= {f"{group}-asked": "on", f"{group}-by": wanted.by, f"{group}-answers": wanted.answers}
        data |= {f"{group}-total": wanted.total, f"{group}-response": wanted.response * 100}
        data[f"{group}-sd"] = wanted.sd
    data |= {name.replace("_", "-", 1): value for name, value in changes.items()}
    return {name: value for name, value in data.items() if value is not None}


def texts(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_planner_says_what_a_design_gives(visit):
    page = texts(visit("ratna", "/sampel/rencana"))
    assert "313 people are invited; 1 of 3 loci can be shown by themselves" in page
    assert "Small ones together" in page
    assert "holds Dinas opd.02, Dinas opd.03" in page
    assert "Preview" not in page


def test_before_the_lists_are_frozen_the_plan_is_a_labelled_preview(visit):
    Roster.objects.update(state="submitted")
    page = texts(visit("ratna", "/sampel/rencana"))
    assert "Preview. The lists are not frozen yet" in page
    assert "313 people are invited" in page


def test_a_preview_keeps_nothing_and_a_saved_design_is_a_version(visit):
    page = visit("ratna", "/sampel/rencana", typed("look", internal_by="institution", reserve="on"))
    assert "The whole institution" in page
    assert 'id="reserve" checked' in page
    assert not Design.objects.exists()
    assert visit("ratna", "/sampel/rencana", typed(), status=302).headers["Location"] == "/sampel/rencana"
    assert Design.objects.get().version == 1
    assert "The design is saved as version 1." in visit("ratna", "/sampel/rencana")


def test_the_part_that_is_refreshed_comes_alone(visit):
    page = visit("ratna", "/sampel/rencana", typed("look", part="1"))
    assert "<html" not in page
    assert "<form" not in page
    assert "people are invited" in page


def test_bad_numbers_are_named_and_nothing_typed_is_lost(visit):
    data = typed(internal_answers="x", external_sd="-1")
    page = visit("ratna", "/sampel/rencana", data, status=400)
    assert 'href="#id_internal-answers"' in page
    assert 'value="x"' in page
    assert 'aria-invalid="true"' in page
    assert "This design cannot be drawn" in page
    assert not Design.objects.exists()


def test_a_group_that_is_not_asked_needs_no_numbers_but_some_group_is_asked(visit):
    visit("ratna", "/sampel/rencana", typed(expert_asked=None, expert_answers=""), status=302)
    assert b"expert" not in bytes(Design.objects.get().body)
    none = typed(internal_asked=None, external_asked=None, expert_asked=None)
    assert "Ask at least one group" in visit("ratna", "/sampel/rencana", none, status=400)


def test_a_design_that_cannot_be_drawn_says_why_and_how_to_mend_it(visit):
    page = visit("ratna", "/sampel/rencana", typed(expert_by="locus"), status=400)
    assert "SAMPLE-116" in page
    assert "SAMPLE-116 Kelompok" in visit(
        "ratna", "/sampel/rencana", typed(expert_by="locus"), status=400, language="id"
    )


def test_an_officer_may_try_numbers_and_not_save_them(visit):
    assert "people are invited" in visit("siti", "/sampel/rencana", typed("look"))
    visit("siti", "/sampel/rencana", typed(), status=403)
    assert not Design.objects.exists()


def test_committed_by_one_drawn_by_another_repeated_by_a_third(visit, staff):
    visit("ratna", "/sampel/rencana", typed(), status=302)
    assert "publishes three digests" in visit("ratna", "/sampel/komitmen")
    visit("ratna", "/sampel/komitmen", {}, status=302)
    draw = Draw.objects.get()
    assert (draw.committed_by, draw.drawn) == ("ratna", None)
    assert draw.commitment in visit("dewi", "/sampel")
    assert "Draw now" in visit("siti", "/sampel/undian")
    visit("siti", "/sampel/undian", {}, status=302)
    assert Draw.objects.get().drawn_by == "siti"
    assert "The draw cannot be repeated now" in visit("wayan", "/sampel/ulang")
    assert "SAMPLE-122" in visit("wayan", "/sampel/ulang", {}, status=400)
    assert "SAMPLE-122" in visit("wayan", "/sampel/ulang/paket", {}, status=400)
    record(by="siti", verb="freeze_round", on=staff.code)
    assert "Identical: the draws of all 4 strata came out again" in visit("wayan", "/sampel/ulang", {})
    Selection.objects.filter(stratum__label="18/expert/shared").first().delete()
    page = visit("wayan", "/sampel/ulang", {})
    assert "Not identical: 1 stratum differs" in page
    assert "18/expert/shared" in page
    assert [row.detail["identical"] for row in Audit.objects.filter(verb="redraw").order_by("id")] == [
        True,
        False,
    ]


def test_the_package_is_a_file_for_the_auditor_and_every_download_stands_in_the_trail(
    client, staff, django_user_model
):
    make_draw(staff, DESIGN)
    record(by="siti", verb="freeze_round", on=staff.code)
    client.force_login(django_user_model.objects.get(username="wayan"))
    answer = client.post("/sampel/ulang/paket")
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="redraw-uji-2025.zip"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content == client.post("/sampel/ulang/paket").content  # the same bytes every time
    assert client.get("/sampel/ulang/paket").status_code == 405
    assert Audit.objects.filter(verb="take_redraw_package", by="wayan").count() == 2


def test_somebody_with_both_roles_does_not_draw_the_own_commitment(visit, staff):
    grant(by="siti", username="siti", name="Siti", role="statistician")
    visit("ratna", "/sampel/rencana", typed(), status=302)
    commit_seed(by="siti", round=staff)
    assert "Somebody else has to draw" in visit("siti", "/sampel/undian")
    assert "SAMPLE-121" in visit("siti", "/sampel/undian", {}, status=400)
    assert Draw.objects.get().drawn is None


def test_an_institution_learns_that_a_draw_took_place_and_no_number_of_it(visit, staff):
    draw = make_draw(staff, DESIGN)
    drawn = Selection.objects.count()
    for username, eligible in (("dewi", 378), ("agus", 378), ("rina", 60)):
        page = visit(username, "/sampel")
        assert "A draw took place on" in page
        assert draw.commitment in page
        assert f"{eligible} eligible people on your lists could be drawn" in page
        assert draw.selection_digest not in page
        assert f">{drawn}<" not in page
        assert str(drawn) not in texts(page.split("<dl")[0])
        assert "Who shares a stratum" not in page


def test_before_anything_happened_every_page_says_so(visit):
    assert "No draw has taken place yet" in visit("dewi", "/sampel")
    assert "There is no design to commit to yet" in visit("ratna", "/sampel/komitmen")
    assert "There is no commitment to a seed yet" in visit("siti", "/sampel/undian")
    assert "Nothing has been deleted yet" in visit("wayan", "/sampel/penghapusan")


def test_the_proof_of_the_purge_names_tables_and_counts(visit, staff):
    make_draw(staff, DESIGN)
    said = purge(by="siti", round=staff)
    tables = {"sample_selection": [said["selections"], 0], "sample_seed": [1, 0]}
    record(by="siti", verb="purge_round", on=staff.code, detail={"tables": tables, "digest": "d" * 64})
    page = visit("wayan", "/sampel/penghapusan")
    assert "Done by siti" in page
    assert "sample_selection" in page
    assert "d" * 64 in page
