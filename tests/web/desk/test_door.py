"""Who comes in at the staff door, and how."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.web.desk.conftest import PEOPLE


@pytest.fixture
def elsewhere(settings):
    """An installation that is no demo."""
    settings.DEPLOYMENT = "one-machine"


def test_every_role_of_the_demo_is_one_click_away(client, round_):
    page = client.get("/masuk", headers={"accept-language": "en"}).content.decode()
    assert page.count('class="door"') == len(PEOPLE)
    assert "Dinas Kesehatan, Kabupaten Lampung Selatan" in page
    assert page.count("Komisi Contoh") == 2  # officer and statistician; the auditor belongs to nobody
    assert client.post("/masuk", {"username": "dewi"}).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_outside_a_demo_nobody_comes_in_with_a_click(client, round_, elsewhere):
    assert client.get("/masuk").headers["Location"] == "/akun/masuk"
    page = client.get("/masuk", follow=True, headers={"accept-language": "en"}).content.decode()
    assert "Sign in to Bening" in page
    assert "dewi" not in page.lower()
    assert client.post("/masuk", {"username": "dewi"}).status_code == 403
    assert client.get("/").headers["Location"] == "/masuk"


def test_an_unknown_name_opens_nothing(client, round_):
    assert client.post("/masuk", {"username": "nobody"}).status_code == 404
    assert client.get("/").headers["Location"] == "/masuk"


def test_an_account_without_a_role_is_told_so_in_plain_words(client, round_):
    client.force_login(User.objects.create_user("tamu"))
    page = client.get("/", headers={"accept-language": "id"})
    assert page.status_code == 403
    assert "Halaman ini bukan untuk peran Anda" in page.content.decode()


def test_leaving_takes_a_form(client, page_of):
    page_of("siti")
    assert client.get("/keluar").status_code == 405
    assert client.post("/keluar").headers["Location"] == "/masuk"
    assert client.get("/").headers["Location"] == "/masuk"


def test_a_forged_form_is_refused_and_a_browser_s_own_is_taken(round_):
    """Browsers send `Origin: null` from pages under `no-referrer`, so this door asks for another."""
    client = Client(enforce_csrf_checks=True)
    door = client.get("/masuk")
    assert door.headers["Referrer-Policy"] == "same-origin"
    form = {"username": "dewi", "csrfmiddlewaretoken": door.context["csrf_token"]}
    forged = client.post("/masuk", form, headers={"origin": "null", "accept-language": "en"})
    assert forged.status_code == 403
    assert "Please try once more" in forged.content.decode()
    assert client.post("/masuk", form, headers={"origin": "http://testserver"}).status_code == 302


def test_the_language_is_indonesian_until_somebody_changes_it(client, round_):
    assert "Pilih meja siapa" in client.get("/masuk").content.decode()
    client.post("/bahasa", {"language": "en", "next": "/masuk"})
    assert "Choose whose desk" in client.get("/masuk").content.decode()


def test_before_the_first_round_there_is_a_page_that_says_so(client, round_):
    client.post("/masuk", {"username": "siti"})
    round_.loci.all().delete()
    round_.participants.all().delete()
    round_.delete()
    assert (
        "No round has been opened yet" in client.get("/", headers={"accept-language": "en"}).content.decode()
    )


@pytest.mark.parametrize("username", [username for username, *_ in PEOPLE])
def test_nothing_on_a_page_is_inline_and_the_policy_forbids_it(client, page_of, full, username):
    page = page_of(username)
    assert "<script" not in page
    assert "style=" not in page
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_what_does_not_exist_gets_a_page_of_the_house(client, db):
    page = client.get("/tidak-ada", headers={"accept-language": "id"})
    assert page.status_code == 404
    assert "Tidak ada apa-apa di alamat ini" in page.content.decode()


def test_a_failure_gets_a_page_of_the_house(client, round_, monkeypatch):
    client.raise_request_exception = False
    client.post("/masuk", {"username": "siti"})
    monkeypatch.setattr("bening.web.desk.boards.board", None)
    page = client.get("/", headers={"accept-language": "en"})
    assert page.status_code == 500
    assert "Something went wrong on our side" in page.content.decode()
