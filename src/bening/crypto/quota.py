"""The signer's own book: which blinded values it has signed, so that no stratum gets more than its people.

One file of 64-byte records, `kid ‖ SHA-256(blinded)`, appended and on the disk before anything is signed. It
is the signer's alone: neither a restored gate nor a changed one can make the signer forget.
"""

import fcntl
import hashlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

KID, RECORD = 32, 64

Wish = tuple[bytes, bytes]  # key id, blinded value


def limit(sampled: int) -> int:
    """How many values one stratum may have signed: everybody drawn, and one in fifty again (at least one)."""
    return sampled + max(1, sampled // 50)


class Quota:
    """The book of one signer. `limits`: key id -> number of values it may sign."""

    def __init__(self, path: Path, limits: Mapping[bytes, int]) -> None:
        self._path, self._limits = path, limits
        self._signed: dict[bytes, set[bytes]] = {kid: set() for kid in limits}
        with book(path) as file:
            data = os.pread(file, os.fstat(file).st_size, 0)
            os.ftruncate(file, whole(data))  # a record cut off by a crash was never signed
        for kid, mark in records(data):
            self._signed.setdefault(kid, set()).add(mark)

    def admit(self, wishes: Sequence[Wish]) -> list[bool]:
        """Which of these may be signed; what is new among them is on the disk when this returns.

        A value that was admitted before is admitted for ever: that is how a retry gets its signature.
        """
        fresh: list[bytes] = []
        answers = [self._enter(kid, hashlib.sha256(value).digest(), fresh) for kid, value in wishes]
        if fresh:
            with book(self._path) as file:
                _append(file, b"".join(fresh))
        return answers

    def _enter(self, kid: bytes, mark: bytes, fresh: list[bytes]) -> bool:
        signed = self._signed[kid]
        if mark in signed:
            return True
        if len(signed) >= self._limits[kid]:
            return False
        signed.add(mark)
        fresh.append(kid + mark)
        return True

    def knows(self, kid: bytes) -> bool:
        """Whether a stratum has this key."""
        return kid in self._limits


def compact(path: Path) -> int:
    """Write the book again in sorted order, so that the order of arrival is gone; how many records.

    Safe beside a running signer: both hold the book's lock. Refuses (ValueError) to lose a record.
    """
    with book(path) as file:
        data = os.pread(file, os.fstat(file).st_size, 0)
        found = sorted({data[at : at + RECORD] for at in range(0, whole(data), RECORD)})
        if len(found) * RECORD != whole(data):
            raise ValueError("a record stands twice")
        part = path.with_name(f".{path.name}.part")
        with part.open("wb") as new:
            new.write(b"".join(found))
            new.flush()
            os.fsync(new.fileno())
        part.chmod(0o600)
        part.replace(path)
        _sync(path.parent)
    return len(found)


def counts(path: Path, kids: Collection[bytes]) -> dict[bytes, int]:
    """How many values each key has signed: what the auditor compares with the gate's public counts."""
    found = dict.fromkeys(kids, 0)
    for kid, _ in records(path.read_bytes()):
        found[kid] = found.get(kid, 0) + 1
    return found


@contextmanager
def book(path: Path) -> Iterator[int]:
    """The open book under its lock. A compaction may have put another file in its place: then look again."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            if os.fstat(file).st_ino == path.stat().st_ino:
                yield file
                return
        finally:
            os.close(file)


def records(data: bytes) -> Iterator[Wish]:
    """The whole records of a book: key id and digest."""
    for at in range(0, whole(data), RECORD):
        yield data[at : at + KID], data[at + KID : at + RECORD]


def whole(data: bytes) -> int:
    """Bytes of whole records."""
    return len(data) - len(data) % RECORD


def _append(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]
    os.fsync(file)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
