"""The help desk's pages: the agency's officers alone, and nothing on them says whether somebody answered."""

import re

import pytest

from bening.crypto import invites
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.gate.models import Right
from bening.web.fieldwork.models import CheckCode, Delivery, Plea
from bening.web.fieldwork.steps.feedback import take_in
from bening.web.fieldwork.steps.reissue import serve_pleas
from bening.web.registry.models import Institution, Role
from bening.web.registry.steps import grant

pytestmark = pytest.mark.django_db(databases=["default", "gate"])


@pytest.fixture
def enter(client, django_user_model, invited):
    """Sign somebody in by role."""

    def entered(role):
        place = Institution.objects.get() if role in Role.LOCAL else None
        grant(by="siti", username=role, name=role, role=role, institution=place)
        client.force_login(django_user_model.objects.get(username=role))
        client.headers = {"accept-language": "en"}
        return client

    return entered


@pytest.fixture
def code(invited, settings):
    """The check code of somebody who was drawn."""
    row = CheckCode.objects.filter(round=invited).earliest("id")
    return invites.check_code(settings.SECRET("check"), row.contact_ref, invited.code, row.counter)


def find(client, typed):
    return client.post("/bantuan", {"typed": typed}, headers={"accept-language": "en"})


def ask(client, page, kind, means="code"):
    """Fill in what the person who was found needs."""
    person = re.search(r'name="person" value="([^"]+)"', page.content.decode())[1]
    words = {"person": person, "kind": kind, "means": means}
    return client.post("/bantuan/orang", words, headers={"accept-language": "en"})


def test_an_officer_finds_somebody_and_reads_a_code_out(enter, code):
    client = enter("officer")
    page = find(client, code)
    assert "The number ending in 77 has an invitation" in page.content.decode()
    done = ask(client, page, "link")
    typed = re.search(r'<p class="words">([^<]+)</p>', done.content.decode())[1]
    plea = Plea.objects.get()
    assert plea.key in done.content.decode()
    serve_pleas(now=gate.settings.NOW())
    assert gate.find(invites.read_typed_code(typed)).id == right_of(plea)
    later = client.get("/bantuan", headers={"accept-language": "en"}).content.decode()
    assert typed not in later
    assert "done" in later


def right_of(plea):
    return Delivery.objects.filter(contact_ref=plea.contact_ref).earliest("id").right


def test_the_pages_are_the_same_whether_somebody_has_answered(enter, code):
    """Every page of the way, with the right unused and used: not one byte that is not random differs."""
    client = enter("officer")
    before = without_random(find(client, code))
    ref = CheckCode.objects.earliest("id").contact_ref
    right = Right.objects.get(pk=Delivery.objects.get(contact_ref=ref).right)
    assert gate.issue(right=right, blinded=b"\1" * 256)
    assert without_random(find(client, code)) == before
    assert right.id not in before
    assert ref not in before


def without_random(page):
    return re.sub(r'name="(person|csrfmiddlewaretoken)" value="[^"]+"', "", page.content.decode())


@pytest.mark.parametrize("role", sorted({*Role.AGENCY, *Role.LOCAL} - {"officer"}))
def test_nobody_else_comes_in(enter, role):
    client = enter(role) if role != "unit_contact" else enter("leader")
    for path in ("/bantuan", "/laporan-pesan"):
        assert client.get(path).status_code == 403
    assert client.post("/bantuan/orang", {}).status_code == 403


def test_a_second_time_is_refused_in_words_and_nothing_typed_is_lost(enter, code):
    client = enter("officer")
    page = find(client, code)
    assert ask(client, page, "again").status_code == 200
    again = ask(client, page, "again")
    assert again.status_code == 400
    assert "asked for once more already" in again.content.decode()
    assert Plea.objects.count() == 1


def test_a_message_leads_back_to_the_desk_and_an_unknown_code_is_nobody(enter, code):
    client = enter("officer")
    assert "No invitation was found" in find(client, "K7Q2-9XMA").content.decode()
    assert ask(client, find(client, code), "link", "message").headers["Location"] == "/bantuan"
    assert client.post("/bantuan/orang", {"person": "forged"}).headers["Location"] == "/bantuan"
    assert ask(client, find(client, code), "again", "").status_code == 400
    assert Plea.objects.count() == 1


def test_the_agency_sees_reports_by_kind_and_what_was_written(enter, invited, settings):
    day = settings.NOW().date()
    for kind, words in (("coached", "KENARI satu"), ("coached", ""), ("fraud", "")):
        take_in(round=invited, kind=kind, source="web", words=words, day=day)
    page = enter("officer").get("/laporan-pesan", headers={"accept-language": "en"}).content.decode()
    assert "3 reports have come in, 2 of dictated answers" in page
    assert "KENARI satu" in page
