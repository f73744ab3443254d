"""Who sees what of a list: an institution its own, a unit its rows, counts for those who need no names."""

import io

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from bening.core.kinds import Group
from bening.web.frame.models import Question, Roster, Upload
from bening.web.frame.steps import Asked, return_roster, submit
from bening.web.registry.models import Audit, Locus, Unit

LIST = "/daftar/kab-x/internal"
PAGES = (
    "", "/petunjuk", "/templat.xlsx", "/templat.csv", "/unggah", "/kembalikan", "/1", "/1/temuan.csv",
    "/1/bertanda.xlsx", "/2/perubahan",
)  # fmt: skip
ROLES = ("siti", "ratna", "wayan", "dewi", "mira", "rina", "agus")
OPEN = {  # page -> who may open it; 404 for those whose place is another, 403 for those whose role is
    "": "siti ratna wayan dewi rina",
    "/petunjuk": "siti dewi",
    "/templat.xlsx": "siti dewi",
    "/templat.csv": "siti dewi",
    "/unggah": "dewi",
    "/kembalikan": "siti",
    "/1": "siti ratna wayan dewi rina",
    "/1/temuan.csv": "siti dewi rina",
    "/1/bertanda.xlsx": "siti dewi",
    "/2/perubahan": "siti dewi",
}


@pytest.fixture
def two(round_, people, upload, check, make, good):
    """Two loci with a faulty row each, and a second version."""
    Locus.objects.create(round=round_, unit=Unit.objects.get(institution__code="kab-x", code="arsip"))
    rows = good(Group.INTERNAL)
    rows[1]["telepon"] = "44444"
    rows[2] |= {"telepon": "77777", "kode_lokus": "arsip"}
    for titles in (rows, rows[:3]):
        upload(make(Group.INTERNAL, titles))
        check()
    return Roster.objects.get(version=1)


def status(client: Client, to: str) -> int:
    """The status of a page."""
    return client.get(to).status_code


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_its_roles_alone(two, desk, page):
    wanted = {who: 200 if who in OPEN[page].split() else 403 for who in ROLES}
    if "dewi" in OPEN[page].split():
        wanted["mira"] = 404
    assert {who: status(desk(who), LIST + page) for who in ROLES} == wanted


def test_a_unit_sees_its_own_rows_and_nobody_elses(two, desk):
    rina = desk("rina")
    page, text = rina.get(f"{LIST}/1").content.decode(), rina.get(f"{LIST}/1/temuan.csv").content.decode()
    for told in (page, text):
        assert "44444" in told
        assert "77777" not in told
    assert "1 of 3 rows needs correction" in page
    assert "Rahasia Satu" not in rina.get(LIST).content.decode()
    assert status(rina, "/daftar/kab-x/expert") == 404
    dewi = desk("dewi").get(f"{LIST}/1").content.decode()
    assert "44444" in dewi
    assert "77777" in dewi


@pytest.mark.parametrize("who", ["ratna", "wayan"])
def test_statistician_and_auditor_see_counts_only(two, desk, who):
    before = Audit.objects.count()
    page = desk(who).get(f"{LIST}/1").content.decode()
    assert "2 of 4 rows need correction" in page
    assert "44444" not in page
    assert "Rahasia Satu" not in desk(who).get(LIST).content.decode()
    assert Audit.objects.count() == before


def test_every_look_at_words_is_one_row_of_the_audit(two, desk):
    dewi = desk("dewi")
    before = Audit.objects.count()
    for to in (f"{LIST}/1", f"{LIST}/1/temuan.csv", f"{LIST}/1/bertanda.xlsx", LIST):
        dewi.get(to)
    rows = list(Audit.objects.order_by("id")[before:].values_list("by", "verb", "detail"))
    assert [(by, verb) for by, verb, _ in rows] == [("dewi", "open_faults")] * 3 + [("dewi", "open_list")]
    assert [detail.get("what") for _, _, detail in rows] == ["page", "csv", "marked file", None]


def test_the_agency_alone_learns_of_other_institutions(upload, check, make, good, desk):
    upload(make(Group.INTERNAL, good(Group.INTERNAL), "kab-y"), who="mira")
    check()
    Roster.objects.update(state="submitted")
    upload(make(Group.INTERNAL, good(Group.INTERNAL)))
    check()
    assert "FRAME-152" in desk("siti").get(f"{LIST}/1").content.decode()
    page = desk("dewi").get(f"{LIST}/1").content.decode()
    assert "FRAME-152" not in page
    assert "No row of 4 needs correction" in page


def test_an_answer_comes_from_those_who_were_asked(two, desk, round_):
    submit(by="dewi", roster=two)
    arsip = Unit.objects.get(institution__code="kab-x", code="arsip")
    asked = Asked("Budi", "Rahasia Arsip?", settings.NOW().date(), arsip)
    return_roster(by="siti", roster=two, questions=[asked], now=settings.NOW())
    pk = Question.objects.get().pk
    for who, wanted in (("rina", 404), ("mira", 404), ("ratna", 403)):
        assert desk(who).post(f"/daftar/pertanyaan/{pk}", {"answer": "x"}).status_code == wanted
    assert "Rahasia Arsip?" not in desk("rina").get(LIST).content.decode()
    blank = desk("dewi").post(f"/daftar/pertanyaan/{pk}", {"answer": " "})
    assert blank.status_code == 400
    assert "FRAME-186" in blank.content.decode()
    assert desk("dewi").post(f"/daftar/pertanyaan/{pk}", {"answer": "Ya."}).status_code == 302
    late = desk("dewi").post(f"/daftar/pertanyaan/{pk}", {"answer": "Tidak."})
    assert "FRAME-179" in late.content.decode()


def test_an_upload_belongs_to_its_institution(upload, make, good, desk):
    where = upload(make(Group.INTERNAL, good(Group.INTERNAL)))
    assert {who: status(desk(who), where) for who in ROLES} == {
        "dewi": 200, "mira": 404, "siti": 403, "ratna": 403, "wayan": 403, "rina": 403, "agus": 403
    }  # fmt: skip


def test_a_file_without_the_forms_token_is_not_taken(people):
    client = Client(enforce_csrf_checks=True)
    page = client.get("/masuk").content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    client.post("/masuk", {"username": "dewi", "csrfmiddlewaretoken": token})
    assert client.post(f"{LIST}/unggah", {"file": SimpleUploadedFile("a.xlsx", b"PK")}).status_code == 403
    assert Upload.objects.count() == 0


def test_the_marked_file_is_the_same_file_with_the_faults_at_their_cells(two, desk):
    page = desk("dewi").get(f"{LIST}/1/bertanda.xlsx")
    sheet = load_workbook(io.BytesIO(page.content)).worksheets[0]
    assert "44444" in sheet["M3"].comment.text
    assert sheet["A2"].comment is None
    assert page["Cache-Control"] == "no-store"
