"""An agency's own sign-in service opens accounts that were invited, and makes none."""

import http.client
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from bening.web.registry.models import Institution
from bening.web.registry.steps import accept_invitation, invite_person
from tests.web.registry.accounts import PASSWORD, invited, settled, totp
from tests.web.registry.provider import CLIENT, SECRET, OpenIdProvider
from tests.web.small import make_places, make_round


@pytest.fixture
def provider(settings):
    """The provider, and the house that knows it."""
    settings.DEPLOYMENT = "one-machine"
    cache.clear()
    made = OpenIdProvider()
    settings.OIDC_NAME, settings.OIDC_ISSUER = "Identitas Contoh", made.url
    app = {"provider_id": "lembaga", "name": "Identitas Contoh", "client_id": CLIENT, "secret": SECRET}
    app["settings"] = {"server_url": made.url, "oauth_pkce_enabled": True}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy | {"form-action": ["'self'", made.url]}}
    yield made
    made.stop()


def dewi(email="dewi@kab-x.test"):
    """An inspectorate whose invitation went to an address, with an app for codes."""
    make_places(make_round(), {"kab-x": ["dinkes"]})
    place = Institution.objects.get(code="kab-x")
    row, _ = invite_person(
        by="siti", giver="officer", name="Dewi", role="inspectorate", institution=place, email=email
    )
    return settled(accept_invitation(invitation=row, username="dewi", password=PASSWORD), True)


def through(client):
    """To the provider and back, as a browser goes; the answer of the house."""
    away = client.post("/akun/lembaga/pergi").headers["Location"]
    parts = urlsplit(away)
    line = http.client.HTTPConnection(parts.netloc)
    line.request("GET", f"{parts.path}?{parts.query}")
    back = urlsplit(line.getresponse().headers["Location"])
    line.close()
    return client.get(f"{back.path}?{back.query}", headers={"accept-language": "en"})


@pytest.mark.django_db
def test_the_provider_replaces_the_password_not_the_second_factor(provider):
    dewi()
    client = Client()
    assert through(client).headers["Location"] == "/akun/faktor"
    assert client.get("/").headers["Location"] == "/masuk"
    assert client.post("/akun/faktor", {"code": totp()}).headers["Location"] == "/"
    assert client.get("/orang").status_code == 200
    assert set(provider.asked[0]["scope"].split()) == {"openid", "profile", "email"}
    assert provider.asked[0]["redirect_uri"].endswith("/akun/lembaga/kembali")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "claims",
    [
        {"email": "stranger@kab-x.test"},
        {"email_verified": False},
        {"email": ""},
    ],
)
def test_nobody_unknown_comes_in_and_no_account_is_made(provider, claims):
    dewi()
    provider.person |= claims
    client = Client()
    assert "No account here belongs to that sign-in" in through(client).content.decode()
    assert client.get("/").headers["Location"] == "/masuk"
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_an_address_nobody_proved_opens_nothing(provider):
    """A printed invitation says nothing about who reads which letters."""
    make_places(make_round(), {"kab-x": ["dinkes"]})
    user = invited(
        "siti", "officer", "dewi", "inspectorate", institution=Institution.objects.get(code="kab-x")
    )
    User.objects.filter(pk=user.pk).update(email="dewi@kab-x.test")
    assert "No account here belongs" in through(Client()).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"key": rsa.generate_private_key(65537, 2048)},
        {"info": {"sub": "2"}},
        {"person": {"sub": "1", "email": "dewi@kab-x.test", "email_verified": True, "aud": "another"}},
        {
            "person": {
                "sub": "1",
                "email": "dewi@kab-x.test",
                "email_verified": True,
                "iss": "https://evil.test",
            }
        },
        {"person": {"sub": "1", "email": "dewi@kab-x.test", "email_verified": True, "exp": 1}},
    ],
    ids=["foreign key", "two people", "another audience", "another issuer", "expired"],
)
def test_a_token_that_is_not_right_signs_nobody_in(provider, wrong):
    dewi()
    for name, value in wrong.items():
        setattr(provider, name, value)
    client = Client()
    page = through(client)
    assert page.status_code == 401
    assert "did not work" in page.content.decode()
    assert client.get("/").headers["Location"] == "/masuk"


@pytest.mark.django_db
def test_accounts_are_not_linked_and_a_code_without_its_start_is_refused(provider):
    dewi()
    assert Client().post("/akun/lembaga/pergi", {"process": "connect"}).status_code == 404
    assert Client().get("/akun/lembaga/pergi").status_code == 404
    assert Client().get("/akun/lembaga/kembali?code=x&state=y&_redir=").status_code == 401
    assert Client().post("/akun/lain/pergi").status_code == 404


@pytest.mark.django_db
def test_without_a_provider_there_is_none(settings):
    settings.DEPLOYMENT = "one-machine"
    assert "lembaga/pergi" not in Client().get("/akun/masuk").content.decode()
    assert Client().post("/akun/lembaga/pergi").status_code == 404


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_browser_goes_there_and_back_with_a_strict_cookie(provider, live_server, browser):
    """Provider and house are different sites here, so the session's cookie is not sent on the way back."""
    dewi()
    hall = live_server.url.replace("127.0.0.1", "localhost")
    page = browser.new_context(locale="en-GB").new_page()
    page.goto(f"{hall}/akun/masuk?next=/orang")
    page.click("text=Sign in with Identitas Contoh")
    page.wait_for_url("**/akun/faktor")
    page.fill("input[name=code]", totp())
    page.click("text=Use the code")
    page.wait_for_url("**/orang")
    page.context.close()
