"""The pages of inspectorate and unit contact: their own lists, and never who was drawn."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bening.core.kinds import Group
from bening.web.frame import hatch
from bening.web.registry.models import Institution

HIDDEN = ("sample_", "fieldwork_", "response_", "frame_contactpoint", "frame_handover")


def texts(page):
    """The page as it reads."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_inspectorate_reads_how_many_loci_are_complete(page_of, full):
    page = texts(page_of("dewi"))
    assert "1 of 2 loci are complete" in page
    assert "Dinas Pendidikan Office 17 14 1 2 2 rows to correct; 1 row to complete" in page
    assert "Dinas Kesehatan Office 1,207 1,207 0 0 complete" in page
    assert page.index("Dinas Pendidikan Office") < page.index("Dinas Kesehatan Office")  # work first


def test_the_same_in_indonesian(page_of, full):
    page = texts(page_of("dewi", "id"))
    assert "1 dari 2 lokus sudah lengkap" in page
    assert "1.207" in page


def test_a_locus_without_users_of_services_is_not_complete(page_of, hand_over):
    hand_over(Group.INTERNAL, {"dinkes": (9, 0, 0), "disdik": (9, 0, 0)}, state="submitted")
    hand_over(Group.EXTERNAL, {"dinkes": (9, 0, 0)}, state="submitted")
    page = texts(page_of("dewi"))
    assert "1 of 2 loci are complete" in page
    assert "no rows for: users of services" in page
    assert "not handed over yet" in page  # the experts
    assert "Rows can be corrected until the lists are frozen" in page


def test_rows_in_error_without_a_locus_are_not_lost(page_of, hand_over):
    hand_over(Group.INTERNAL, {"dinkes": (9, 0, 0), "nowhere": (0, 0, 3)})
    assert "3 rejected rows name none of these loci" in texts(page_of("dewi"))


def test_with_nothing_handed_over_the_page_still_says_what_is_missing(page_of):
    page = texts(page_of("dewi"))
    assert "0 of 2 loci are complete" in page
    assert page.count("– – – – not handed over yet") == 3


def test_an_inspectorate_sees_no_other_institution(page_of, full):
    assert "RSUD Ahmad Yani" not in page_of("dewi")
    page = page_of("mira")
    assert "RSUD Ahmad Yani" in page
    assert "Dinas Kesehatan" not in page


@pytest.mark.parametrize("username", ["dewi", "rina", "agus"])
def test_no_page_of_an_institution_asks_who_was_drawn_or_answered(client, page_of, full, username):
    page_of(username)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/")
    assert [q["sql"] for q in asked if any(f'"{table}' in q["sql"] for table in HIDDEN)] == []


def test_a_unit_contact_sees_the_own_unit_and_nothing_else(page_of, full):
    page = texts(page_of("rina"))
    assert "Dinas Kesehatan: all 1,207 rows are in order" in page
    assert "Dinas Pendidikan" not in page
    assert "Experts" not in page  # who speaks about a unit as an expert is not the unit's business


def test_the_board_costs_the_same_for_thirty_loci_as_for_two(client, page_of, round_, many):
    page_of("dewi")
    with CaptureQueriesContext(connection) as asked:
        assert "Puskesmas 29" in client.get("/").content.decode()
    with CaptureQueriesContext(connection) as fewer:
        round_.loci.filter(unit__kind="puskesmas").delete()
        fewer_before = len(fewer)
        assert "Puskesmas 29" not in client.get("/").content.decode()
    assert len(asked) == len(fewer) - fewer_before


def test_the_board_of_the_hatch_is_its_status_for_everything_at_once(round_, full):
    place = Institution.objects.get(code="lampung-selatan")
    board = hatch.board(round=round_, institution=place)
    assert board[place.pk, None] == hatch.status(round=round_, institution=place)
    for unit in place.units.all():
        assert board[place.pk, unit.pk] == hatch.status(round=round_, institution=place, unit=unit)
    assert [counts.stopped for counts in board[place.pk, None]] == [2, 0, 0]
    assert hatch.board(round=round_)[place.pk, None] == board[place.pk, None]
