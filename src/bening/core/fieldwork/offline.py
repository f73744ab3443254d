"""The checker page as one file that needs no connection: its style and its joined module stand inside it.

The content policy names both by their digests and allows nothing else, no request of any kind.
"""

import base64
import hashlib
from collections.abc import Mapping

from bening.core.fieldwork.join import join
from bening.core.problems import refuse

PAGE = "check-offline.html"
MODULE = "check-offline.js"
STYLES = ("phone.css", "check.css")
POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'"
)


def offline_page(template: bytes, sources: Mapping[str, bytes]) -> bytes:
    """The filled page; `sources`: modules and styles by name.

    Refuses a module that needs a file outside the page, or that would end its own element (FIELD-130).
    """
    modules = {name: data.decode() for name, data in sources.items() if name.endswith(".js")}
    script = join(modules, {MODULE: (MODULE,)})[MODULE]
    style = "".join(sources[name].decode() for name in STYLES)
    for text, end in ((script, "</script"), (style, "</style"), (script, "\nimport ")):
        if end in f"\n{text}":
            raise refuse("FIELD-130", file=PAGE, line=end.strip())
    words = {"script": script, "style": style}
    page = template.decode().replace("{policy}", POLICY.format_map({k: digest(w) for k, w in words.items()}))
    for name, word in words.items():
        page = page.replace("{" + name + "}", word)
    return page.encode()


def digest(text: str) -> str:
    """How a content policy names an element's text."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
