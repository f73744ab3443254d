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

from bening.core.problems import refuse

ENTRY_PAGES = frozenset({"index.html"})  # they name the bundle hash, so they lie outside it
OWN_PATH = re.compile(r'(src|href)="\./([a-z0-9_./-]+)"')
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src {connect}; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)


def bundle_hash(files: Mapping[str, bytes]) -> str:
    """SHA-256, hex, over the bytewise sorted lines `sha256  path` of all files but the entry pages."""
    lines = [
        f"{hashlib.sha256(data).hexdigest()}  {path}\n".encode()
        for path, data in files.items()
        if path not in ENTRY_PAGES
    ]
    return hashlib.sha256(b"".join(sorted(lines))).hexdigest()


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
