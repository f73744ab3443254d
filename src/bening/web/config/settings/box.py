"""Counter 2 of the phones' door: sealed ballots, no rights, no persons."""

from bening.web.config.rooms import BOX_APP
from bening.web.config.settings.base import BOX_DATABASE_URL, postgres
from bening.web.config.settings.counter import *  # noqa: F403

INSTALLED_APPS = [BOX_APP]
ROOT_URLCONF = "bening.web.response.box.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.dummy"}, "box": postgres(BOX_DATABASE_URL)}
