"""The static host of released results on a one-machine installation."""

from wsgiref.headers import Headers

from whitenoise import WhiteNoise

from bening.web.config.settings import house
from bening.web.config.wsgi_client import nothing

POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"


def protect(headers: Headers, path: str, url: str) -> None:
    """Pages without scripts, asked for afresh so that a new release is seen."""
    headers["Content-Security-Policy"] = POLICY
    headers["Referrer-Policy"] = "no-referrer"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cache-Control"] = "no-cache"


house.RELEASE_DIR.mkdir(parents=True, exist_ok=True)
application = WhiteNoise(
    nothing,
    root=str(house.RELEASE_DIR),
    autorefresh=True,
    index_file=True,
    add_headers_function=protect,
    allow_all_origins=False,
)
