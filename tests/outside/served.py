"""A client folder as the freeze writes it, and a static host for it or for a witness's folder."""

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bening import phone
from bening.core.canonical import parse
from bening.core.fieldwork import bundle, bundle_hash, entry_page
from bening.core.fieldwork.bundle import bundle_list

AGENCY = 'Lembaga "Uji" & Co'


def write_client(root: Path, header: bytes, lines: bytes, forms: Mapping[str, bytes]) -> str:
    """The static client of a manifest; the bundle's hash."""
    sources = {path.name: path.read_bytes() for path in phone.FOLDER.iterdir() if path.is_file()}
    pages = {name: data for name, data in sources.items() if name.endswith(".html")}
    sources["round.js"] = b"export const manifest = " + header + b";\n"
    files = bundle({k: v for k, v in sources.items() if k not in pages}, pages)
    files |= {f"q/{name}.json": data for name, data in forms.items()}
    digest = bundle_hash(files)
    entries = {
        name: entry_page(template, files, origins=parse(header)["origins"], agency=AGENCY)
        for name, template in pages.items()
        if name not in files
    }
    inside = {f"c/{digest}/{path}": data for path, data in files.items()}
    other = {f"c/{digest}.sums": bundle_list(files), "m/manifest.json": header, "m/manifest.jsonl": lines}
    for path, data in {**entries, **inside, **other}.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return digest


class Quiet(SimpleHTTPRequestHandler):
    """Files that anybody may read from anywhere; knows no parts of files, as plain hosts do."""

    def log_message(self, *_: Any) -> None:
        """Nothing is logged."""

    def end_headers(self) -> None:
        """What a witness's host has to say (docs/guides/witness.md)."""
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()


@contextmanager
def host(folder: Path) -> Iterator[str]:
    """The address under which a folder is served."""
    folder.mkdir(parents=True, exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def digest_of(data: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(data).hexdigest()
