"""How many rights of a stratum were used in which hour: no person, and no number under ten on a disk.

A gate may have many worker processes, so they share one file a day in a file system that is memory, under
its lock. Nothing of it stands in the transaction that spends a right, whose number would tell. The night
takes the days that are over (`whole`), keeps what is ten or more, and removes the file. When the machine
stops, or there is no such file system, statistics are missing and nothing else is.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path

LEAST = 10  # a smaller number of people is never written down
HOURS, CELL = 24, 4  # a row a stratum, four bytes an hour
MEMORY = ("tmpfs", "ramfs")


def count(folder: Path, *, digest: str, place: int, now: datetime) -> None:
    """One right more, of the stratum at this place of the manifest, in this hour of the round's own clock.

    Whatever goes wrong here must not keep anybody from answering.
    """
    with suppress(OSError):
        if in_memory(folder):
            at = (place * HOURS + now.hour) * CELL
            with opened(folder / f"{now.date()}-{digest[:16]}") as file:
                known = int.from_bytes(os.pread(file, CELL, at), "little")
                os.pwrite(file, (known + 1).to_bytes(CELL, "little"), at)


def over(folder: Path, *, digest: str, now: datetime) -> Iterator[tuple[str, Path]]:
    """The days that are over, each with its file; files of another round are removed unread."""
    for path in sorted(folder.glob("????-??-??-*")):
        day, _, of_round = path.name.rpartition("-")
        if of_round != digest[:16]:
            path.unlink(missing_ok=True)
        elif day < str(now.date()):
            yield day, path


def whole(path: Path) -> dict[tuple[int, int], int]:
    """The cells of a day that may be written: (place, hour) -> number, none below `LEAST`."""
    data = path.read_bytes()
    cells = (data[at : at + CELL] for at in range(0, len(data), CELL))
    counted = {divmod(at, HOURS): int.from_bytes(cell, "little") for at, cell in enumerate(cells)}
    return {cell: number for cell, number in counted.items() if number >= LEAST}


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """A day's file under its lock."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o660)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)


@lru_cache
def in_memory(folder: Path) -> bool:
    """Make the folder, if it lies in memory; one on a disk, or of somebody else, is not used at all."""
    lines = [line.split() for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    mounts = {Path(place): kind for _, place, kind, *_ in lines}
    there = next((mounts[place] for place in (folder, *folder.parents) if place in mounts), "")
    if there in MEMORY:
        folder.mkdir(parents=True, exist_ok=True, mode=0o770)
    return there in MEMORY and folder.stat().st_uid == os.geteuid()
