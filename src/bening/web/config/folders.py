"""Where things lie on disk; read before any settings are."""

import os
from pathlib import Path


def data() -> Path:
    """The folder of everything that is not in a database."""
    return Path(os.environ.get("DATA_DIR", "data")).absolute()


def part(setting: str, name: str) -> Path:
    """A folder with a setting of its own, by default inside the data folder."""
    return Path(os.environ.get(setting, data() / name)).absolute()
