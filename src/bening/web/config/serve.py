"""`bening serve`: every process of a one-machine installation, under one parent."""

import argparse
import importlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

from gunicorn.app.base import BaseApplication

from bening.web.config import leash, postgres, roles
from bening.web.config.prepare import prepare
from bening.web.config.settings import house

DOORS = {
    "hall": house.ORIGIN_HALL,
    "gate": house.ORIGIN_GATE,
    "box": house.ORIGIN_BOX,
    "cek": house.ORIGIN_CHECK,
    "client": house.ORIGIN_CLIENT,
    "release": house.ORIGIN_RELEASE,
}
MIGRATIONS = (
    ("hall", "default", ""),
    ("sender", "gate", "gate"),
    ("box", "box", "box"),
)  # settings, alias, app


def main(words: list[str]) -> int:
    """Serve one door (`--door`), or everything."""
    parser = argparse.ArgumentParser(prog="bening serve", description=__doc__)
    parser.add_argument("--door", choices=sorted(DOORS), help="only this one, in this process")
    parser.add_argument("--leash", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    leash.wear(options.leash)
    if options.door:
        Door(options.door).run()
        return 0
    return everything()


class Door(BaseApplication):
    """One WSGI application under gunicorn: threads, no access log."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__()

    def load_config(self) -> None:
        """Bind where the origin says; write no line about a visitor."""
        parts = urlsplit(DOORS[self.name])
        settings: dict[str, Any] = {
            "bind": f"127.0.0.1:{parts.port or 80}",
            "threads": 8,
            "worker_class": "gthread",
            "keepalive": 60,
            "accesslog": None,
            "loglevel": "error",
            "graceful_timeout": 5,
            "proc_name": f"bening-{self.name}",
        }
        for key, value in settings.items():
            self.cfg.set(key, value)

    def load(self) -> Callable[..., Any]:
        """The application, imported in the worker."""
        module = importlib.import_module(f"bening.web.config.wsgi_{self.name}")
        return module.application


def everything() -> int:
    """Databases, keys, tables, doors and worker; until a signal ends it or a child falls."""
    done = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        done.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    prepare()
    migrate()
    for name in sorted(postgres.EMBEDDED & roles.GRANTS.keys()):
        roles.apply(os.environ[postgres.URLS[name]], name)
    pack = leash.Pack()
    try:
        start(pack)
        print(addresses(), flush=True)  # noqa: T201  the operator's terminal
        while not done.wait(1):
            if fallen := pack.fallen():
                print(f"stopped unexpectedly: {', '.join(fallen)}", file=sys.stderr)  # noqa: T201
                return 1
    finally:
        pack.stop()
        postgres.stop(house.DATA_DIR)
    return 0


def start(pack: leash.Pack) -> None:
    """Every child of the house."""
    for door in DOORS:
        pack.start(door, ["serve", "--door", door], roles.environment(door))
    pack.start("worker", ["worker"], roles.environment("worker"))
    signer = ["--keys", house.SIGNER_DIR / "keys", "--manifest", house.CLIENT_DIR / "m"]
    book = ["--quota", house.SIGNER_DIR / "quota", "--socket", house.SIGNER_SOCKET]
    pack.start("signer", ["signer", *map(str, signer + book)], dict(os.environ))


def migrate() -> None:
    """Bring the tables behind each door up to date, each in a process with that door's settings."""
    pack = leash.Pack()
    for settings, alias, app in MIGRATIONS:
        words = [
            "migrate",
            *filter(None, [app]),
            "--database",
            alias,
            "--verbosity",
            "0",
            "--settings",
            settings,
        ]
        pack.start(alias, words, dict(os.environ))
        if code := pack.members[alias].wait():
            raise SystemExit(f"migrating {alias} ended with {code}")
    pack.stop()


def addresses() -> str:
    """Where everything is, one line each."""
    return "\n".join(f"{name:8} {origin}" for name, origin in DOORS.items())
