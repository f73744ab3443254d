"""What all processes share; nothing secret."""

from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from bening.web.config.settings.house import *  # noqa: F403  product settings become Django settings

WEB = Path(__file__).resolve().parents[2]

DEBUG = False
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
USE_I18N = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
APPEND_SLASH = False
ADMINS: list[tuple[str, str]] = []
DATABASE_ROUTERS = ["bening.web.config.routers.Doors"]
DATABASES: dict[str, dict[str, Any]] = {"default": {"ENGINE": "django.db.backends.dummy"}}
SECURE_REFERRER_POLICY = "no-referrer"
X_FRAME_OPTIONS = "DENY"


def postgres(url: str) -> dict[str, Any]:
    """Django's words for a PostgreSQL URL (sockets included)."""
    parts = conninfo_to_dict(url)
    named = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        **{ours: str(parts.get(theirs) or "") for ours, theirs in named.items()},
    }
