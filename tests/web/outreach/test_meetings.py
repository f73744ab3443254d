"""Meetings: minutes and attendance by locus; the agency reads, others find nothing."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from bening.core.problems import Refused
from bening.web.outreach import steps
from bening.web.outreach.models import Attendance, Meeting
from bening.web.registry.models import Audit
from tests.web.outreach.conftest import HOME, MONDAY

pytestmark = pytest.mark.django_db
MINUTES = steps.Minutes(date(2025, 7, 18), "Aula Rimau", "Sekretaris Daerah", "Persiapan", "Teruskan edaran.")
CAME = {"dinkes": "head", "pkm-1": "contact"}


@pytest.fixture
def hold(round_, home, clock):
    def made(minutes=MINUTES, present=None, **more):
        return steps.record_meeting(
            by="dewi", round=round_, institution=home, minutes=minutes,
            present=CAME if present is None else present, now=MONDAY, **more,
        )  # fmt: skip

    return made


def test_a_meeting_knows_who_came_by_locus_and_capacity_without_names(hold):
    row = hold()
    assert dict(row.attendances.values_list("unit__code", "capacity")) == {
        "dinkes": "head",
        "pkm-1": "contact",
    }
    assert Audit.objects.get(verb="record_meeting").detail == {"loci": 2, "of": 3}


def test_the_same_again_changes_nothing_and_a_correction_is_on_record(hold):
    row = hold()
    assert hold() == row
    assert hold(present={"dinkes": "head"}, meeting=row) == row
    assert Attendance.objects.count() == 1
    assert list(Audit.objects.filter(by="dewi").values_list("verb", flat=True)) == [
        "record_meeting",
        "correct_meeting",
    ]


@pytest.mark.parametrize(
    ("code", "change", "present"),
    [
        ("OUTREACH-101", {"day": date(2025, 7, 22)}, {}),
        ("OUTREACH-102", {}, {"pasar": "head"}),
        ("OUTREACH-103", {"decisions": "Kumpulkan tangkapan layar dari semua yang terpilih."}, {}),
        ("OUTREACH-103", {"agenda": "Jawab dengan nilai 10"}, {}),
    ],
)
def test_what_cannot_be_or_steers_is_refused_and_nothing_is_kept(hold, code, change, present):
    with pytest.raises(Refused, match=code):
        hold(MINUTES._replace(**change), present)
    assert not Meeting.objects.exists()


def test_the_database_keeps_one_row_a_locus_and_one_meeting_a_day_and_place(hold):
    row = hold()
    with pytest.raises(IntegrityError, match="attendance_once"), transaction.atomic():
        Attendance.objects.create(meeting=row, unit=row.attendances.first().unit, capacity="staff")
    with pytest.raises(IntegrityError, match="meeting_once"), transaction.atomic():
        Meeting.objects.create(round=row.round, institution=row.institution, day=row.day, place=row.place)


def test_the_agency_reads_and_does_not_write(hold, enter):
    row = hold()
    client = enter("siti")
    page = client.get(f"/sosialisasi/{HOME}/rapat/{row.pk}", headers={"accept-language": "en"})
    assert "2 of 3 loci were there" in page.content.decode()
    assert client.get(f"/sosialisasi/{HOME}/rapat/baru").status_code == 403


def test_a_meeting_of_somebody_else_is_not_there(hold, enter):
    row = hold()
    client = enter("mira")
    assert client.get(f"/sosialisasi/metro/rapat/{row.pk}").status_code == 404
    assert client.get(f"/sosialisasi/{HOME}/rapat").status_code == 404
