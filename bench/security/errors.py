"""Every way to say something wrong to a door, with a mark in it."""

import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from urllib.parse import urlsplit

import urllib3

from bening.core.response.wire import CALLS, PLAIN, filled
from tests.security.phone import CLIENT, Line
from tests.security.world import World

Heard = Callable[[urllib3.BaseHTTPResponse], None]
FORM = "application/x-www-form-urlencoded"
TABLES = {"gate": "gate_invite", "box": "box_spent"}


def wrong_calls(lines: Mapping[str, Line], world: World, marks: Sequence[bytes], heard: Heard) -> None:
    """At every door: in paths, queries, headers, bodies; half-sent, malformed, while the database is away."""
    for door, line in lines.items():
        for mark in marks:
            at_door(line, mark.decode(), heard)
            broken(line, mark)
        for path in CALLS:
            bodies(line, path, marks, heard)
        if door in TABLES:
            while_away(world, door, line, marks, heard)


def at_door(line: Line, mark: str, heard: Heard) -> None:
    """Addresses, methods and headers."""
    for path in (
        f"/{mark}",
        f"/i/{mark}",
        f"/g/hello/{mark}",
        f"/b/{mark}/",
        f"/?kode={mark}",
        f"/codes/{mark}.txt",
    ):
        for method in ("GET", "POST", "PUT", "HEAD"):
            heard(line.pool.request(method, line.origin + path, headers={"Origin": CLIENT}, redirect=False))
    for name in (
        "User-Agent",
        "Referer",
        "Cookie",
        "Origin",
        "Content-Type",
        "X-Forwarded-For",
        "Accept-Language",
    ):
        heard(
            line.pool.request(
                "POST", line.origin + "/g/hello", body=b"x", headers={name: mark}, redirect=False
            )
        )


def bodies(line: Line, path: str, marks: Sequence[bytes], heard: Heard) -> None:
    """What is no message of this call."""
    for mark in marks:
        text = mark.decode()
        for body in (
            mark,
            filled({"secret": text}, 512),
            filled({"secret": text, "kid": text, "blinded": text}, 512),
            filled({text: "x"}, 512),
            b"[" * 400 + mark,
            mark * 500,
            b'{"secret":"' + mark,
        ):
            for media in (PLAIN, FORM):
                heard(line.call(path, body, media))


def broken(line: Line, mark: bytes) -> None:
    """No HTTP at all, and a request that ends in the middle."""
    parts = urlsplit(line.origin)
    for words in (
        mark + b"\r\n\r\n",
        b"GET /" + mark + b" HTTP/9.9\r\n\r\n",
        b"POST /g/hello HTTP/1.1\r\nHost: " + mark + b"\r\nContent-Length: 512\r\n\r\n" + mark,
        b"POST /b/ballot HTTP/1.1\r\nContent-Length: " + mark + b"\r\n\r\n",
        b"POST /b/ballot HTTP/1.1\r\n" + mark + b"\r\n\r\n",
    ):
        with (
            socket.create_connection((parts.hostname or "", parts.port or 80), timeout=2) as raw,
            suppress(OSError),
        ):
            raw.sendall(words)
            raw.shutdown(socket.SHUT_WR)
            raw.recv(4096)


def while_away(world: World, door: str, line: Line, marks: Sequence[bytes], heard: Heard) -> None:
    """Calls that reach a database without its table, and a counter without its manifest."""
    table, manifest = TABLES[door], world.folder / "client" / "m"
    world.run(door, f"ALTER TABLE {table} RENAME TO {table}_away")
    try:
        for path in CALLS:
            bodies(line, path, marks, heard)
    finally:
        world.run(door, f"ALTER TABLE {table}_away RENAME TO {table}")
    manifest.rename(manifest.with_name("away"))
    try:
        for path in CALLS:
            bodies(line, path, marks[:2], heard)
    finally:
        manifest.with_name("away").rename(manifest)
