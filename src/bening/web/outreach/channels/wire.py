"""HTTP for channels: no hidden repeats, and it is known whether a request may have left the house."""

import io
from collections.abc import Mapping

import urllib3

from bening.web.outreach.channels.base import NotSent, Unknown

CONNECTIONS = 48


class Watched(io.BytesIO):
    """A body that remembers whether the network layer began to read it."""

    started = False

    def read(self, size: int | None = -1, /) -> bytes:
        """Read and remember."""
        self.started = True
        return super().read(size)


def pool() -> urllib3.PoolManager:
    """Connections without hidden retries: a repeated POST would be a second message."""
    return urllib3.PoolManager(
        maxsize=CONNECTIONS, block=True, retries=False, timeout=urllib3.Timeout(connect=5, read=20)
    )


def post(
    http: urllib3.PoolManager, url: str, body: bytes, headers: Mapping[str, str], *, method: str = "POST"
) -> tuple[int, bytes] | NotSent | Unknown:
    """Status and bytes of the reply; without one, `NotSent` only if nobody ever began to read the body."""
    watched = Watched(body)
    said = {**headers, "Content-Length": str(len(body))}
    try:
        reply = http.request(method, url, body=watched, headers=said, redirect=False)
    except urllib3.exceptions.HTTPError as error:
        kind = type(error).__name__
        return Unknown(kind) if watched.started else NotSent(kind)
    return reply.status, reply.data
