"""Due dates, references, what is owed, taking back: the smaller verbs around a list."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from bening.core.kinds import Group
from bening.core.problems import Refused
from bening.web.frame import hatch
from bening.web.frame.models import Deadline, Reference, Roster, Upload
from bening.web.frame.steps import (
    Asked,
    accept,
    answer,
    deadlines,
    freeze_frame,
    load_reference,
    marked_upload,
    owed,
    purge,
    questions,
    return_roster,
    set_deadline,
    submit,
    withdraw,
)
from bening.web.registry.models import Audit, Institution, Unit

DAY = date(2025, 7, 1)


def ask(roster, *, unit=None):
    """Return a list with one question."""
    asked = Asked("Budi", "Mengapa?", settings.NOW().date() + timedelta(3), unit)
    return return_roster(by="siti", roster=roster, questions=[asked], now=settings.NOW())


def refer(round_, kind: str, text: str) -> Reference:
    """Hand in what lists are compared with."""
    return load_reference(
        by="dewi", round=round_, institution=Institution.objects.get(code="kab-x"), kind=kind,
        data=text.encode(), name="a.csv", now=settings.NOW(),
    )  # fmt: skip


def test_a_due_date_is_set_changed_and_taken_away(round_):
    for due in (DAY, DAY, DAY + timedelta(1), None):
        before = Audit.objects.count()
        changed = deadlines(round=round_).get(Group.EXTERNAL) != due
        set_deadline(by="siti", round=round_, group=Group.EXTERNAL, due=due)
        assert deadlines(round=round_).get(Group.EXTERNAL) == due
        assert Audit.objects.count() - before == changed
    assert Deadline.objects.count() == 0


def test_a_list_that_was_handed_over_is_taken_back_until_the_agency_acts(load, good):
    roster = load(Group.INTERNAL, good(Group.INTERNAL))
    assert withdraw(by="dewi", roster=roster).state == "draft"
    assert withdraw(by="dewi", roster=roster).state == "draft"
    submit(by="dewi", roster=roster)
    accept(by="siti", roster=roster)
    with pytest.raises(Refused, match="FRAME-179"):
        withdraw(by="dewi", roster=roster)


def test_a_returned_list_comes_again_as_it_is_when_everything_is_answered(load, good):
    roster = ask(load(Group.INTERNAL, good(Group.INTERNAL)))
    with pytest.raises(Refused, match="FRAME-187"):
        submit(by="dewi", roster=roster)
    answer(by="dewi", question=questions(roster=roster).get(), words="Sudah benar.", now=settings.NOW())
    assert submit(by="dewi", roster=roster).state == "submitted"


def test_after_the_freeze_no_list_moves(load, good, round_):
    done = load(Group.INTERNAL, good(Group.INTERNAL))
    left = load(Group.EXTERNAL, good(Group.EXTERNAL))
    back = ask(load(Group.EXPERT, good(Group.EXPERT)))
    accept(by="siti", roster=done)
    freeze_frame(by="siti", round=round_, now=settings.NOW())
    moves = [
        lambda: accept(by="siti", roster=left),
        lambda: withdraw(by="dewi", roster=left),
        lambda: ask(left),
        lambda: answer(by="dewi", question=questions(roster=back).get(), words="Ya", now=settings.NOW()),
    ]
    for move in moves:
        with pytest.raises(Refused, match="FRAME-176"):
            move()
    assert owed(round=round_) == []


def test_what_is_owed_is_told_by_institution_and_unit(load, good, round_):
    set_deadline(by="siti", round=round_, group=Group.INTERNAL, due=DAY)
    dinkes = Unit.objects.get(institution__code="kab-x", code="dinkes")
    ask(load(Group.INTERNAL, good(Group.INTERNAL)), unit=dinkes)
    withdraw(by="dewi", roster=load(Group.EXTERNAL, good(Group.EXTERNAL)))
    accept(by="siti", roster=load(Group.EXPERT, good(Group.EXPERT)))
    lines = [(o.institution.code, o.unit and o.unit.code, o.group, o.what, o.due) for o in owed(round=round_)]
    assert lines == [
        ("kab-x", None, Group.EXTERNAL, "hand_over", None),
        ("kab-x", "dinkes", Group.INTERNAL, "answer", settings.NOW().date() + timedelta(3)),
        ("kab-x", None, Group.INTERNAL, "correct", DAY),
        ("kab-y", None, Group.EXPERT, "list", None),
        ("kab-y", None, Group.EXTERNAL, "list", None),
        ("kab-y", None, Group.INTERNAL, "list", DAY),
    ]


def test_the_hatch_tells_open_questions_and_due_dates(load, good, round_):
    set_deadline(by="siti", round=round_, group=Group.INTERNAL, due=DAY)
    dinkes = Unit.objects.get(institution__code="kab-x", code="dinkes")
    roster = ask(load(Group.INTERNAL, good(Group.INTERNAL)), unit=dinkes)
    (whole,) = hatch.status(round=round_, institution=roster.institution)
    (part,) = hatch.status(round=round_, institution=roster.institution, unit=dinkes)
    other = roster.institution.units.get(code="arsip")
    (rest,) = hatch.status(round=round_, institution=roster.institution, unit=other)
    assert [(c.open, c.due) for c in (whole, part, rest)] == [(1, DAY), (1, DAY), (0, DAY)]


def test_a_staff_list_is_compared_with_the_statistic_and_the_titles(load, good, round_):
    refer(round_, "statistic", "kode_lokus;kategori;jumlah\ndinkes;;40\ndinkes;NON_ASN;20\nlain;;9\n")
    refer(round_, "titles", "jabatan\nBidan\nPerawat Gigi\n")
    codes = {fault.code for fault in load(Group.INTERNAL, good(Group.INTERNAL)).faults.all()}
    assert codes == {"FRAME-121", "FRAME-174", "FRAME-175"}
    assert list(load(Group.EXTERNAL, good(Group.EXTERNAL)).faults.all()) == []


def test_a_reference_that_cannot_be_read_changes_nothing(round_):
    refer(round_, "titles", "Bidan\n")
    wrong = {
        "FRAME-185": ("statistic", "a;b\n1;2\n"),
        "FRAME-191": ("titles", "\n"),
        "FRAME-180": ("titles", "PK"),
    }
    for code, (kind, text) in wrong.items():
        with pytest.raises(Refused, match=code):
            refer(round_, kind, text)
    assert Reference.objects.get().lines == ["bidan"]


def test_a_file_that_is_gone_or_too_large_is_not_marked(arrived, check, make, good):
    arrived(make(Group.INTERNAL, good(Group.INTERNAL)))
    roster = check().roster
    Upload.objects.update(size=10_000_001)
    with pytest.raises(Refused, match="FRAME-188"):
        marked_upload(by="dewi", roster=roster)
    Upload.objects.all().delete()
    with pytest.raises(Refused, match="FRAME-190"):
        marked_upload(by="dewi", roster=roster)


def test_the_purge_empties_what_was_uploaded(arrived, check, make, good, round_):
    arrived(make(Group.INTERNAL, good(Group.INTERNAL)))
    check()
    counts = purge(by="siti", round=round_)
    assert (counts["uploads"], counts["pieces"]) == (1, 1)
    assert Upload.objects.count() == 0
    assert Roster.objects.count() == 1


def test_officers_set_due_dates_and_inspectorates_see_what_is_late(desk):
    siti, dewi = desk("siti"), desk("dewi")
    late = (settings.NOW() - timedelta(3)).date().isoformat()
    assert siti.post("/daftar/tenggat", {"internal": "kapan"}).status_code == 400
    assert siti.post("/daftar/tenggat", {"internal": late}).status_code == 302
    page = dewi.get("/daftar").content.decode()
    assert "1 locus is late" in page
    assert "3 days late" in page


def test_a_statistic_is_handed_in_on_its_page(desk):
    dewi = desk("dewi")
    good = {
        "kind": "statistic",
        "file": SimpleUploadedFile("a.csv", b"kode_lokus;kategori;jumlah\ndinkes;;40\n"),
    }
    assert dewi.post("/daftar/kab-x/pegawai", good).status_code == 302
    assert "1 lines" in dewi.get("/daftar/kab-x/pegawai").content.decode()
    bad = {"kind": "statistic", "file": SimpleUploadedFile("a.csv", b"x\n")}
    page = dewi.post("/daftar/kab-x/pegawai", bad)
    assert page.status_code == 400
    assert "FRAME-185" in page.content.decode()
    assert desk("mira").get("/daftar/kab-x/pegawai").status_code == 404


def test_a_page_that_polls_gets_its_part_and_is_led_on(desk, upload, check, make, good):
    where, dewi = upload(make(Group.INTERNAL, good(Group.INTERNAL))), desk("dewi")
    part = dewi.get(where, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="progress"')
    check()
    assert dewi.get(where, headers={"HX-Request": "true"})["HX-Redirect"] == "/daftar/kab-x/internal/1"


def test_a_csv_is_introduced_by_a_form_and_bad_words_lose_nothing(desk, upload, check, good):
    rows = good(Group.INTERNAL)
    text = "\n".join([";".join(rows[0]), *(";".join(row.values()) for row in rows)])
    where, dewi = upload(text.encode(), name="a.csv"), desk("dewi")
    said = {
        "sistem_sumber": "SIMPEG", "tanggal_ekstraksi": "kemarin", "disusun_oleh": "Ayu",
        "diperiksa_oleh": "B", "kontak": "C", "kekurangan": "tidak ada",
        "jumlah_baris": "4", "pernyataan": "on", "baris_0": "4",
    }  # fmt: skip
    page = dewi.post(where, said)
    assert page.status_code == 400
    assert 'value="SIMPEG"' in page.content.decode()
    assert 'href="#id_tanggal_ekstraksi"' in page.content.decode()
    dewi.post(where, said | {"tanggal_ekstraksi": "2025-06-30"})
    roster = check().roster
    assert (roster.rows, roster.declared, roster.source) == (4, {"": 4, "dinkes": 4}, "SIMPEG")
    assert list(roster.faults.all()) == []


def test_a_file_beyond_the_limit_is_refused_on_the_page(desk, monkeypatch):
    monkeypatch.setattr("bening.web.frame.steps.parcel.CSV_BYTES", 1000)
    for data in (b"a;b\n" * 1000, b""):
        page = desk("dewi").post("/daftar/kab-x/internal/unggah", {"file": SimpleUploadedFile("a.csv", data)})
        assert page.status_code == 400
        assert 'href="#file"' in page.content.decode()
    assert Upload.objects.count() == 0


def test_a_move_on_a_version_that_is_no_longer_the_newest_does_nothing(desk, load, good):
    load(Group.INTERNAL, good(Group.INTERNAL)[:2])
    load(Group.INTERNAL, good(Group.INTERNAL))
    desk("siti").post("/daftar/kab-x/internal/terima", {"version": "1"})
    desk("dewi").post("/daftar/kab-x/internal/terima", {"version": "2"})
    assert set(Roster.objects.values_list("state", flat=True)) == {"submitted"}
