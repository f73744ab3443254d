"""Where things lie on disk; read before any settings are."""

import hashlib
import os
import tempfile
from pathlib import Path

LONGEST = 100  # bytes of a socket's path that every system takes


def data() -> Path:
    """The folder of everything that is not in a database."""
    return Path(os.environ.get("DATA_DIR", "data")).absolute()


def part(setting: str, name: str) -> Path:
    """A folder with a setting of its own, by default inside the data folder."""
    return Path(os.environ.get(setting, data() / name)).absolute()


def memory(setting: str) -> Path:
    """A folder in a file system that is memory; where there is none, nobody uses it."""
    name = hashlib.sha256(os.fsencode(data())).hexdigest()[:16]
    return Path(os.environ.get(setting, f"/dev/shm/bening-{name}")).absolute()  # noqa: S108  memory, not a disk


def socket(setting: str, folder: Path) -> Path:
    """Where a Unix socket stands: in its folder, or under a short name where that path would be too long."""
    path = Path(os.environ.get(setting, folder / "socket")).absolute()
    if len(os.fsencode(path)) <= LONGEST:
        return path
    return Path(tempfile.gettempdir()) / f"bening-{hashlib.sha256(os.fsencode(path)).hexdigest()[:16]}"
