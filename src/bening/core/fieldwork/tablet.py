"""The interviewer's tablet as files of a static host: a bundle of its own, its page, its service worker.

The tablet's page loads single modules: it is installed once over a good line, so requests do not matter.
"""

import json
from collections.abc import Mapping
from typing import Any

from bening.core.fieldwork.bundle import bundle_hash, entry_page, integrity
from bening.core.fieldwork.join import closure

ROOT = "tablet.js"  # where the page begins
STYLES = ("phone.css", "tablet.css")
BESIDE = ("tablet.webmanifest", "tablet.svg")  # named by the browser, so they lie at the root


def tablet(
    phone: Mapping[str, bytes],
    own: Mapping[str, bytes],
    forms: Mapping[str, bytes],
    *,
    origins: Mapping[str, Any],
    agency: str,
) -> dict[str, bytes]:
    """Path from the host's root -> bytes, in the order in which they may appear: the worker comes last.

    `phone` are the respondent's modules by name with the round's own, `own` the tablet's files, `forms` the
    questionnaires. Deterministic, like the respondent's page.
    """
    sources = {**phone, **own}
    texts = {name: data.decode() for name, data in sources.items() if name.endswith(".js")}
    modules = closure(texts, [ROOT])
    files = {name: sources[name] for name in (*modules, *STYLES)} | dict(forms)
    digest = bundle_hash(files)
    preloads = [f'<link rel="modulepreload" href="./{name}">' for name in modules if name != ROOT]
    template = own["tablet.html"].replace(b"{modules}", "\n".join(preloads).encode())
    page = entry_page(template, files, origins=origins, agency=agency)
    placed = {f"c/{digest}/{name}": data for name, data in files.items()}
    placed |= {name: own[name] for name in BESIDE} | {"tablet.html": page}
    kept = [[f"/{path}", integrity(data)] for path, data in sorted(placed.items())]
    worker = own["sw.js"].replace(b"{files}", json.dumps(kept, indent=1).encode())
    return placed | {"sw.js": worker.replace(b"{bundle}", digest.encode())}
