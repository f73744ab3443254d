"""HTTP/1.1 on loopback: one thread a connection, connections kept open."""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterable
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any
from urllib.parse import unquote

from bening.emulator.call import Answer, Call
from bening.emulator.routes import answer
from bening.emulator.world import World

BODY_MAX = 3 * 1024 * 1024
LINE_MAX = 65_536
HEADERS_MAX = 100
CHUNK = 65_536
PHRASES = {status.value: status.phrase for status in HTTPStatus}
# Nothing in the inbox needs a script, a picture or another origin. Without any referrer a browser would not
# say where a pressed button comes from, and it would be refused as a stranger's.
SAFETY = (
    "Content-Security-Policy: default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\nCache-Control: no-store\r\n"
)


class RequestError(Exception):
    """The request cannot even be read."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(status)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, world: World) -> None:
        self.world = world
        if ":" in world.options.host:
            self.address_family = socket.AF_INET6
        super().__init__((world.options.host, world.options.port), Handler)

    def server_bind(self) -> None:
        # The usual way asks the name service who we are, which may take seconds and is never used.
        TCPServer.server_bind(self)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is everyday life here."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def handle_one_request(self) -> None:
        try:
            call = self._read()
        except RequestError as refusal:
            self.close_connection = True
            self._write(Answer(refusal.status, b'{"error":"unreadable request"}'), "GET")
            return
        if call is None:
            self.close_connection = True
            return
        reply = answer(self.server.world, call)
        if reply.flaw:
            self._misbehave(reply)
        else:
            self._write(reply, call.method)

    def _read(self) -> Call | None:
        """Read by hand: the general parser costs as much as everything else together."""
        line = self.rfile.readline(LINE_MAX).decode("latin-1")
        if not line:
            return None
        words = line.split()
        if len(words) != 3 or not words[2].startswith("HTTP/1."):
            raise RequestError(400)
        headers = self._headers()
        wish = headers.get("connection", "").lower()
        self.close_connection = wish == "close" or (words[2] == "HTTP/1.0" and wish != "keep-alive")
        path, _, query = words[1].partition("?")
        method = words[0] if words[0] != "HEAD" else "GET"
        call = Call(method, unquote(path), query, headers, self._body(headers))
        self.head_only = words[0] == "HEAD"
        return call

    def _headers(self) -> dict[str, str]:
        headers: dict[str, str] = {}
        for _ in range(HEADERS_MAX):
            line = self.rfile.readline(LINE_MAX).decode("latin-1")
            if line in ("\r\n", "\n", ""):
                return headers
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        raise RequestError(431)

    def _body(self, headers: dict[str, str]) -> bytes:
        if "transfer-encoding" in headers:
            raise RequestError(411)
        length = headers.get("content-length", "0")
        if not length.isdecimal():
            raise RequestError(400)
        if int(length) > BODY_MAX:
            raise RequestError(413)
        if headers.get("expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return self.rfile.read(int(length)) if length != "0" else b""

    def _write(self, reply: Answer, method: str) -> None:
        streamed = reply.lines is not None
        size = "Transfer-Encoding: chunked" if streamed else f"Content-Length: {len(reply.body)}"
        extra = "".join(f"{name}: {value}\r\n" for name, value in reply.headers.items())
        if not reply.kind.startswith("application/"):
            extra += SAFETY
        if self.close_connection:
            extra += "Connection: close\r\n"
        head = (
            f"HTTP/1.1 {reply.status} {PHRASES.get(reply.status, 'Unknown')}\r\n"
            f"Date: {formatdate(usegmt=True)}\r\n"
            f"Content-Type: {reply.kind}\r\n{size}\r\n{extra}\r\n"
        ).encode("latin-1")
        if getattr(self, "head_only", False):
            self.wfile.write(head)
        elif reply.lines is None:
            self.wfile.write(head + reply.body)
        else:
            self.wfile.write(head)
            self._stream(reply.lines)

    def _stream(self, lines: Iterable[bytes]) -> None:
        waiting: list[bytes] = []
        size = 0
        for line in lines:
            waiting.append(line)
            size += len(line)
            if size >= CHUNK:
                self.wfile.write(b"%x\r\n%b\r\n" % (size, b"".join(waiting)))
                waiting, size = [], 0
        if waiting:
            self.wfile.write(b"%x\r\n%b\r\n" % (size, b"".join(waiting)))
        self.wfile.write(b"0\r\n\r\n")

    def _misbehave(self, reply: Answer) -> None:
        self.close_connection = True
        if reply.flaw == "hang":
            self.connection.settimeout(reply.hang_s)
            try:
                self.connection.recv(1)
            except OSError:
                return
            return
        # Zero linger time turns the close into a reset; closing the number itself keeps the server from
        # saying a polite goodbye first.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())
