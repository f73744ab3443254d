"""A real emulator process per test, a real receiver for its webhooks, and both always stopped."""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

SRC = Path(__file__).parents[2] / "src"
START = 1_823_068_800
PNID, WABA = "100000000000001", "200000000000002"
TEMPLATE: dict[str, Any] = {
    "name": "bening_undangan_a_v1",
    "language": "id",
    "category": "UTILITY",
    "message_send_ttl_seconds": 43_200,
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "Badan: Survei"},
        {
            "type": "BODY",
            "text": "Kode cek pesan ini {{1}} dan frasa {{2}} dapat dicocokkan sendiri di halaman cek.",
            "example": {"body_text": [["K7Q2-9XMA", "teduh rimba"]]},
        },
        {"type": "FOOTER", "text": "Badan, survei.example"},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "URL", "text": "Buka survei", "url": "http://127.0.0.1:1/i#{{1}}", "example": ["x"]},
                {"type": "QUICK_REPLY", "text": "Bukan untuk saya"},
                {"type": "QUICK_REPLY", "text": "Saya ragu"},
            ],
        },
    ],
}


def invitation(number: str, key: str = "K1", attempt: int = 1, **changes: Any) -> dict[str, Any]:
    """A send request as the product writes it."""
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": number,
        "type": "template",
        "biz_opaque_callback_data": f"d:{key}:{attempt}",
        "template": {
            "name": TEMPLATE["name"],
            "language": {"code": "id"},
            "components": [
                {"type": "body", "parameters": [text("K7Q2-9XMA"), text("teduh rimba")]},
                {"type": "button", "sub_type": "url", "index": "0", "parameters": [text(f"secret-{key}")]},
                {
                    "type": "button",
                    "sub_type": "quick_reply",
                    "index": "2",
                    "parameters": [{"type": "payload", "payload": f"fb:doubt:{key}"}],
                },
            ],
        },
    } | changes


def text(value: str) -> dict[str, str]:
    return {"type": "text", "text": value}


def key(place: int) -> str:
    return f"01JD7Q{place:06d}"


def number(place: int) -> str:
    """Never one of the magic endings."""
    return f"62812{place:06d}7777"


@dataclass
class Page:
    status: int
    raw: bytes
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.raw)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.raw.splitlines()]

    @property
    def code(self) -> int | None:
        return self.json.get("error", {}).get("code")


class Emulator:
    """One process and one way to talk to it."""

    def __init__(self, db: Path, *options: str) -> None:
        self.db, self.options = db, options
        self.process: subprocess.Popen[str] | None = None
        self.port = self.mail_port = 0

    def start(self, **more: Any) -> "Emulator":
        command = [
            sys.executable,
            "-m",
            "bening.emulator",
            "--port",
            "0",
            "--db",
            str(self.db),
            *self.options,
        ]
        environment = os.environ | {"PYTHONPATH": str(SRC)}
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, **more)
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("mail on port "):
                self.mail_port = int(line.rsplit(" ", 1)[1])
            if line.startswith("listening on http://127.0.0.1:"):
                self.port = int(line.rsplit(":", 1)[1])
                return self
        raise AssertionError("the emulator did not start")

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.stop()

    def stop(self) -> int:
        if self.process is None:
            return 0
        self.process.terminate()
        code = self.process.wait(timeout=10)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None
        return code

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Page:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        try:
            connection.request(method, path, raw, {"Authorization": "Bearer x"} | headers)
            answer = connection.getresponse()
            return Page(answer.status, answer.read(), dict(answer.getheaders()))
        finally:
            connection.close()

    def send(self, body: dict[str, Any], **headers: str) -> Page:
        return self.call("POST", f"/v26.0/{PNID}/messages", body, **headers)

    def ledger(self) -> list[dict[str, Any]]:
        return self.call("GET", "/_emu/ledger").lines

    def summary(self) -> dict[str, Any]:
        return self.call("GET", "/_emu/ledger?summary=1").json

    def advance(self, seconds: float) -> None:
        assert self.call("POST", "/_emu/clock/advance", {"seconds": seconds}).status == 200

    def flush(self) -> int:
        return self.call("POST", "/_emu/flush", {"timeout_s": 5}).json["left"]

    def chaos(self, **knobs: Any) -> Page:
        return self.call("PATCH", "/_emu/chaos", knobs)

    def approve(self, template: dict[str, Any] = TEMPLATE) -> str:
        page = self.call("POST", f"/v26.0/{WABA}/message_templates", template)
        assert page.status == 200, page.raw
        self.advance(60)
        return page.json["id"]


@dataclass
class Hook:
    """The product's webhook address: remembers what came and answers as told."""

    url: str = ""
    status: int = 200
    posts: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    free: threading.Event = field(default_factory=threading.Event)  # not set: nobody gets an answer

    def values(self, field_name: str = "messages") -> list[dict[str, Any]]:
        return [
            change["value"]
            for _, raw in list(self.posts)
            for entry in json.loads(raw)["entry"]
            for change in entry["changes"]
            if change["field"] == field_name
        ]

    def statuses(self) -> list[tuple[str, str]]:
        found = [status for value in self.values() for status in value.get("statuses", [])]
        return [(status["biz_opaque_callback_data"], status["status"]) for status in found]

    def inbound(self) -> list[dict[str, Any]]:
        return [message for value in self.values() for message in value.get("messages", [])]


def until(true: Callable[[], Any], seconds: float = 8) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = true()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")


@pytest.fixture(name="until")
def _until() -> Any:
    return until


@pytest.fixture
def make() -> Any:
    """`make.invitation`, `make.number`, …: test files cannot import one another in this import mode."""
    return sys.modules[__name__]


@pytest.fixture(scope="session")
def receiver() -> Iterator[Hook]:
    seen = Hook()

    class Receiver(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            good = query["hub.verify_token"] == ["right"]
            self._answer(200 if good else 403, query["hub.challenge"][0].encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if seen.status == 200:
                seen.posts.append((dict(self.headers.items()), body))
            seen.free.wait(timeout=10)
            self._answer(seen.status, b"")

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            with contextlib.suppress(OSError):  # the emulator may have been killed meanwhile
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    seen.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    yield seen
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def hook(receiver: Hook) -> Hook:
    receiver.posts.clear()
    receiver.status = 200
    receiver.free.set()
    return receiver


FROZEN = ("--speed", "0", "--start", str(START))


@pytest.fixture
def emulators(tmp_path: Path) -> Iterator[Callable[..., Emulator]]:
    """Processes of one's own, as many as needed; the clock stands still unless pushed."""
    running: list[Emulator] = []

    def start(*options: str, name: str = "emulator", **more: Any) -> Emulator:
        emulator = Emulator(tmp_path / f"{name}.sqlite3", *FROZEN, *options)
        running.append(emulator)
        return emulator.start(**more)

    yield start
    for emulator in running:
        emulator.stop()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, receiver: Hook) -> Iterator[Emulator]:
    options = (*FROZEN, "--rate", "0", "--tier", "0", "--webhook", receiver.url)
    emulator = Emulator(tmp_path_factory.mktemp("emulator") / "shared.sqlite3", *options)
    try:
        yield emulator.start()
    finally:
        emulator.stop()


@pytest.fixture
def emulator(shared: Emulator, hook: Hook) -> Iterator[Emulator]:
    """The usual one: unlimited, calm, frozen clock, one approved template, webhooks connected."""
    shared.call("POST", "/_emu/reset")
    shared.approve()
    until(lambda: hook.values("message_template_status_update"))
    yield shared
    # Nothing of this test may still be on its way when the next one begins.
    until(lambda: shared.call("GET", "/_emu/ledger?summary=1").json["sending_webhooks"] == 0)
