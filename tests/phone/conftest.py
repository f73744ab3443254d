"""A small round on loopback: static host, gate and box as the protocol describes them, and a real Chromium.

The byte layouts are the house's own (`bening.core.response`), so what the phone posts is read as
the tally reads it.
"""

import base64
import gzip
import hashlib
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from playwright.sync_api import Browser, Page

from bening import phone
from bening.core import canonical
from bening.core.fieldwork import bundle, bundle_hash, entry_page
from bening.core.questionnaire import dump, load
from bening.core.response import layout, manifest, records, wire
from bening.core.response.entries import build_entry, entry_bytes
from bening.crypto import blind, notes, seal
from tests import strong_room

INSTRUMENTS = Path(__file__).parents[1] / "instruments"
SECRET = bytes(range(16))
RECEIPT = bytes(range(32))  # the box's key for receipts
KEPT = """async () => {
  const opened = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const database = await opened(indexedDB.open("bening"));
  const fields = (value) => Object.fromEntries(Object.entries(value).map(([key, part]) => [key, show(part)]));
  const show = (value) => {
    if (value instanceof CryptoKey) return `key:${value.extractable}`;
    if (value instanceof ArrayBuffer) return show(new Uint8Array(value));
    if (value instanceof Uint8Array) return new TextDecoder("latin1").decode(value);
    return value && typeof value === "object" ? fields(value) : value;
  };
  const found = {};
  for (const name of ["rights", "drafts", "links"]) {
    found[name] = (await opened(database.transaction(name).objectStore(name).getAll())).map(show);
  }
  database.close();
  return found;
}"""
FOR_EVER = "public, max-age=31536000, immutable"
MEDIA = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".html": "text/html"}


def tree_head(leaves: list[bytes]) -> bytes:
    """RFC 6962 root, as the standard defines it."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + tree_head(leaves[:split]) + tree_head(leaves[split:])).digest()


def tree_path(index: int, leaves: list[bytes]) -> list[str]:
    """RFC 6962 inclusion path, leaf side first, hex."""
    if len(leaves) == 1:
        return []
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if index < split:
        return [*tree_path(index, leaves[:split]), tree_head(leaves[split:]).hex()]
    return [*tree_path(index - split, leaves[split:]), tree_head(leaves[:split]).hex()]


class Survey:
    """One round with one right, and everything its servers have been sent."""

    def __init__(
        self, group: str = "external", about: tuple[str, ...] | None = None, form: bytes | None = None
    ) -> None:
        self.gate, self.box, self.static = (Server(self, part) for part in ("gate", "box", "static"))
        self.group = group
        self.instrument = load(form or (INSTRUMENTS / f"{group}.json").read_bytes())
        self.entries = sorted((self.entry(at, about) for at in range(5)), key=lambda entry: entry.kid)
        self.issued: str | None = None
        self.secrets = [SECRET]
        self.state = "ab" * 32
        self.shift = 0  # added to the index of a hello
        self.lose_replies = 0  # how many stored ballots get no usable answer
        self.ballots: dict[str, bytes] = {}
        self.requests: list[tuple[str, bytes]] = []
        self.refuse: dict[str, list[tuple[int, str]]] = {}  # path -> errors to answer with, one a call
        self.freeze()

    def entry(self, at: int, about: tuple[str, ...] | None) -> Any:
        """An entry; the one at 0 is the respondent's."""
        stratum = f"lampung-selatan/{self.group}/{at}"
        return build_entry(
            modulus=strong_room.modulus(stratum), stratum=stratum, group=self.group, sampled=42, census=False,
            label={"id": "Pegawai Dinas Kesehatan Kabupaten Lampung Selatan",
                   "en": "Staff of the Health Office, Lampung Selatan Regency"},
            instrument=self.group, merge=["lampung-selatan", "nasional"], about=about,
        )  # fmt: skip

    def freeze(self) -> None:
        """Manifest, bundle and entry page, as `freeze_round` writes them."""
        frozen = dump(self.instrument)
        header, lines = manifest.freeze(
            self.entries, tree_head, round="spi-2026-uji", opens=date(2026, 10, 1), closes=date(2026, 10, 31),
            tz="Asia/Jakarta", tally_pk=strong_room.TALLY_KEY, trustees={"k": 3, "n": 5, "names": []},
            pad=(512, 1024),
            instruments={self.group: hashlib.sha256(frozen).hexdigest()},
            origins={"client": self.static.origin, "gate": self.gate.origin, "box": self.box.origin,
                     "check": self.static.origin, "witnesses": []},
            log={"origin": "box.example", "vkey": "", "receipt": canonical.b64u(notes.public(RECEIPT))},
            split="demo", claim="2026.1/none",
        )  # fmt: skip
        self.manifest = manifest.load(header, lines, tree_head)
        own = {
            file.name: file.read_bytes() for file in phone.FOLDER.iterdir() if file.suffix in (".js", ".css")
        }
        own["round.js"] = b"export const manifest = " + header + b";\n"
        templates = {file.name: file.read_bytes() for file in phone.FOLDER.glob("*.html")}
        self.files = bundle(own, templates) | {f"q/{self.group}.json": frozen}
        self.rebuild()

    def rebuild(self) -> None:
        """The entry page and folder of the files as they stand."""
        template = (phone.FOLDER / "index.html").read_bytes()
        agency = "Lembaga Survei Integritas (demo)"
        self.page = entry_page(template, self.files, origins=self.manifest.origins, agency=agency)
        self.folder = f"/c/{bundle_hash(self.files)}/"
        self.sources = "/source/"  # where tests find single modules

    def link_with(self, secret: bytes) -> str:
        """An invitation."""
        return f"{self.static.origin}/i#{canonical.b64u(secret)}"

    @property
    def link(self) -> str:
        """The first invitation."""
        return self.link_with(SECRET)

    def answer(self, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
        """Status and reply of one call, by the table of messages."""
        if self.refuse.get(path):
            status, code = self.refuse[path].pop(0)
            return status, {"error": code}
        try:
            return getattr(self, path[3:])(body)
        except wire.Denied as denied:
            return denied.status, {"error": denied.code}

    def known(self, body: bytes, *fields: str) -> Any:
        """The fields of a request with the right's secret."""
        asked = wire.asked(body, ("secret", *fields))
        if asked["secret"] not in map(canonical.b64u, self.secrets):
            raise wire.Denied(404, "unknown")
        return asked

    def hello(self, body: bytes) -> tuple[int, dict[str, Any]]:
        self.known(body)
        leaves = [entry_bytes(entry) for entry in self.entries]
        at = next(at for at, entry in enumerate(self.entries) if entry.stratum.endswith("/0"))
        path = tree_path(at, leaves)
        return 200, {
            "entry": leaves[at].decode(),
            "index": at + self.shift,
            "path": path,
            "state": self.state,
        }

    def issue(self, body: bytes) -> tuple[int, dict[str, Any]]:
        asked = self.known(body, "kid", "blinded")
        blinded = canonical.from_b64u(asked["blinded"], length=256)
        if asked["kid"] not in {entry.kid for entry in self.entries if entry.stratum.endswith("/0")}:
            raise wire.Denied(409, "wrong_key")
        if self.issued not in (None, asked["blinded"]):
            raise wire.Denied(409, "right_used")
        self.issued = asked["blinded"]
        mine = next(entry for entry in self.entries if entry.kid == asked["kid"])
        return 200, {"blind_sig": canonical.b64u(strong_room.sign(mine.stratum, blinded))}

    def ballot(self, body: bytes) -> tuple[int, dict[str, Any]]:
        parts = layout.split(body, self.manifest.pad)
        head = body[:-64]
        mine = next(entry for entry in self.entries if entry.kid == parts.kid.hex())
        if not blind.verify(canonical.from_b64u(mine.n, length=256), parts.token, parts.signature):
            raise wire.Denied(403, "bad_token")
        r, s = (int.from_bytes(half, "big") for half in (parts.owner[:32], parts.owner[32:]))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), parts.token[32:])
        try:
            key.verify(encode_dss_signature(r, s), layout.owner_message(head), ec.ECDSA(SHA256()))
        except InvalidSignature:
            raise wire.Denied(403, "bad_owner") from None
        h = layout.ballot_hash(head).hex()
        status = 200 if h in self.ballots else 201
        self.ballots[h] = body
        if self.lose_replies:
            self.lose_replies -= 1
            return 503, {"error": "try_later"}
        return status, {
            "h": h,
            "receipt": canonical.b64u(notes.sign(RECEIPT, layout.receipt_message(bytes.fromhex(h)))),
        }

    def opened(self) -> list[tuple[Any, Any]]:
        """Every stored ballot with its record, in the order of arrival."""
        found = []
        for body in self.ballots.values():
            parts = layout.split(body, self.manifest.pad)
            entry = next(entry for entry in self.entries if entry.kid == parts.kid.hex())
            bound = layout.bind(parts.kid, parts.token, parts.version)
            opener = seal.Opener(strong_room.TALLY)
            closed, text = (
                layout.unpadded(opener.open(part, layout.info(slot, bound)))
                for slot, part in (("closed", parts.closed), ("text", parts.text))
            )
            record = records.parse_record(
                closed,
                text,
                entry=entry,
                weeks=manifest.weeks(self.manifest),
                items=len(self.instrument.questions),
            )
            found.append((parts, record))
        return found


class Server:
    """One origin on its own port."""

    def __init__(self, survey: Survey, part: str) -> None:
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.http.survey, self.http.part = survey, part  # type: ignore[attr-defined]
        self.origin = f"http://localhost:{self.http.server_port}"
        self.thread = threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def stop(self) -> None:
        """Ends the process's thread and frees the port."""
        self.http.shutdown()
        self.thread.join()
        self.http.server_close()


class Door(BaseHTTPRequestHandler):
    """What one origin answers."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        """One answer with exact CORS."""
        survey = self.server.survey  # type: ignore[attr-defined]
        headers = {"cache_control": "no-store", "content_length": str(len(body)), **headers}
        headers["access-control-allow-origin"] = survey.static.origin
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def file(self, body: bytes, media: str, **headers: str) -> None:
        """A static file, compressed as the static host keeps it."""
        self.reply(
            200, gzip.compress(body, 9, mtime=0), content_type=media, content_encoding="gzip", **headers
        )

    def do_OPTIONS(self) -> None:
        allowed = {"access_control_allow_headers": "content-type", "access_control_max_age": "86400"}
        self.reply(204, b"", **allowed)

    def do_POST(self) -> None:
        survey = self.server.survey  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["content-length"]))
        survey.requests.append((self.path, body))
        assert self.headers["origin"] == survey.static.origin
        assert "cookie" not in self.headers
        assert "referer" not in self.headers
        status, fields = survey.answer(self.path, body)
        content = wire.filled(fields, wire.CALLS[self.path].reply)
        self.reply(status, content, content_type="application/json")

    def do_GET(self) -> None:
        survey = self.server.survey  # type: ignore[attr-defined]
        survey.requests.append((self.path, b""))
        if self.path in ("/", "/i"):
            return self.file(survey.page, "text/html; charset=utf-8", cache_control="no-cache")
        source = phone.FOLDER / Path(self.path).name
        if self.path.startswith(survey.sources) and source.exists():
            return self.file(source.read_bytes(), MEDIA[source.suffix])
        name = self.path.removeprefix(survey.folder)
        if name not in survey.files:
            return self.reply(404, b"")
        return self.file(survey.files[name], MEDIA[Path(name).suffix], cache_control=FOR_EVER)


@pytest.fixture
def survey(request: pytest.FixtureRequest) -> Iterator[Survey]:
    """A round; parametrise indirectly with the arguments of `Survey`."""
    world = Survey(**getattr(request, "param", {}))
    yield world
    for server in (world.gate, world.box, world.static):
        server.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone of 360 × 740 in Indonesian; any error on the page fails the test."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="id-ID", has_touch=True)
    context.set_default_timeout(5000 * int(os.environ.get("PHONE_PATIENCE", "2")))
    phone_page = context.new_page()
    errors: list[str] = []
    phone_page.on("pageerror", lambda error: errors.append(str(error)))
    phone_page.on(
        "console", lambda line: errors.append(line.text) if "Security Policy" in line.text else None
    )
    yield phone_page
    context.close()
    assert errors == []


@dataclass
class Transfer:
    """One request on the line: bytes of the body sent, bytes received with their headers."""

    url: str
    sent: int
    received: int = 0


@pytest.fixture
def line(page: Page) -> list[Transfer]:
    """Everything the browser puts on the line, preflights included, as its own network layer counts it."""
    seen: dict[str, Transfer] = {}
    session = page.context.new_cdp_session(page)

    def asked(event: Any) -> None:
        request = event["request"]
        sent = sum(len(base64.b64decode(part["bytes"])) for part in request.get("postDataEntries", ()))
        seen[event["requestId"]] = Transfer(request["url"], sent)
        found.append(seen[event["requestId"]])

    def answered(event: Any) -> None:
        if event["response"].get("fromDiskCache"):
            found.remove(seen[event["requestId"]])

    def received(event: Any) -> None:
        seen[event["requestId"]].received = int(event["encodedDataLength"])

    found: list[Transfer] = []
    session.on("Network.requestWillBeSent", asked)
    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", received)
    session.send("Network.enable")
    return found


class Walk:
    """A person's taps, in Indonesian."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str) -> None:
        """Taps a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def begin(self) -> None:
        """From the welcome to the first question."""
        self.page.locator("main > button.main").click()

    def to_review(self, choice: int = 0, text: str = "") -> None:
        """Takes the choice at this place in every question, screen by screen, until the review stands."""
        while self.page.get_by_role("heading", name="Periksa jawaban Anda").count() == 0:
            step = self.page.locator("h1").inner_text()
            for group in self.page.locator("fieldset").all():
                if group.is_visible():
                    group.locator(".option").nth(choice).click()
            if self.page.locator("textarea").count():
                self.page.locator("textarea").fill(text)
            self.press("Lanjut")
            self.page.wait_for_function("old => document.querySelector('h1').innerText !== old", arg=step)

    def send(self) -> None:
        """From the review to the receipt."""
        self.press("Kirim jawaban")
        self.arrived()

    def arrived(self) -> None:
        """The receipt stands."""
        self.page.get_by_role("heading", name="Jawaban terkirim").wait_for()

    def code(self) -> str:
        """The receipt code without hyphens."""
        return self.page.locator(".receipt").inner_text().replace("-", "")

    def stored(self, store: str) -> int:
        """How many records one of the phone's stores holds."""
        return len(self.kept()[store])

    def kept(self) -> dict[str, Any]:
        """Everything the phone's database holds; keys show only whether they can leave."""
        found: dict[str, Any] = self.page.evaluate(KEPT)
        return found

    def settled(self) -> dict[str, Any]:
        """The same, once the last draft is on the disk: two looks in a row see one thing."""
        before, now = None, self.kept()
        while before != now:
            self.page.wait_for_timeout(100)
            before, now = now, self.kept()
        return now


@pytest.fixture
def walk(page: Page) -> Walk:
    """The person with the phone."""
    return Walk(page)
