"""A house that sends, for benches: databases, staff door, emulator and workers as processes of their own."""

import itertools
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import urllib3

from bening.web.config import keys, postgres
from tests.security.world import drop, free_port, waited

COUNTER = itertools.count()
CLI = [sys.executable, "-m", "bening.cli"]
PROFILE = ("fold_webhooks", "janitor", "send")


@dataclass
class Field:
    """Where everything is, and the worker processes."""

    folder: Path
    urls: dict[str, str]
    hall: int
    emulator: int
    rate: float
    children: list[subprocess.Popen[bytes]] = field(default_factory=list)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    ahead: float = 0.0  # seconds by which the house's clock was moved

    def __post_init__(self) -> None:
        self.http = urllib3.PoolManager(maxsize=32)

    def environment(self) -> dict[str, str]:
        """What every process is told."""
        return {
            **os.environ,
            "DATA_DIR": str(self.folder),
            "DEPLOYMENT": "demo",
            "DATABASE_URL": self.urls["default"],
            "GATE_DATABASE_URL": self.urls["gate"],
            "BOX_DATABASE_URL": self.urls["gate"],
            "ORIGIN_HALL": f"http://localhost:{self.hall}",
            "WHATSAPP_BASE_URL": f"http://127.0.0.1:{self.emulator}",
            "WHATSAPP_PNID": "100000000000001",
            "WHATSAPP_WABA": "200000000000002",
            "SENDER_RATE": str(self.rate),
            "SENDER_TIER": "0",
        }

    def spawn(self, *words: str) -> subprocess.Popen[bytes]:
        """A process of the house with its output in a file."""
        with (self.folder / f"{words[0]}.log").open("ab") as log:
            return subprocess.Popen([*CLI, *words], env=self.environment(), stdout=log, stderr=log)

    def run(self, *words: str) -> None:
        """A program to its end."""
        subprocess.run(
            [sys.executable, *words], env=self.environment(), check=True, stdout=subprocess.DEVNULL
        )

    def work(self) -> None:
        """One more worker."""
        only = [word for name in PROFILE for word in ("--only", name)]
        self.workers.append(self.spawn("worker", *only))

    def kill(self, at: int) -> None:
        """kill -9 to a worker, and another in its place."""
        one = self.workers.pop(at % len(self.workers))
        one.kill()
        one.wait()
        self.work()

    def ask(self, method: str, path: str, body: object = None) -> list[dict]:
        """The emulator's own addresses; each line of the answer."""
        more = {} if body is None else {"json": body}
        said = self.http.request(method, f"http://127.0.0.1:{self.emulator}{path}", **more)
        return [json.loads(line) for line in said.data.splitlines()]

    def jump(self, seconds: float) -> None:
        """Move the clock of the house."""
        self.ahead += seconds
        part = self.folder / ".clock"
        part.write_text(str(self.ahead))
        part.replace(self.folder / "clock")

    def rows(self, query: str) -> list[tuple]:
        """Look into the staff door's database."""
        with psycopg.connect(self.urls["default"]) as db:
            return db.execute(query).fetchall()

    def states(self) -> Counter[str]:
        """Deliveries by state."""
        return Counter(dict(self.rows("SELECT state, count(*) FROM fieldwork_delivery GROUP BY state")))

    def release(self) -> None:
        """What an operator does about a sender that stopped."""
        with psycopg.connect(self.urls["default"]) as db:
            db.execute(
                "UPDATE outreach_sender SET paused = '', faults = 0,"
                " released_at = now() + make_interval(secs => %s) WHERE paused <> ''",
                [self.ahead],
            )

    def reports_wait(self) -> bool:
        """Whether reports are still to be understood."""
        return bool(
            self.rows("SELECT 1 FROM outreach_webhookraw WHERE folded_at IS NULL AND tries < 5 LIMIT 1")
        )


@contextmanager
def house(folder: Path, people: int, *, profile: str, rate: float, speed: float) -> Iterator[Field]:
    """All of it with so many invitations queued and no worker yet; everything ends with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    data = Path(os.environ.get("DATA_DIR", folder))
    base = postgres.start(data / "postgres" / "hall")
    names = {alias: f"d{os.getpid()}_{next(COUNTER)}_{alias}" for alias in ("default", "gate")}
    urls = {alias: postgres.make_database(base, name) for alias, name in names.items()}
    made = Field(folder, urls, free_port(), free_port(), rate)
    keys.make_missing(folder / "secrets")
    try:
        for alias in names:
            words = ("migrate", "--database", alias, "--verbosity", "0")
            made.run("-m", "django", *words, "--settings", "bening.web.config.settings.sender")
        made.children.append(made.spawn("serve", "--door", "hall"))
        made.children.append(made.spawn("emulator", *provider(made, profile, speed)))
        waited(made.hall)
        waited(made.emulator)
        made.run("-m", "bench.invited", str(people), str(rate))
        yield made
    finally:
        for child in [*made.workers, *made.children]:
            child.kill()
            child.wait()
        for alias, url in urls.items():
            drop(url, names[alias])
        if data == folder:
            postgres.stop(data)
        shutil.rmtree(folder, ignore_errors=True)


def provider(made: Field, profile: str, speed: float) -> list[str]:
    """The emulator's command line."""
    secrets = made.folder / "secrets"
    return [
        "--port", str(made.emulator), "--db", str(made.folder / "emulator.sqlite3"),
        "--webhook", f"http://localhost:{made.hall}/hook/whatsapp/", "--profile", profile,
        "--rate", "0", "--tier", "0", "--no-magic", "--speed", str(speed),
        "--app-secret-file", str(secrets / "whatsapp-app-secret"),
        "--verify-token-file", str(secrets / "whatsapp-verify"),
        "--token-file", str(secrets / "whatsapp-token"),
    ]  # fmt: skip


def patiently(true: Callable[[], bool], seconds: float) -> bool:
    """Whether something becomes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.2)
    return False
