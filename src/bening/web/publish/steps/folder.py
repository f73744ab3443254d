"""A release folder on disk: checksums over everything, whole or not there."""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

from bening.core.problems import refuse

SUMS = "SHA256SUMS"


def sealed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with the list of their checksums, in the format of sha256sum."""
    lines = [f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files)]
    return {**files, SUMS: "".join(lines).encode()}


def sums_digest(files: Mapping[str, bytes]) -> str:
    """One digest for the whole release."""
    return hashlib.sha256(files[SUMS]).hexdigest()


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Put the files into a folder beside it, then exchange; left-overs of an interrupted attempt are cleared.

    PUBLISH-124 when the folder holds something that is no release.
    """
    fresh, old = (folder.with_name(f".{folder.name}.{word}") for word in ("fresh", "old"))
    if old.exists() and not folder.exists():
        old.rename(folder)  # interrupted between the two renames below
    if same(files, folder):
        return
    if folder.exists() and any(folder.iterdir()) and not (folder / SUMS).is_file():
        raise refuse("PUBLISH-124", folder=folder.name)
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    for path, content in files.items():
        target = fresh / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def same(files: Mapping[str, bytes], folder: Path) -> bool:
    """Whether the folder holds exactly these files."""
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return there == set(files) and all((folder / path).read_bytes() == files[path] for path in there)
