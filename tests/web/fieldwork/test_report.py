"""Anybody may report an invitation; nobody learns from it whether a code exists, and no becomes silence."""

import pytest

from bening.crypto import invites
from bening.web.config.settings import cek
from bening.web.fieldwork.models import CheckCode, Delivery, Feedback
from bening.web.fieldwork.steps import feedback
from bening.web.fieldwork.steps.send import claim
from bening.web.fieldwork.views import check, public, report
from bening.web.frame.models import ContactPoint
from bening.web.outreach.models import Sender, Suppression

pytestmark = pytest.mark.django_db(databases=["default", "gate"])
FOREIGN = "K7Q2-9XMA"  # well formed, never issued
WORDS = "Kepala kantor mengumpulkan kami, KENARI"


@pytest.fixture
def naps(monkeypatch):
    """How long the page would have waited; nobody waits in a test."""
    waited = []
    monkeypatch.setattr(report.time, "sleep", waited.append)
    return waited


@pytest.fixture
def tell(client, settings, naps, monkeypatch):
    """Fill in the form."""
    settings.ROOT_URLCONF = "bening.web.config.urls_cek"
    settings.MIDDLEWARE = cek.MIDDLEWARE
    monkeypatch.setattr(report, "limit", public.Buckets(100))

    def told(reason, code="", words="", **more):
        return client.post("/cek/lapor?bahasa=en", {"reason": reason, "code": code, "words": words}, **more)

    return told


@pytest.fixture
def person(invited, settings):
    """Somebody who was drawn: reference, and the check code of the message."""
    row = CheckCode.objects.filter(round=invited).earliest("id")
    code = invites.check_code(settings.SECRET("check"), row.contact_ref, invited.code, row.counter)
    return row.contact_ref, code


@pytest.mark.parametrize("reason", ["not_me", "not_employee", "refuse", "fraud", "other"])
def test_a_known_and_an_unknown_code_are_told_the_same(tell, person, naps, client, reason):
    pages = []
    for code in (person[1], FOREIGN, "nonsense", ""):
        answer = tell(reason, code)
        assert answer.status_code == 302
        assert answer.cookies == {}
        pages.append((answer.headers["Location"], client.get(answer.headers["Location"]).content))
    assert len(set(pages)) == 1
    assert person[1] not in pages[0][0]
    assert len(naps) == 4
    assert all(0 <= nap <= report.FLOOR for nap in naps)


def test_a_report_is_kept_to_the_day_and_its_words_are_encrypted(tell, person):
    tell("fraud", person[1], WORDS)
    row = Feedback.objects.get()
    assert (row.kind, row.source, row.contact_ref) == ("fraud", "web", person[0])
    assert WORDS.encode() not in bytes(row.words)
    assert [words for _, _, words in feedback.messages(round=row.round)] == [WORDS]
    assert {field.name for field in Feedback._meta.fields} == {
        "id", "round", "kind", "source", "contact_ref", "words", "day", "heeded",
    }  # fmt: skip


def test_who_was_told_what_to_answer_is_never_named(tell, person):
    tell("coached", person[1], WORDS)
    assert Feedback.objects.get().contact_ref is None


def test_five_hundred_characters_are_taken_and_one_more_loses_nothing(tell, invited):
    assert tell("other", words="a" * 500).status_code == 302
    page = tell("other", words="b" * 501)
    assert page.status_code == 400
    assert "b" * 501 in page.content.decode()
    assert "Not sent yet" in page.content.decode()
    assert Feedback.objects.count() == 1


def test_a_reason_has_to_be_one_of_those_offered(tell, invited):
    for reason in ("", "doubt", "<b>"):
        page = tell(reason)
        assert page.status_code == 400
        assert "id_reason_0" in page.content.decode()
    assert not Feedback.objects.exists()


def test_the_phone_chooses_the_reason_beforehand_and_opening_writes_nothing(tell, invited, client):
    page = client.get("/cek/lapor?alasan=coached").content.decode()
    assert page.count("checked") == 1
    assert 'value="coached"' in page[: page.index("checked")].rsplit("<input", 1)[1]
    assert "checked" not in client.get("/cek/lapor?alasan=anything").content.decode()
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("reason", ["not_me", "not_employee", "refuse"])
def test_whoever_says_no_gets_no_further_message(tell, person, invited, settings, reason):
    tell(reason, person[1])
    assert not Suppression.objects.exists()  # the page only takes it down; the worker does the rest
    assert feedback.heed() == 1
    assert feedback.heed() == 0
    stopped = {bytes(row.index) for row in Suppression.objects.filter(reason=reason, source="web")}
    assert stopped == {bytes(point.index) for point in ContactPoint.objects.filter(contact__ref=person[0])}
    sender = Sender.objects.get()
    Sender.objects.update(tokens=1000, burst=1000)
    for _ in range(3):
        claim(sender, settings.NOW())
    row = Delivery.objects.get(contact_ref=person[0])
    assert (row.state, row.reason) == ("cancelled", "opted_out")


@pytest.mark.parametrize("reason", ["fraud", "coached", "other"])
def test_other_reports_stop_nothing(tell, person, reason):
    tell(reason, person[1])
    feedback.heed()
    assert not Suppression.objects.exists()


def test_reports_are_limited_by_network_and_what_was_typed_stays(tell, invited, monkeypatch):
    monkeypatch.setattr(report, "limit", public.Buckets(2))
    assert [tell("other", REMOTE_ADDR="198.51.100.7").status_code for _ in range(2)] == [302, 302]
    page = tell("other", words=WORDS, REMOTE_ADDR="198.51.100.200")  # the same network
    assert page.status_code == 429
    assert "Too many reports" in page.content.decode()
    assert WORDS in page.content.decode()
    assert Feedback.objects.count() == 2


def test_guesses_of_codes_are_limited_before_anything_is_looked_up(tell, person, client, monkeypatch):
    monkeypatch.setattr(check, "limit", public.Buckets(3))
    monkeypatch.setattr(check.time, "sleep", lambda _: None)
    pages = [client.post("/cek?bahasa=en", {"code": FOREIGN}) for _ in range(4)]
    assert [page.status_code for page in pages] == [200, 200, 200, 429]
    late = client.post("/cek?bahasa=en", {"code": person[1]})
    assert late.status_code == 429
    assert "Genuine" not in late.content.decode()
    assert len(late.content) == check.SIZE
    assert client.get("/cek").status_code == 200


def test_a_network_is_a_bucket_that_thousands_share_and_tomorrow_another(rf, settings):
    salts = [bytes([n]) * 32 for n in range(3)]
    buckets = {invites.network_bucket(salts[0], n.to_bytes(4, "big")) for n in range(5000)}
    assert max(buckets) < 4096
    assert len({invites.network_bucket(salt, b"\xc6\x33\x64\x00") for salt in salts}) > 1
    assert (
        public.network("198.51.100.7") == public.network("198.51.100.200") != public.network("198.51.101.7")
    )
    assert public.network("2001:db8:1::1") == public.network("2001:db8:1:ffff::9")
    assert public.network("no address") == b""
    request = rf.get("/", headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"})
    assert public.visitor(request) == "127.0.0.1"
    settings.PROXIES = 1
    assert public.visitor(request) == "198.51.100.7"


def test_without_a_round_there_is_no_form(tell, db, client):
    page = client.get("/cek/lapor?bahasa=en").content.decode()
    assert "No survey is running" in page
    assert "<form" not in page
    assert tell("other").status_code == 400
