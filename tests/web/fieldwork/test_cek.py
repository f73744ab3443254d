"""The page where anybody checks a message: it says genuine, or the same neutral words for everything else."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bening.crypto import invites
from bening.web.config.settings import cek
from bening.web.fieldwork.models import Attempt, CheckCode, Delivery
from bening.web.fieldwork.views import check as views
from bening.web.frame.models import Contact

pytestmark = pytest.mark.django_db(databases=["default", "gate"])
MISTYPED = "K7Q2-9XMB"  # its check character is wrong
FOREIGN = "K7Q2-9XMA"  # well formed, never issued


@pytest.fixture
def naps(monkeypatch):
    """How long the page would have waited, answer by answer; nobody waits in a test."""
    waited = []
    monkeypatch.setattr(views.time, "sleep", waited.append)
    return waited


@pytest.fixture
def ask(client, settings, naps):
    """Type a code."""
    settings.ROOT_URLCONF = "bening.web.config.urls_cek"
    settings.MIDDLEWARE = cek.MIDDLEWARE

    def typed(code, language="en"):
        return client.post(f"/cek?bahasa={language}", {"code": code})

    return typed


@pytest.fixture
def code(invited, settings):
    """The check code of somebody who was drawn, as it stands in the message."""
    row = CheckCode.objects.filter(round=invited).earliest("id")
    return invites.check_code(settings.SECRET("check"), row.contact_ref, invited.code, row.counter)


def without(page, typed):
    """The page's words apart from what was typed."""
    return page.content.decode().replace(f'value="{typed}"', "").strip()


def test_a_real_code_is_genuine_and_brings_its_phrase(ask, code, settings):
    page = ask(code).content.decode()
    assert "Genuine: we sent a message with this code" in page
    assert f'<p class="words">{invites.phrase(settings.SECRET("phrase"), code)}</p>' in page
    assert settings.ORIGIN_CLIENT in page
    assert "Asli: kami mengirim pesan dengan kode ini" in ask(code, "id").content.decode()


def test_a_code_may_be_typed_as_people_type(ask, code):
    assert "Genuine" in ask(f" {code.replace('-', ' ').lower()} ").content.decode()


def test_it_says_when_and_how_messages_went_out_and_never_to_whom(ask, code, invited):
    ref = CheckCode.objects.filter(round=invited).earliest("id").contact_ref
    mine = Delivery.objects.get(contact_ref=ref)
    other = Delivery.objects.exclude(contact_ref=ref).first()
    for delivery, day in ((mine, 5), (other, 6)):
        at = datetime(2025, 8, day, 2, 30, tzinfo=UTC)
        Attempt.objects.create(delivery=delivery, n=1, started_at=at, outcome="accepted")
    page = ask(code).content.decode()
    assert "5 August 2025, 09.30 · WhatsApp" in page
    assert "6 August 2025" not in page
    contact = Contact.objects.get(ref=ref)
    assert not any(word in page for word in (ref, contact.unit.name, mine.right, mine.key))


def test_everything_else_gets_one_and_the_same_answer(ask, code):
    pages = {without(ask(typed), typed) for typed in (FOREIGN, MISTYPED, "0", "abc", "7" * 18)}
    assert len(pages) == 1
    assert "We cannot confirm this code" in pages.pop()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.text(max_size=40))
def test_no_guess_is_ever_genuine(ask, code, text):
    if invites.read_check_code(text) != code:
        assert "Genuine" not in ask(text).content.decode()


@pytest.mark.parametrize("language", ["id", "en"])
def test_length_and_wait_tell_nothing(ask, code, naps, language):
    """Whoever watches the line sees neither the words nor a difference in size or time."""
    sizes = {len(ask(typed, language).content) for typed in (code, FOREIGN, MISTYPED, "")}
    assert sizes == {views.SIZE}
    assert len(naps) == 4
    assert all(0 <= nap <= views.FLOOR for nap in naps)


def test_nothing_is_kept_and_nothing_is_in_an_address(ask, code, client):
    page = ask(code)
    assert page.cookies == {}
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"]
    form = client.get("/cek").content.decode()
    assert 'method="post"' in form
    assert "<script" not in form
    assert client.get(f"/cek?code={code}").content.decode().count("Genuine") == 0


def test_what_was_typed_cannot_break_out_of_the_page(ask, invited):
    assert "<b>x" not in ask('"><b>x</b>').content.decode()


def test_the_sender_card_comes_from_the_round(ask, invited, client):
    page = client.get("/cek", headers={"accept-language": "id"}).content.decode()
    for words in (
        invited.agency,
        invited.sender,
        invited.hotline,
        "NIK, OTP, PIN, nomor rekening, atau uang",
    ):
        assert words in page


def test_the_language_is_a_link_and_indonesian_comes_first(ask, invited, client):
    assert "Apakah pesan ini asli?" in client.get("/cek").content.decode()
    page = client.get("/cek?bahasa=en")
    assert "Is this message genuine?" in page.content.decode()
    assert page.headers["Content-Language"] == "en"
    assert "Apakah pesan ini asli?" in client.get("/cek?bahasa=xx").content.decode()


def test_without_a_round_it_warns_of_invitations(ask, db, client):
    assert "Do not follow a message" in client.get("/cek?bahasa=en").content.decode()
