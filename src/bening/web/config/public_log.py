"""The public log at the box's origin: files for everybody, in front of a counter that takes calls only.

A large installation lets its own web server hand out the same folder (`LOG_DIR`) under `/log/`.
"""

from collections.abc import Callable, Iterable
from wsgiref.headers import Headers

from whitenoise import WhiteNoise
from whitenoise.responders import StaticFile

from bening.web.config.counters import HEADERS
from bening.web.config.settings import house

PREFIX = "/log/"
TEXT, DATA, TABLE = "text/plain; charset=utf-8", "application/octet-stream", "application/json"
FILES = {"checkpoint": TEXT, "checkpoints": TEXT, "leaves": DATA, "landmarks": TABLE}


class PublicLog(WhiteNoise):
    """The published files by name, nothing else of the folder; every other address goes to the counter.

    Parts of `leaves` can be asked for (`Range`), so that nobody has to fetch a whole national log at once.
    """

    def __init__(self, counter: Callable[..., Iterable[bytes]]) -> None:
        super().__init__(
            counter,
            root=str(house.LOG_DIR),
            prefix=PREFIX,
            autorefresh=True,
            add_headers_function=public,
            allow_all_origins=False,
        )

    def find_file(self, url: str) -> StaticFile | None:
        """A published file, or None."""
        return super().find_file(url) if url.removeprefix(PREFIX) in FILES else None


def public(headers: Headers, path: str, url: str) -> None:
    """The counter's headers; the checker page may read the files, and a copy is asked for anew each time."""
    for name, value in HEADERS.items():
        headers[name] = value
    headers["Content-Type"] = FILES[url.removeprefix(PREFIX)]
    headers["Cache-Control"] = "no-cache"
    headers["Access-Control-Allow-Origin"] = house.ORIGIN_CLIENT
