"""The secret files that `bening serve` makes; other installations place them (docs/guides/deployment.md)."""

import os
from pathlib import Path

FILES = (
    "django",  # signs staff sessions
    "fields",  # encrypts contact fields
    "index",  # blind index for look-up of contacts
    "pepper",  # gate: HMAC of invite secrets
    "check",  # check codes
    "phrase",  # phrases beside check codes
    "receipt",  # box: signs receipts
    "log",  # box, nightly: signs checkpoints
)
TEXTS = (
    "whatsapp-token",  # provider credentials, as the provider prints them
    "whatsapp-app-secret",
    "whatsapp-verify",
)


def make_missing(folder: Path) -> None:
    """Fill in 32 random bytes (as hex where a text is wanted) for every file that is not there yet.

    A folder that cannot be written to holds what somebody placed there for one process (deploy/systemd).
    """
    if folder.exists() and not os.access(folder, os.W_OK):
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in FILES:
        place_once(folder / name, os.urandom(32))
    for name in TEXTS:
        place_once(folder / name, os.urandom(32).hex().encode())


def place_once(path: Path, data: bytes) -> None:
    """Write a secret under its name in one step: a killed or second process finds it whole or not at all."""
    if path.exists():
        return
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(data)
    part.chmod(0o400)
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()
