"""Files with secrets: written over, then removed.

A disk may keep old blocks all the same: the guide asks for an encrypted disk whose key is destroyed as well.
"""

import os
from pathlib import Path


def wipe(path: Path) -> None:
    """Overwrite the file with chance, wait for the disk, remove it."""
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
