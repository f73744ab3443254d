"""The static host of a one-machine installation: serves the folder that `freeze_round` writes."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.headers import Headers

from whitenoise import WhiteNoise
from whitenoise.responders import StaticFile

from bening.web.config.settings import house

ENTRY = {"/": "/index.html", "/i": "/index.html"}
OBEYING = (".html", ".svg", "/sw.js")  # a drawing opens as a document; a worker's calls follow its own policy


def nothing(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """What is not in the folder does not exist."""
    start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "0")])
    return [b""]


def policy() -> str:
    """The respondent's content policy: own files, and calls to gate, box, check page and witnesses only."""
    calls = " ".join((house.ORIGIN_GATE, house.ORIGIN_BOX, house.ORIGIN_CHECK, *house.ORIGIN_WITNESSES))
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; "
        f"connect-src 'self' {calls}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'"
    )


def protect(headers: Headers, path: str, url: str) -> None:
    """The headers of every respondent file; those that only a document or a worker obeys, on these alone."""
    if url.endswith(OBEYING):
        headers["Content-Security-Policy"] = policy()
        headers["Referrer-Policy"] = "no-referrer"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Cache-Control"] = "public, max-age=31536000, immutable" if url.startswith("/c/") else "no-cache"


class Folder(WhiteNoise):
    """The client folder; both entries show the one page, without a redirect that might be logged."""

    def find_file(self, url: str) -> StaticFile | None:
        """A file of the folder, or None."""
        return super().find_file(ENTRY.get(url, url))


house.CLIENT_DIR.mkdir(parents=True, exist_ok=True)
application = Folder(
    nothing,
    root=str(house.CLIENT_DIR),
    autorefresh=True,
    add_headers_function=protect,
    charset="utf-8",
    allow_all_origins=False,
)
