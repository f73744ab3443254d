"""Every app in one process, for tests and tools only: no deployment uses it."""
# ruff: noqa: E402  the environment has to stand before the other settings are read

import os
import tempfile
from pathlib import Path

from bening.web.config import folders
from bening.web.config.keys import make_missing

SCRATCH = Path(tempfile.gettempdir()) / f"bening-tests-{os.getuid() if hasattr(os, 'getuid') else 0}"
os.environ.setdefault("DATA_DIR", str(SCRATCH))
os.environ["DEPLOYMENT"] = "demo"
make_missing(folders.part("SECRETS_DIR", "secrets"))

from bening.web.config.rooms import BOX_APP, GATE_APP
from bening.web.config.settings.hall import *  # noqa: F403
from bening.web.config.settings.hall import (
    BOX_DATABASE_URL,
    DATABASES,
    GATE_DATABASE_URL,
    INSTALLED_APPS,
    postgres,
)

INSTALLED_APPS = [*INSTALLED_APPS, GATE_APP, BOX_APP]
DATABASES = {**DATABASES, "gate": postgres(GATE_DATABASE_URL), "box": postgres(BOX_DATABASE_URL)}
for alias in DATABASES:
    DATABASES[alias]["TEST"] = {"NAME": f"test_{alias}", "DEPENDENCIES": []}
