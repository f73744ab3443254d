"""A form goes from a workbook to a frozen version, by hand over HTTP; each role sees its own part."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bening.core.questionnaire import load
from bening.web.questionnaire.models import Draft, Instrument
from bening.web.registry.models import Audit
from bening.web.registry.steps import record
from tests.web.questionnaire.conftest import cell, form

EN = "label::English (en)"


def seen(client, to, status=200):
    """The text of a page."""
    page = client.get(to)
    assert page.status_code == status, (to, page.status_code)
    return page.content.decode()


def upload(client, data, name="ahli.xlsx"):
    """What comes of an upload."""
    return client.post("/kuesioner", {"file": SimpleUploadedFile(name, data)})


def test_a_form_goes_from_the_workbook_to_the_frozen_version(desk):
    siti = desk("siti")
    assert "No frozen questionnaire yet for: staff, users of services, experts" in seen(siti, "/kuesioner")
    assert upload(siti, form())["Location"] == "/kuesioner/expert/1"
    assert Draft.objects.get().by == "siti"
    page = seen(siti, "/kuesioner/expert/1")
    assert "version 1, a draft" in page
    assert "Freeze this version" in page
    assert "<b>draft</b>" in seen(siti, "/kuesioner")
    assert siti.post("/kuesioner/expert/1/bekukan").status_code == 302
    assert not Draft.objects.exists()
    frozen = Instrument.objects.get()
    page = seen(siti, "/kuesioner/expert/1")
    assert "version 1, frozen" in page
    assert frozen.digest in page
    assert "Freeze this version" not in page
    assert siti.post("/kuesioner/expert/1/bekukan").status_code == 302  # again changes nothing
    assert Instrument.objects.count() == 1
    trail = Audit.objects.filter(verb__in=("import_xlsform", "freeze_instrument"))
    assert list(trail.values_list("verb", "by")) == [
        ("import_xlsform", "siti"),
        ("freeze_instrument", "siti"),
    ]


def test_the_same_file_again_changes_nothing_and_a_mended_one_replaces_the_draft(desk):
    siti = desk("siti")
    upload(siti, form())
    first = Draft.objects.get()
    upload(siti, form())
    assert Audit.objects.filter(verb="import_xlsform").count() == 1
    upload(siti, form(change=lambda pages: cell(pages, "survey", 2, EN, "Welcome!")))
    assert Draft.objects.get().digest != first.digest
    assert Audit.objects.filter(verb="import_xlsform").count() == 2


def test_problems_are_a_table_with_sheet_row_and_column(desk):
    def spoil(pages):
        cell(pages, "survey", 3, EN, "")
        cell(pages, "survey", 4, "relevant", "${nobody} = 'x'")
        cell(pages, "choices", 2, "score", "101")

    page = upload(desk("siti"), form(change=spoil), name="salah.xlsx")
    assert page.status_code == 400
    text = page.content.decode()
    assert "3 problems in salah.xlsx" in text
    for code, place in (("QUEST-105", "survey 3"), ("QUEST-104", "survey 4"), ("QUEST-106", "choices 2")):
        assert code in text
        assert place in text
    assert EN in text
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "kosong.xlsx", "not empty"),
        (b"PK\x03\x04rubbish", "rusak.xlsx", "FRAME-180"),
        (b"type;name\n", "daftar.csv", "QUEST-115"),
    ],
)
def test_what_is_no_form_is_refused(desk, data, name, said):
    page = upload(desk("siti"), data, name)
    assert page.status_code == 400
    assert said in page.content.decode()


def test_a_frozen_version_is_not_replaced_and_a_frozen_round_takes_none(desk, round_):
    siti = desk("siti")
    upload(siti, form())
    siti.post("/kuesioner/expert/1/bekukan")
    again = upload(siti, form(change=lambda pages: cell(pages, "survey", 2, EN, "Welcome!")))
    assert "QUEST-126" in again.content.decode()
    upload(siti, form(change=lambda pages: cell(pages, "settings", 2, "version", "2")))
    record(by="siti", verb="freeze_round", on=round_.code)
    page = siti.post("/kuesioner/expert/2/bekukan", follow=True)
    assert "QUEST-129" in page.content.decode()
    assert Instrument.objects.count() == 1


def test_two_versions_side_by_side(desk):
    siti = desk("siti")
    upload(siti, form())
    siti.post("/kuesioner/expert/1/bekukan")

    def second(pages):
        cell(pages, "settings", 2, "version", "2")
        cell(pages, "survey", 2, EN, "Hello & welcome")

    upload(siti, form(change=second))
    assert "/kuesioner/expert/2/beda/expert/1" in seen(siti, "/kuesioner/expert/2")
    page = seen(siti, "/kuesioner/expert/2/beda/expert/1")
    assert "1 difference" in page
    assert "Hello &amp; welcome" in page
    assert "Nothing differs" in seen(siti, "/kuesioner/expert/2/beda/expert/2")
    seen(siti, "/kuesioner/expert/2/beda/expert/9", status=404)


def test_the_preview_has_the_phones_files_and_nothing_that_sends(desk):
    siti = desk("siti")
    upload(siti, form())
    where = "/kuesioner/expert/1/pratinjau/"
    assert "preview.js" in seen(siti, where)
    assert json.loads(seen(siti, f"{where}questionnaire.json"))["name"] == "expert"
    assert load(siti.get(f"{where}questionnaire.json").content).group == "expert"
    for name in (
        "questionnaire.js",
        "screens.js",
        "texts.js",
        "finish.js",
        "codes.js",
        "wire.js",
        "phone.css",
    ):
        assert seen(siti, where + name)
    for name in ("send.js", "calls.js", "store.js", "main.js", "owner.js", "views.py", "index.html"):
        seen(siti, where + name, status=404)


def test_an_auditor_reads_and_changes_nothing_and_an_institution_sees_nothing(desk):
    siti, wayan, dewi = desk("siti"), desk("wayan"), desk("dewi")
    upload(siti, form())
    for page in ("/kuesioner", "/kuesioner/expert/1", "/kuesioner/expert/1/pratinjau/"):
        assert "Freeze this version" not in seen(wayan, page)
        seen(dewi, page, status=403)
    assert 'type="file"' not in seen(wayan, "/kuesioner")
    assert upload(wayan, form(group="internal")).status_code == 403
    assert wayan.post("/kuesioner/expert/1/bekukan").status_code == 403
    assert dewi.post("/kuesioner/expert/1/bekukan").status_code == 403
    assert (Draft.objects.count(), Instrument.objects.count()) == (1, 0)


def test_a_version_of_another_round_or_of_no_round_is_not_found(client, desk):
    seen(desk("siti"), "/kuesioner/expert/1", status=404)
    assert client.get("/kuesioner").status_code == 302
