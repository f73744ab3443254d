"""The product's own settings, read from environment variables of the same name.

Each is described in docs/settings.md (a house test compares). Secrets are files under DATA_DIR/secrets or
where the *_FILE settings point, never environment variables.
"""

import os
from datetime import UTC, datetime, timedelta

from bening.web.config import folders

DATA_DIR = folders.data()
DEPLOYMENT = os.environ.get("DEPLOYMENT", "one-machine")
DATABASE_URL = os.environ.get("DATABASE_URL", "")
GATE_DATABASE_URL = os.environ.get("GATE_DATABASE_URL", "")
BOX_DATABASE_URL = os.environ.get("BOX_DATABASE_URL", "")

ORIGIN_HALL = os.environ.get("ORIGIN_HALL", "http://localhost:8000")
ORIGIN_CLIENT = os.environ.get("ORIGIN_CLIENT", "http://localhost:8001")
ORIGIN_GATE = os.environ.get("ORIGIN_GATE", "http://localhost:8002")
ORIGIN_BOX = os.environ.get("ORIGIN_BOX", "http://localhost:8003")
ORIGIN_RELEASE = os.environ.get("ORIGIN_RELEASE", "http://localhost:8005")
ORIGIN_CHECK = os.environ.get("ORIGIN_CHECK", "http://localhost:8004")
ORIGIN_WITNESSES = tuple(os.environ.get("ORIGIN_WITNESSES", "").split())

SECRETS_DIR = folders.part("SECRETS_DIR", "secrets")
CLIENT_DIR = folders.part("CLIENT_DIR", "client")
SIGNER_DIR = folders.part("SIGNER_DIR", "signer")
SIGNER_SOCKET = folders.socket("SIGNER_SOCKET", SIGNER_DIR)
GATE_HOURS = folders.memory("GATE_HOURS")
TALLY_KEY = folders.part("TALLY_KEY", "tally.json")
CEREMONY_RECORD = os.environ.get("CEREMONY_RECORD", "")
LOG_DIR = folders.part("LOG_DIR", "log")
RELEASE_DIR = folders.part("RELEASE_DIR", "release")
FIELDWORK_FILE = folders.part("FIELDWORK_FILE", "fieldwork.toml")

WHATSAPP_BASE_URL = os.environ.get("WHATSAPP_BASE_URL", "https://graph.facebook.com")
WHATSAPP_VERSION = os.environ.get("WHATSAPP_VERSION", "v26.0")
WHATSAPP_PNID = os.environ.get("WHATSAPP_PNID", "")
WHATSAPP_WABA = os.environ.get("WHATSAPP_WABA", "")
SENDER_RATE = float(os.environ.get("SENDER_RATE", "80"))
SENDER_TIER = int(os.environ.get("SENDER_TIER", "2000"))

BOX_GRACE_HOURS = int(os.environ.get("BOX_GRACE_HOURS", "24"))
OBJECTION_DAYS = int(os.environ.get("OBJECTION_DAYS", "30"))
LAST_REMINDER_TO_ALL = os.environ.get("LAST_REMINDER_TO_ALL", "yes") == "yes"

EMAIL_URL = os.environ.get("EMAIL_URL", "")
EMAIL_FROM = os.environ.get("EMAIL_FROM", "")
OIDC_NAME = os.environ.get("OIDC_NAME", "")
OIDC_ISSUER = os.environ.get("OIDC_ISSUER", "")
OIDC_CLIENT_ID = os.environ.get("OIDC_CLIENT_ID", "")
PROXIES = int(os.environ.get("PROXIES", "0"))


def NOW() -> datetime:  # noqa: N802  a setting that is called: the one clock of the house
    """Real time in UTC, moved by the seconds in DATA_DIR/clock in a demo deployment only."""
    now = datetime.now(UTC)
    if DEPLOYMENT != "demo":
        return now
    try:
        return now + timedelta(seconds=float((DATA_DIR / "clock").read_text()))
    except FileNotFoundError:
        return now


def SECRET(name: str) -> bytes:  # noqa: N802  a setting that is called
    """The bytes of one secret file; each process can read only the files of its own party."""
    return (SECRETS_DIR / name).read_bytes()
