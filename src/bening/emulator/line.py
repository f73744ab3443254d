"""One way out: where news goes, and the connection that is kept open to it."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

TIMEOUT_S = 10.0


@dataclass(slots=True)
class Destination:
    url: str
    secret: bytes
    header: str = "X-Hub-Signature-256"


class Line:
    """One connection that is kept open between webhooks."""

    def __init__(self) -> None:
        self._connection: HTTPConnection | None = None
        self._place = ""

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def post(self, place: Destination, body: bytes, signature: str) -> int:
        """The HTTP status, or 0 for no answer. A kept connection may have died: it gets a second chance."""
        fresh = self._connection is None
        try:
            return self._post(place, body, signature)
        except TimeoutError:
            self.close()
            return 0
        except (OSError, HTTPException):
            self.close()
        if fresh:
            return 0
        try:
            return self._post(place, body, signature)
        except (OSError, HTTPException):
            self.close()
            return 0

    def _post(self, place: Destination, body: bytes, signature: str) -> int:
        parts = urlsplit(place.url)
        if self._connection is None or self._place != parts.netloc:
            self.close()
            self._connection = HTTPConnection(parts.netloc, timeout=TIMEOUT_S)
            self._place = parts.netloc
        headers = {"Content-Type": "application/json", place.header: signature}
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._connection.request("POST", target, body=body, headers=headers)
        answer = self._connection.getresponse()
        answer.read()
        return answer.status
