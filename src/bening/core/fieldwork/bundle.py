"""The client bundle: its hash, the integrity of its files, and the entry page that names both.

Files are a mapping from the path inside the bundle's folder to the bytes; reading and writing is the
caller's.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from html import escape
from typing import Any

from bening.core.fieldwork.join import join
from bening.core.fieldwork.offline import PAGE as OFFLINE
from bening.core.fieldwork.offline import offline_page
from bening.core.problems import refuse

ROUND = "round.js"  # carries the manifest; a file of its own, so that anybody compares it
ENTRY_PAGES = frozenset({"index.html", "check.html"})  # they name the bundle hash, so they lie outside it
# Joined files of each page and the modules they begin with; later ones import from those before.
JOINED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "index.html": {"first.js": ("main.js",), "later.js": ("codes.js", "send.js", "finish.js")},
    "check.html": {"check-page.js": ("check.js",)},
}
OWN_PATH = re.compile(r'(src|href)="\./([a-z0-9_./-]+)"')
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src {connect}; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)


def bundle(sources: Mapping[str, bytes], pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that the pages name: sources as they are, and those joined of several modules."""
    texts = {path: data.decode() for path, data in sources.items() if path.endswith(".js") and path != ROUND}
    files = dict(sources)
    for page in pages:
        files |= {path: text.encode() for path, text in join(texts, JOINED.get(page, {})).items()}
    if OFFLINE in pages:  # the checker page links to it
        files[OFFLINE] = offline_page(pages[OFFLINE], sources)
    named = {path for page in pages.values() for _, path in OWN_PATH.findall(page.decode())}
    return {path: data for path, data in files.items() if path in named}


def bundle_list(files: Mapping[str, bytes]) -> bytes:
    """Bytewise sorted lines `sha256  path` of all files but the entry pages, as `sha256sum` writes them."""
    lines = [
        f"{hashlib.sha256(data).hexdigest()}  {path}\n".encode()
        for path, data in files.items()
        if path not in ENTRY_PAGES
    ]
    return b"".join(sorted(lines))


def bundle_hash(files: Mapping[str, bytes]) -> str:
    """SHA-256, hex, of the bundle's list."""
    return hashlib.sha256(bundle_list(files)).hexdigest()


def integrity(data: bytes) -> str:
    """The value of an `integrity` attribute."""
    return "sha256-" + base64.b64encode(hashlib.sha256(data).digest()).decode()


def policy(origins: Mapping[str, Any]) -> str:
    """The content policy of the respondent's page: this origin, and `connect` to the round's own ones only.

    `frame-ancestors 'none'` is left to the header of the static host: a page cannot state it about itself.
    """
    named = [origins["gate"], origins["box"], origins["check"], *origins["witnesses"]]
    return POLICY.format(connect=" ".join(["'self'", *named]))


def entry_page(
    template: bytes, files: Mapping[str, bytes], *, origins: Mapping[str, Any], agency: str
) -> bytes:
    """The filled entry page: bundle hash, content policy, agency, and path and integrity of each named file.

    Deterministic, so that watchers rebuild it byte for byte. Refuses a template naming a file that is
    not there (FIELD-110).
    """
    digest = bundle_hash(files)

    def place(found: re.Match[str]) -> str:
        attribute, path = found.groups()
        if path not in files:
            raise refuse("FIELD-110", path=path)
        return f'{attribute}="/c/{digest}/{path}" integrity="{integrity(files[path])}"'

    page = OWN_PATH.sub(place, template.decode())
    words = {"bundle": digest, "agency": escape(agency), "policy": policy(origins)}
    for name, word in words.items():
        page = page.replace("{" + name + "}", word)
    return page.encode()
