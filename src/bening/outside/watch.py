"""`bening log watch`: fetches the client that phones run and compares every byte with what was fixed.

The bundle's own list is hashed to the bundle's name, every file of it to its line, the entry pages are made
anew out of them, and the name must stand in the public log. Run it from several networks: a page that is
changed for one reader only is seen where that reader is.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from bening.core.canonical import parse
from bening.core.fieldwork import entry_page
from bening.core.problems import Refused, refuse
from bening.core.response import LogLeaf
from bening.crypto import merkle
from bening.outside import log
from bening.outside.log_source import Source
from bening.phone import FOLDER

BUNDLE = re.compile(r'<html[^>]* data-bundle="([0-9a-f]{64})" data-agency="([^"]*)"')
LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9_/-][A-Za-z0-9._/-]*)")
ROUND = "export const manifest = "


def watch(client: Source, header: bytes, records: Source | None) -> Iterator[str]:
    """One line a check that holds. Raises `Refused` at the first that does not, with the file that differs.

    `header`: the bytes of `manifest.json` as this watcher keeps it; `records`: the log or a witness's folder.
    """
    manifest: Any = parse(header)
    page = client.read("index.html").decode("utf-8", errors="replace")
    named = BUNDLE.search(page)
    if named is None:
        raise refuse("BALLOT-137", path="index.html")
    digest, agency = named.groups()
    files = bundle(client, digest)
    yield f"bundle {digest}: {len(files)} files are those of its list"
    if files.get("round.js") != f"{ROUND}{header.decode()};\n".encode():
        raise refuse("BALLOT-137", path="round.js")
    if client.read("m/manifest.json") != header:
        raise refuse("BALLOT-137", path="m/manifest.json")
    yield f"manifest {hashlib.sha256(header).hexdigest()} is the one kept here"
    pages = sorted(path.name for path in FOLDER.glob("*.html") if path.name not in files)
    for name in pages:
        template = (FOLDER / name).read_bytes()
        made = entry_page(template, files, origins=manifest["origins"], agency=unescape(agency))
        if client.read(name) != made:
            raise refuse("BALLOT-137", path=name)
    yield f"{', '.join(pages)}: made anew, byte for byte the same"
    if records:
        yield logged(records, manifest["log"]["vkey"], header, digest)


def bundle(client: Source, digest: str) -> dict[str, bytes]:
    """Every file of a bundle: the list has the bundle's digest, each file that of its line (BALLOT-137)."""
    path = f"c/{digest}.sums"
    lines = client.read(path)
    if hashlib.sha256(lines).hexdigest() != digest:
        raise refuse("BALLOT-137", path=path)
    files, wrong = {}, []
    for line in lines.decode().splitlines():
        found = LINE.fullmatch(line)
        if found is None or ".." in line:
            raise refuse("BALLOT-137", path=path)
        data = client.read(f"c/{digest}/{found[2]}")
        if hashlib.sha256(data).hexdigest() == found[1]:
            files[found[2]] = data
        else:
            wrong.append(found[2])
    if wrong:
        raise Refused(*(refuse("BALLOT-137", path=path).problems[0] for path in wrong))
    return files


def logged(records: Source, vkey: str, header: bytes, digest: str) -> str:
    """Bundle and manifest stand in the log under a signed root (BALLOT-132, -133, -138)."""
    table: Mapping[str, Any] = parse(records.read("landmarks"))
    signed = log.opened(table["checkpoint"], vkey)
    leaves = set()
    for row in table["leaves"]:
        leaf, path = bytes.fromhex(row["leaf"]), [bytes.fromhex(step) for step in row["path"]]
        if not merkle.verify_inclusion(leaf, row["index"], signed.size, path=path, root=signed.root):
            raise refuse("BALLOT-133", size=signed.size)
        leaves.add(leaf)
    wanted = {"client": LogLeaf.CLIENT + bytes.fromhex(digest)}
    wanted["manifest"] = LogLeaf.MANIFEST + hashlib.sha256(header).digest()
    for what, leaf in wanted.items():
        if leaf not in leaves:
            raise refuse("BALLOT-138", what=what, digest=leaf[1:].hex())
    clients = sum(leaf[:1] == LogLeaf.CLIENT for leaf in leaves)
    return f"both stand in the log of {signed.size} lines; it names {clients} client bundle(s)"
