"""The worker that invites and reminds: the hall plus the one alias that may write rights to the gate."""

from bening.web.config.rooms import GATE_APP
from bening.web.config.settings.base import GATE_DATABASE_URL, postgres
from bening.web.config.settings.hall import *  # noqa: F403
from bening.web.config.settings.hall import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, GATE_APP]
DATABASES = {**DATABASES, "gate": postgres(GATE_DATABASE_URL)}
