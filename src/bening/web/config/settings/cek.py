"""The page where anybody checks a message: no session, no cookie, its own process."""

from bening.web.config.settings.hall import *  # noqa: F403

ROOT_URLCONF = "bening.web.config.urls_cek"
WSGI_APPLICATION = "bening.web.config.wsgi_cek.application"
SECURE_REFERRER_POLICY = "no-referrer"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # demanded wherever its tables are; does nothing here
]
