"""Counter 1 of the phones' door: rights and strata, no names, no answers."""

from bening.web.config.rooms import GATE_APP
from bening.web.config.settings.base import GATE_DATABASE_URL, postgres
from bening.web.config.settings.counter import *  # noqa: F403

INSTALLED_APPS = [GATE_APP]
ROOT_URLCONF = "bening.web.fieldwork.gate.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.dummy"}, "gate": postgres(GATE_DATABASE_URL)}
