"""The pages of the lists: from an empty template to a frozen frame, by hand over HTTP."""

from datetime import timedelta

from django.conf import settings

from bening.core.kinds import Group
from bening.web.frame.models import Piece, Question, Roster, Upload
from bening.web.registry.models import Audit

LIST = "/daftar/kab-x/internal"


def seen(client, to: str, status: int = 200) -> str:
    """The text of a page."""
    page = client.get(to)
    assert page.status_code == status, (to, page.status_code)
    return page.content.decode()


def test_a_list_goes_from_the_template_to_the_frozen_frame(desk, upload, check, make, good):
    dewi, siti, rina = desk("dewi"), desk("siti"), desk("rina")
    rows = good(Group.INTERNAL)
    rows[1]["telepon"] = "12345"
    assert "0 of 1 loci are complete" in seen(dewi, "/daftar")
    assert dewi.get(f"{LIST}/templat.xlsx").content.startswith(b"PK")
    assert b"#instansi;kab-x" in dewi.get(f"{LIST}/templat.csv").content
    assert "Analis" in seen(desk("dewi"), f"{LIST}/petunjuk") or "analyst" in seen(dewi, f"{LIST}/petunjuk")
    where = upload(make(Group.INTERNAL, rows))
    assert "The check starts in a moment." in seen(dewi, where)
    assert check().state == "done"
    assert dewi.get(where)["Location"] == f"{LIST}/1"
    page = seen(dewi, f"{LIST}/1")
    assert "1 of 4 rows needs correction" in page
    assert "M3 telepon" in page
    assert "“12345”" in page or "12345" in page
    assert "12345" in seen(rina, f"{LIST}/1")
    assert dewi.post(f"{LIST}/serahkan", {"version": "1"})["Location"] == LIST
    assert Roster.objects.get().state == "submitted"
    assert "1 list waits for the agency" in seen(siti, "/daftar")
    due = (settings.NOW() + timedelta(7)).date().isoformat()
    form = {
        "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-to": "Budi",
        "form-0-words": "Nomor siapa?", "form-0-due": due,
        "form-0-unit": "dinkes", "form-0-row": "3", "form-0-column": "M telepon",
    }  # fmt: skip
    assert siti.post(f"{LIST}/kembalikan", form | {"more": "1"}).content.count(b"<fieldset") == 2
    assert siti.post(f"{LIST}/kembalikan", form)["Location"] == LIST
    assert "Nomor siapa?" in seen(dewi, LIST)
    assert "1 question to answer" in seen(rina, "/daftar")
    question = Question.objects.get()
    assert rina.post(f"/daftar/pertanyaan/{question.pk}", {"answer": "Sudah diganti."}).status_code == 302
    assert "Sudah diganti." in seen(siti, LIST)
    upload(make(Group.INTERNAL, good(Group.INTERNAL)))
    check()
    assert "No row of 4 needs correction" in seen(dewi, f"{LIST}/2")
    assert "1 are new" in seen(dewi, f"{LIST}/2/perubahan")
    dewi.post(f"{LIST}/serahkan", {"version": "2"})
    siti.post(f"{LIST}/terima", {"version": "2"})
    assert "2 of 6 lists" not in seen(siti, "/daftar")
    assert "1 of 6 lists are accepted" in seen(siti, "/daftar")
    assert "5 lists are missing" in seen(siti, "/daftar/bekukan")
    assert siti.post("/daftar/bekukan", {}).status_code == 400
    assert siti.post("/daftar/bekukan", {"sure": "yes"}).status_code == 302
    assert "The lists are frozen: 4 people may be drawn" in seen(siti, "/daftar/bekukan")
    assert Piece.objects.count() == 0
    assert dewi.post(f"{LIST}/unggah").status_code == 400
    assert "original" not in seen(dewi, f"{LIST}/2")
    assert dewi.get(f"{LIST}/2/bertanda.xlsx").status_code == 302
    assert Upload.objects.filter(state="done").count() == 2
    assert Audit.objects.filter(verb="open_faults", by="rina").count() == 1
