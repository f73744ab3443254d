"""What an operator writes becomes what Django and allauth read."""

import os
import subprocess
import sys

import pytest

from bening.web.config.mail import mail

SHOW = (
    "from bening.web.config.settings import hall;"
    "print(hall.EMAIL_HOST, hall.EMAIL_PORT, hall.EMAIL_USE_TLS, hall.EMAIL_HOST_PASSWORD, end=' ');"
    "print(hall.DEFAULT_FROM_EMAIL);"
    "print(hall.SOCIALACCOUNT_PROVIDERS);"
    "print(hall.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'], hall.ALLOWED_HOSTS, end=' ');"
    "print(hall.SESSION_COOKIE_NAME)"
)


def test_settings_and_secret_files_become_django_s(tmp_path):
    for name, text in (("django", "x"), ("oidc-client-secret", "rahasia\n"), ("smtp-password", "sandi\n")):
        (tmp_path / name).write_text(text)
    environment = os.environ | {
        "SECRETS_DIR": str(tmp_path), "DEPLOYMENT": "one-machine", "ORIGIN_HALL": "https://spi.agency.test",
        "EMAIL_URL": "smtp://bening@mail.agency.test", "EMAIL_FROM": "spi@agency.test", "OIDC_NAME": "Agency",
        "OIDC_ISSUER": "https://id.agency.test/realms/staff", "OIDC_CLIENT_ID": "bening",
    }  # fmt: skip
    said = subprocess.run(
        [sys.executable, "-c", SHOW], env=environment, capture_output=True, text=True, check=True
    )
    mail, provider, rest = said.stdout.splitlines()
    assert mail == "mail.agency.test 587 True sandi spi@agency.test"
    assert "'secret': 'rahasia'" in provider
    assert "'oauth_pkce_enabled': True" in provider
    assert "'https://id.agency.test'" in rest
    assert "'spi.agency.test'" in rest
    assert rest.endswith("__Host-session")


def test_no_address_means_no_mail():
    assert mail("") == {}


@pytest.mark.parametrize(
    ("url", "host", "port", "user", "tls", "ssl"),
    [
        ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, "", False, False),
        ("smtp://bening@mail.test", "mail.test", 587, "bening", True, False),
        ("smtps://bening%40agency.test@mail.test", "mail.test", 465, "bening@agency.test", False, True),
        ("smtps://mail.test:2465", "mail.test", 2465, "", False, True),
    ],
)
def test_a_mail_server_is_one_address(url, host, port, user, tls, ssl):
    read = mail(url)
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"], read["EMAIL_HOST_USER"]) == (host, port, user)
    assert (read["EMAIL_USE_TLS"], read["EMAIL_USE_SSL"]) == (tls, ssl)


@pytest.mark.parametrize(
    "url", ["http://mail.test", "mail.test", "smtp://", "smtp://user:password@mail.test"]
)
def test_an_address_that_cannot_be_meant_stops_the_start(url):
    """A password in a setting would stand in the environment of every process."""
    with pytest.raises(ValueError, match="EMAIL_URL"):
        mail(url)
