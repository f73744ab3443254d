"""Signing in, the second factor, asking again, leaving: allauth under the house's rules."""

import re
import time

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import get_resolver

from bening.web.registry import guard
from bening.web.registry.models import Invitation
from bening.web.registry.steps import accept_invitation, grant, invite_person
from tests.house.test_house import routes
from tests.web.registry.accounts import PASSWORD, SECRET, browser_of, officer, totp

pytestmark = pytest.mark.django_db


def test_a_password_alone_opens_no_page_with_data(real):
    client = browser_of(officer(), second=False)
    for address in ("/", "/orang", "/peran"):
        assert client.get(address).headers["Location"].startswith("/masuk"), address
    wrong = client.post("/akun/faktor", {"code": "000000"}).content.decode()
    assert "This was not accepted" in wrong


def test_every_guarded_page_of_the_hall_is_closed_without_a_second_factor(real):
    """The guard says it once, so no view can forget it: every route is tried."""
    client = browser_of(officer(factor=False), second=False)
    open_pages, tried = [], 0
    for path, view in routes(get_resolver("bening.web.config.urls")):
        if "everybody" in view.roles:
            continue
        tried += 1
        address = "/" + re.sub(r"<\w+:(\w+)>", "1", path)
        answer = client.get(address)
        if answer.status_code != 302 or answer.headers["Location"] != "/akun/keamanan":
            open_pages.append((address, answer.status_code))
    assert open_pages == []
    assert tried >= 9


def test_recovery_codes_alone_are_no_second_factor(real):
    ratih = officer(factor=False)
    Authenticator.objects.create(user=ratih, type="recovery_codes", data={"seed": "", "used_mask": 0})
    client = browser_of(ratih, second=False)
    assert client.get("/").headers["Location"] == "/akun/keamanan"


def test_a_demo_is_exempt_and_nothing_else_is(settings, db):
    grant(by="siti", username="siti", name="Siti", role="officer")
    client = Client()
    assert client.post("/masuk", {"username": "siti"}).headers["Location"] == "/"
    assert client.get("/orang").status_code == 200
    assert client.get("/orang/undang").status_code == 200
    for deployment in ("one-machine", "split", "anything"):
        settings.DEPLOYMENT = deployment
        page = Client()
        page.force_login(User.objects.get())
        assert page.get("/orang").headers["Location"].startswith("/masuk")


def test_password_and_code_lead_to_the_page_that_was_asked_for(real):
    ratih = officer()
    client = Client()
    door = client.get("/orang?q=x")
    assert door.headers["Location"] == "/masuk?next=%2Forang%3Fq%3Dx"
    sign_in = client.get(door.headers["Location"]).headers["Location"]
    assert sign_in == "/akun/masuk?next=%2Forang%3Fq%3Dx"
    form = {"login": ratih.username, "password": PASSWORD, "next": "/orang?q=x"}
    assert client.post("/akun/masuk", form).headers["Location"] == "/akun/faktor"
    assert client.post("/akun/faktor", {"code": totp()}).headers["Location"] == "/orang?q=x"


def test_nobody_is_led_to_a_foreign_page(real):
    ratih = officer()
    client = Client()
    form = {"login": ratih.username, "password": PASSWORD, "next": "https://evil.test/"}
    client.post("/akun/masuk", form)
    assert client.post("/akun/faktor", {"code": totp()}).headers["Location"] == "/"


def test_an_address_that_was_proved_signs_in_too_and_one_that_was_not_does_not(real):
    officer("ratih")
    invitation, _ = invite_person(
        by="ratih", giver="officer", name="Budi", role="auditor", email="Budi@agency.test"
    )
    accept_invitation(invitation=invitation, username="budi", password=PASSWORD)
    client = Client()
    form = {"login": "budi@agency.test", "password": PASSWORD}
    assert client.post("/akun/masuk", form).headers["Location"] == "/"
    form = {"login": "ratih@agency.test", "password": PASSWORD}
    assert (
        "do not fit together"
        in Client(headers={"accept-language": "en"}).post("/akun/masuk", form).content.decode()
    )


def test_an_unknown_name_and_a_wrong_password_look_the_same(real):
    officer()
    said = [
        Client(headers={"accept-language": "en"}).post("/akun/masuk", form).content.decode()
        for form in ({"login": "ratih", "password": "salah"}, {"login": "tidak-ada", "password": "salah"})
    ]
    for page in said:
        assert "User name and password do not fit together" in page
        assert "salah" not in page


def test_guessing_is_slowed_down(real):
    officer()
    client = Client(headers={"accept-language": "en"})
    for _ in range(5):
        client.post("/akun/masuk", {"login": "ratih", "password": "salah"})
    page = client.post("/akun/masuk", {"login": "ratih", "password": PASSWORD}).content.decode()
    assert "That went wrong too often" in page


def test_a_code_opens_once(real):
    ratih = officer()
    code = totp()
    assert browser_of(ratih, second=False).post("/akun/faktor", {"code": code}).status_code == 302
    assert browser_of(ratih, second=False).post("/akun/faktor", {"code": code}).status_code == 200


def test_the_secret_of_an_app_is_encrypted_where_it_stands(real):
    officer()
    assert SECRET not in str(list(Authenticator.objects.values_list("data")))


def test_an_app_is_set_up_and_its_recovery_codes_are_shown_once(real):
    ratih = officer(factor=False)
    client = browser_of(ratih, second=False)
    assert client.get("/akun/aplikasi").headers["Location"].startswith("/akun/ulang")
    client.post("/akun/ulang?next=/akun/aplikasi", {"password": PASSWORD})
    page = client.get("/akun/aplikasi").content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)[1]
    assert "<svg" in page
    assert client.post("/akun/aplikasi", {"code": totp(secret)}).headers["Location"] == "/akun/cadangan"
    codes = re.findall(r"<code>(\d{8})</code>", client.get("/akun/cadangan").content.decode())
    assert len(set(codes)) == 10
    assert codes[0] not in client.get("/akun/cadangan").content.decode()
    assert client.get("/").status_code == 200
    lost = browser_of(ratih, second=False)
    assert lost.post("/akun/faktor", {"code": codes[0]}).status_code == 302
    assert lost.get("/").status_code == 200
    assert browser_of(ratih, second=False).post("/akun/faktor", {"code": codes[0]}).status_code == 200


def test_who_removes_the_last_factor_is_asked_for_one_again(real):
    client = browser_of(officer())
    client.post("/akun/ulang?next=/", {"password": PASSWORD})
    assert client.post("/akun/aplikasi/hapus").headers["Location"] == "/akun/keamanan"
    assert client.get("/").headers["Location"] == "/akun/keamanan"


def test_what_matters_asks_again_and_then_goes_on_with_what_was_sent(real):
    client = browser_of(officer())
    form = {"name": "Wayan", "role": "auditor"}
    asked = client.post("/orang/undang", form)
    assert asked.headers["Location"] == "/akun/ulang?next=%2Forang%2Fundang"
    assert not Invitation.objects.filter(name="Wayan").exists()
    assert (
        "This is not your password"
        in client.post(asked.headers["Location"], {"password": "x"}).content.decode()
    )
    letter = client.post(asked.headers["Location"], {"password": PASSWORD}).content.decode()
    assert "Print this invitation for Wayan" in letter
    assert Invitation.objects.get(name="Wayan").state == "open"
    assert client.get("/orang/undang").status_code == 200
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        record | {"at": record["at"] - 301} for record in session[AUTHENTICATION_METHODS_SESSION_KEY]
    ]
    session.save()
    assert client.get("/orang/undang").status_code == 302
    assert client.get("/orang").status_code == 200


def test_a_session_ends_after_twelve_hours_however_busy_it_is(real):
    client = browser_of(officer())
    assert client.get("/").status_code == 200
    session = client.session
    first, *rest = session[AUTHENTICATION_METHODS_SESSION_KEY]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [first | {"at": time.time() - guard.LONGEST - 1}, *rest]
    session.save()
    assert client.get("/akun/keamanan").headers["Location"].startswith("/akun/masuk")
    assert client.get("/").headers["Location"] == "/masuk"


def test_an_idle_session_ends_and_the_cookie_goes_with_the_browser(real):
    client = browser_of(officer())
    cookie = client.get("/").cookies["session"]
    assert cookie["max-age"] == ""
    assert client.session.get_expiry_age() == 3600


def test_nobody_signs_up_and_only_the_pages_we_need_exist(real):
    for address in ("/akun/daftar", "/akun/signup", "/accounts/signup/", "/akun/email", "/akun/kunci/masuk"):
        assert Client().get(address).status_code == 404
    names = {
        view.__name__
        for path, view in routes(get_resolver("bening.web.config.urls"))
        if path.startswith("akun")
    }
    assert not names & {"signup", "email", "connections"}


def test_without_a_mail_server_no_password_goes_by_mail(real):
    for address in ("lupa", "terkirim", "selesai", "ganti/1-x-y"):
        assert Client().get(f"/akun/sandi/{address}").status_code == 404
    assert (
        "I forgot my password"
        not in Client(headers={"accept-language": "en"}).get("/akun/masuk").content.decode()
    )


def test_a_new_password_goes_to_an_address_that_was_proved(real):
    real.EMAIL_URL = "smtp://localhost"
    officer("ratih")
    invitation, _ = invite_person(
        by="ratih", giver="officer", name="Budi", role="auditor", email="budi@agency.test"
    )
    accept_invitation(invitation=invitation, username="budi", password=PASSWORD)
    client = Client(headers={"accept-language": "en"})
    assert "I forgot my password" in client.get("/akun/masuk").content.decode()
    for address in ("budi@agency.test", "nobody@agency.test"):
        assert (
            client.post("/akun/sandi/lupa", {"email": address}).headers["Location"] == "/akun/sandi/terkirim"
        )
    assert [letter.to for letter in mail.outbox] == [["budi@agency.test"]]
    link = re.search(r"http://testserver(/akun/sandi/ganti/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    assert "Choose a new password" in form.content.decode()
    new = {"password1": "lima perahu di danau biru", "password2": "lima perahu di danau biru"}
    assert client.post(form.request["PATH_INFO"], new).headers["Location"] == "/akun/sandi/selesai"
    assert "opens nothing any more" in client.get(link, follow=True).content.decode()
    assert User.objects.get(username="budi").check_password(new["password1"])


def test_a_password_is_changed_and_other_sessions_end(real):
    ratih = officer()
    here, elsewhere = browser_of(ratih), browser_of(ratih)
    form = {"oldpassword": PASSWORD, "password1": "pendek", "password2": "pendek"}
    assert "too short" in here.post("/akun/sandi", form).content.decode()
    form |= {"password1": "lima perahu di danau biru", "password2": "lima perahu di danau biru"}
    assert here.post("/akun/sandi", form).status_code == 302
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_pages_of_accounts_stay_in_no_cache_and_hold_nothing_inline(real):
    client = browser_of(officer())
    for address in ("/akun/keamanan", "/akun/kunci", "/akun/ulang", "/akun/sandi", "/akun/cadangan/baru"):
        page = client.get(address, follow=True)
        assert "no-store" in page.headers["Cache-Control"], address
        assert "style=" not in page.content.decode()
        assert not re.search(
            r"<script(?! src| id=\"options\" type=\"application/json\")", page.content.decode()
        )
        assert "unsafe" not in page.headers["Content-Security-Policy"]
