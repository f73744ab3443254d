"""The staff door: all rooms, sessions, sign-in; the only process family that knows names."""

from urllib.parse import urlsplit, urlunsplit

from bening.web.config.mail import mail
from bening.web.config.rooms import HALL_APPS
from bening.web.config.settings.base import *  # noqa: F403
from bening.web.config.settings.base import (
    ALLOWED_HOSTS,
    DATABASE_URL,
    DEPLOYMENT,
    EMAIL_FROM,
    EMAIL_URL,
    OIDC_CLIENT_ID,
    OIDC_ISSUER,
    OIDC_NAME,
    ORIGIN_HALL,
    PROXIES,
    SECRET,
    postgres,
)

SECRET_KEY = SECRET("django").hex()
ROOT_URLCONF = "bening.web.config.urls"
WSGI_APPLICATION = "bening.web.config.wsgi_hall.application"
DATABASES = {"default": postgres(DATABASE_URL)}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "bening.web.ui",
    *HALL_APPS,
    "bening.web.desk",
    "allauth",  # after our rooms: their templates come first
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bening.web.desk.menu.menu",
            ],
        },
    }
]
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ALLOWED_HOSTS = [*ALLOWED_HOSTS, str(urlsplit(ORIGIN_HALL).hostname)]
CSRF_TRUSTED_ORIGINS = [ORIGIN_HALL]  # the door itself speaks http behind a server that speaks https

# `__Host-` cookies need https; the demo runs on localhost over http, where browsers refuse them.
SECURE_COOKIES = DEPLOYMENT != "demo"
SESSION_COOKIE_NAME = "__Host-session" if SECURE_COOKIES else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_COOKIES else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_AGE = 60 * 60  # idle; the cookie itself goes with the browser, the guard ends long sessions
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
# Under `no-referrer` browsers send `Origin: null` with a form, which the check against forged forms refuses.
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": [
            "'self'",
            *([urlunsplit((*urlsplit(OIDC_ISSUER)[:2], "", "", ""))] if OIDC_ISSUER else []),
        ],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# Accounts (ADR 5): invited people only, two factors, nothing that allauth could open by itself.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
ACCOUNT_ADAPTER = "bening.web.registry.adapters.Accounts"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(ORIGIN_HALL).scheme
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is known as read when its invitation was accepted
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "bening.web.registry.forms.accounts.SignInForm",
    "reauthenticate": "bening.web.registry.forms.accounts.PasswordAgainForm",
    "change_password": "bening.web.registry.forms.accounts.ChangePasswordForm",
    "set_password": "bening.web.registry.forms.accounts.NewPasswordForm",
    "reset_password": "bening.web.registry.forms.accounts.ForgottenForm",
    "reset_password_from_key": "bening.web.registry.forms.accounts.MailedPasswordForm",
}
MFA_ADAPTER = "bening.web.registry.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Bening"
MFA_FORMS = {
    "authenticate": "bening.web.registry.forms.accounts.CodeForm",
    "reauthenticate": "bening.web.registry.forms.accounts.CodeAgainForm",
    "activate_totp": "bening.web.registry.forms.accounts.FirstCodeForm",
    "add_webauthn": "bening.web.registry.forms.accounts.PasskeyForm",
}
SOCIALACCOUNT_ADAPTER = "bening.web.registry.adapters.Provider"
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, list[dict[str, object]]]] = {"openid_connect": {"APPS": []}}
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "lembaga",
            "name": OIDC_NAME,
            "client_id": OIDC_CLIENT_ID,
            "secret": SECRET("oidc-client-secret").decode().strip(),
            "settings": {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True},
        }
    )

DEFAULT_FROM_EMAIL = EMAIL_FROM or "bening@localhost"
vars().update(mail(EMAIL_URL))
if EMAIL_URL and "@" in EMAIL_URL:
    EMAIL_HOST_PASSWORD = SECRET("smtp-password").decode().strip()
