"""The readiness board: what is missing and what comes next, for each role; and its price at scale."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bening.core.kinds import Tier
from bening.web.outreach import steps
from bening.web.outreach.views.board import percent
from bening.web.registry.models import ContactPerson, Institution, Participant, Unit
from tests.web.outreach.conftest import HOME, MONDAY

pytestmark = pytest.mark.django_db


def board(client, path=f"/sosialisasi/{HOME}"):
    return client.get(path, headers={"accept-language": "en"}).content.decode()


def test_the_first_thing_missing_is_named_and_goes_once_it_is_done(enter, staff, home, clock):
    client = enter("dewi")
    assert "Enter whom to call for each locus." in board(client)
    for code in ("dinkes", "pkm-1", "disdik"):
        unit = Unit.objects.get(code=code)
        ContactPerson.objects.create(institution=home, unit=unit, name=code, phone="+6281200000001")
    page = board(client)
    assert "<b>Next:</b> Hold the meeting" in page
    assert "3/3" in page


def test_reading_heads_and_fetched_texts_show_on_the_board(enter, staff, home, round_, clock):
    client = enter("dewi")
    for tier in (Tier.LEADER, Tier.INSPECTORATE):
        made = steps.invite_heads(by="dewi", round=round_, institution=home, tier=tier, now=MONDAY)
        steps.acknowledge(head=made[0].head, now=MONDAY)
    for name in ("poster", "letter", "script", "group"):
        steps.hand_out(round=round_, institution=home, material=name, now=MONDAY)
    page = board(client)
    assert "2/2" in page
    assert "4/4" in page


def test_the_leader_reads_and_is_led_to_no_page_that_writes(enter, staff, clock):
    client = enter("agus")
    page = board(client)
    assert "/cakupan" in page
    for path in ("rapat", "pimpinan", "bahan", "kontak"):
        assert f"/sosialisasi/{HOME}/{path}" not in page
        assert client.get(f"/sosialisasi/{HOME}/{path}").status_code == 403
    assert client.get("/sosialisasi").url == f"/sosialisasi/{HOME}"


def test_the_agency_sees_all_institutions_of_the_round(enter, staff, clock):
    page = board(enter("siti"), "/sosialisasi")
    assert "Kabupaten Lampung Selatan" in page
    assert "Kota Metro" in page


def test_a_page_of_institutions_costs_the_same_however_many_there_are(enter, staff, round_, clock):
    client = enter("siti")

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/sosialisasi").status_code == 200
        return len(seen)

    def more(start, count):
        for n in range(start, start + count):
            one = Institution.objects.create(code=f"k{n}", name=f"K {n}", kind="city", province="18")
            Participant.objects.create(round=round_, institution=one)

    more(0, 40)
    before = queries()
    more(40, 40)
    assert queries() <= before


@pytest.mark.parametrize(
    ("share", "shown"),
    [(None, "–"), (0, "0 %"), (0.001, "1 %"), (0.5, "50 %"), (0.999, "99 %"), (1, "100 %")],
)
def test_a_share_is_never_rounded_to_nothing_or_to_everybody(share, shown):
    assert percent(share) == shown
