"""Where a log or a client is read from: an address, or a folder with the same files."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from bening.core.problems import refuse

PATIENCE = 30  # seconds without a byte
PIECE = 1 << 20  # bytes held at once
LARGEST = 1 << 24  # bytes of a file whose size nobody announced


class Source:
    """Files below one address (http, https) or folder; every one is read up to a bound and no further."""

    def __init__(self, where: str) -> None:
        self.where = where.rstrip("/")
        self.remote = where.startswith(("http://", "https://"))

    def read(self, name: str, *, most: int = LARGEST) -> bytes:
        """One file, or `Refused` if it is not there or longer than `most` bytes (BALLOT-136)."""
        data = b"".join(self._pieces(name, 0, most + 1))
        if len(data) > most:
            raise refuse("BALLOT-136", what=self.name(name), why=f"longer than {most} bytes")
        return data

    def part(self, name: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes from `start` to before `end` in small pieces; fewer if the file ends before (BALLOT-136).

        A host may answer with less than was asked for; then the rest is asked for again.
        """
        before = -1
        while before < start < end:
            before = start
            for piece in self._pieces(name, start, end):
                start += len(piece)
                yield piece

    def name(self, name: str) -> str:
        """How a file is called in messages."""
        return f"{self.where}/{name}".rstrip("/")

    def _pieces(self, name: str, start: int, end: int) -> Iterator[bytes]:
        """What one request brings of the bytes from `start` to before `end`."""
        try:
            with self._opened(name, start, end) as (file, skip):
                while skip:
                    skip -= len(file.read(min(skip, PIECE)) or bytes(skip))
                left = end - start
                while left and (piece := file.read(min(left, PIECE))):
                    left -= len(piece)
                    yield piece
        except urllib.error.HTTPError as answer:
            answer.close()
            if answer.code != 416:  # nothing there from that place on: the file is shorter
                raise refuse("BALLOT-136", what=self.name(name), why=f"HTTP {answer.code}") from None
        except (OSError, ValueError, http.client.HTTPException) as away:
            raise refuse("BALLOT-136", what=self.name(name), why=str(away)) from away

    def _opened(self, name: str, start: int, end: int) -> "Opened":
        if not self.remote:
            return Opened((Path(self.where) / name).open("rb"), start)
        asked = urllib.request.Request(self.name(name), headers={"User-Agent": "bening-log"})  # noqa: S310  its scheme was looked at
        if start:
            asked.add_header("Range", f"bytes={start}-{end - 1}")
        reply = urllib.request.urlopen(asked, timeout=PATIENCE)  # noqa: S310
        # A host that knows no parts sends the whole file: what comes before the part is passed over.
        return Opened(reply, start if reply.status == 200 else 0)


class Opened:
    """An open file, and how many of its bytes come before what was asked for."""

    def __init__(self, file: IO[bytes], skip: int) -> None:
        self.file, self.skip = file, skip

    def __enter__(self) -> tuple[IO[bytes], int]:
        return self.file, self.skip

    def __exit__(self, *_: object) -> None:
        self.file.close()
