"""What gate and box share: no session, cookie, form or static file, nothing written about a visitor."""

from bening.web.config.settings.base import *  # noqa: F403

SECRET_KEY = "counters-sign-nothing-with-this"  # noqa: S105  Django wants one; no cookie or token is made
MIDDLEWARE = ["bening.web.config.counters.Envelope"]
TEMPLATES: list[dict[str, object]] = []
USE_I18N = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"quiet": {"()": "bening.web.config.quiet.Quiet"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["quiet"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.request": {"propagate": True},
        "django.server": {"handlers": [], "propagate": True},
    },
}
