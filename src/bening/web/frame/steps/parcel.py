"""A file on its way in: measured, hashed and encrypted piece by piece, never whole and never open on disk."""

import hashlib
import tempfile
import uuid
from collections.abc import Iterator

from django.conf import settings

from bening.crypto import fields
from bening.files.gate import CSV_BYTES, WORKBOOK, WORKBOOK_BYTES, refused
from bening.files.reader import NOTE

PIECE = 1 << 20
MARK = b"\xef\xbb\xbf"  # some programs begin a CSV file with it


class Parcel:
    """Takes the bytes of one file as they come; refuses what goes beyond the gate's limit (FRAME-181)."""

    def __init__(self, name: str) -> None:
        self.key, self.name = uuid.uuid4().hex, name
        self.size = self.lines = 0
        self.head = b""
        self.hash = hashlib.sha256()
        self.rest = bytearray()
        self.sealed = tempfile.TemporaryFile()  # noqa: SIM115  closed, and gone, with the parcel
        self.lengths: list[int] = []

    def add(self, chunk: bytes) -> None:
        """The next bytes."""
        self.head = self.head or bytes(chunk[:64])
        self.size += len(chunk)
        if self.size > (WORKBOOK_BYTES if self.workbook else CSV_BYTES):
            raise refused(self.name, TOO_LARGE[self.workbook])
        self.hash.update(chunk)
        self.lines += chunk.count(b"\n")
        self.rest += chunk
        while len(self.rest) >= PIECE:
            self.seal(PIECE)

    def close(self) -> None:
        """That was all of it."""
        if self.rest:
            self.seal(len(self.rest))
        if self.workbook:
            self.lines = 0

    def seal(self, size: int) -> None:
        """One piece, readable from now on only in its place of this very file."""
        key, field = settings.SECRET("fields"), field_of(self.key, len(self.lengths))
        data = fields.encrypt_bytes(key, bytes(self.rest[:size]), field=field)
        del self.rest[:size]
        self.sealed.write(data)
        self.lengths.append(len(data))

    def pieces(self) -> Iterator[bytes]:
        """The encrypted pieces in their order."""
        self.sealed.seek(0)
        return (self.sealed.read(length) for length in self.lengths)

    def drop(self) -> None:
        """Whatever became of it, nothing of it stays here."""
        self.sealed.close()

    @property
    def workbook(self) -> bool:
        """Whether it begins as a workbook does."""
        return self.head.startswith(WORKBOOK)

    @property
    def introduced(self) -> bool:
        """Whether it can hold its own submission sheet: a workbook, or a CSV that begins with a note."""
        return self.workbook or self.head.removeprefix(MARK).lstrip(b'"').startswith(NOTE.encode())

    @property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return self.hash.hexdigest()


TOO_LARGE = {
    True: ("lebih dari 10 MB", "it is larger than 10 MB"),
    False: ("lebih dari 250 MB", "it is larger than 250 MB"),
}


def field_of(key: str, n: int) -> str:
    """What a piece is encrypted for: its place in one file."""
    return f"frame.file/{key}/{n}"
