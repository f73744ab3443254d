"""A small round behind real counters: two processes, two clusters, a frozen manifest."""

import hashlib
import itertools
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psycopg

from bening.crypto import invites, notes
from bening.web.config import keys, postgres, roles
from tests import strong_room
from tests.security.frozen import CLOSES as CLOSES
from tests.security.frozen import OPENS as OPENS
from tests.security.frozen import QUESTIONNAIRE as QUESTIONNAIRE
from tests.security.frozen import STRATA as STRATA
from tests.security.frozen import entries as entries
from tests.security.frozen import frozen as frozen
from tests.security.phone import CLIENT, Line, Phone

COUNTER = itertools.count()


@dataclass
class World:
    """Where the counters are, and their databases behind them."""

    folder: Path
    urls: dict[str, str]
    ports: dict[str, int]
    data: Path
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    made: int = 0

    def __post_init__(self) -> None:
        """Lines that stay open, for many calls."""
        self.gate_line, self.box_line = self.gate, self.box

    @property
    def gate(self) -> Line:
        """A line to the gate."""
        return Line(f"http://127.0.0.1:{self.ports['gate']}")

    @property
    def box(self) -> Line:
        """A line to the box."""
        return Line(f"http://127.0.0.1:{self.ports['box']}")

    def environment(self) -> dict[str, str]:
        """What operators are told: the databases' owners."""
        return {
            **os.environ,
            "DATA_DIR": str(self.folder),
            "DEPLOYMENT": "demo",
            "ORIGIN_CLIENT": CLIENT,
            "ORIGIN_GATE": f"http://127.0.0.1:{self.ports['gate']}",
            "ORIGIN_BOX": f"http://127.0.0.1:{self.ports['box']}",
            "GATE_DATABASE_URL": self.urls["gate"],
            "BOX_DATABASE_URL": self.urls["box"],
            "SIGNER_SOCKET": str(self.folder / "s"),
            "GATE_HOURS": str(self.memory),
        }

    @property
    def memory(self) -> Path:
        """Where the gate counts hours, if this machine has a file system that is memory."""
        return Path("/dev/shm") / psycopg.conninfo.conninfo_to_dict(self.urls["gate"])["dbname"]  # noqa: S108

    def of_door(self, door: str) -> dict[str, str]:
        """What a counter is told: it enters its database under its own role."""
        return {**self.environment(), postgres.URLS[door]: roles.url_for(door, self.urls[door])}

    def clock(self, day: date) -> None:
        """Move the house's clock to noon of a day in Jakarta."""
        noon = time.mktime((*day.timetuple()[:3], 12, 0, 0, 0, 0, 0)) - time.timezone - 7 * 3600
        part = self.folder / ".clock"
        part.write_text(str(noon - time.time()))
        part.replace(self.folder / "clock")

    def start_signer(self) -> None:
        """Start the signer as the house starts it, and wait until it listens."""
        folder = self.folder / "signer"
        words = ["--keys", folder / "keys", "--manifest", self.folder / "client" / "m"]
        words += ["--quota", folder / "quota", "--socket", self.folder / "s"]
        program = [sys.executable, "-m", "bening.cli", "signer", *map(str, words)]
        self.children["signer"] = subprocess.Popen(
            program, env=self.environment(), start_new_session=True, stdin=subprocess.DEVNULL
        )
        for _ in range(600):
            with socket.socket(socket.AF_UNIX) as probe:
                if probe.connect_ex(str(self.folder / "s")) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the signer does not listen")

    def start(self, door: str) -> None:
        """Start a counter as the house starts it, and wait until it listens."""
        words = [sys.executable, "-W", "error::RuntimeWarning", "-m", "bening.cli", "serve", "--door", door]
        log = (self.folder / f"{door}.log").open("ab")
        self.children[door] = subprocess.Popen(
            words, env=self.of_door(door), stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        waited(self.ports[door])

    def kill(self, door: str) -> None:
        """kill -9 to a counter and its workers."""
        child = self.children.pop(door)
        os.killpg(child.pid, 9)
        child.wait()
        while door in self.ports and listens(self.ports[door]):  # its workers die a moment later
            time.sleep(0.01)

    def phone(self, kid: str, *, pad: tuple[int, int] = (512, 1024), secrets: int = 1) -> Phone:
        """A person with a right under this key and a secret in hand (more: `extra`)."""
        self.made += 1
        right = hashlib.sha256(f"right {self.made}".encode()).hexdigest()[:32]
        opened = [os.urandom(16) for _ in range(secrets)]
        pepper = (self.folder / "secrets" / "pepper").read_bytes()
        with psycopg.connect(self.urls["gate"]) as db:
            db.execute("INSERT INTO gate_right VALUES (%s, %s, NULL, false, false)", [right, kid])
            for secret in opened:
                db.execute(
                    "INSERT INTO gate_invite VALUES (%s, %s)", [invites.invite_hmac(pepper, secret), right]
                )
        phone = Phone(opened[0], self.made, pad)
        phone.extra, phone.right = opened[1:], right
        return phone

    def crowd(self, kids: Sequence[str]) -> list[Phone]:
        """Many persons at once, one a key, let in as the hall lets them in: sorted."""
        first, self.made = self.made + 1, self.made + len(kids)
        pepper = (self.folder / "secrets" / "pepper").read_bytes()
        phones = [Phone(os.urandom(16), first + at) for at in range(len(kids))]
        for phone in phones:
            phone.right = os.urandom(16).hex()
        rights = sorted((phone.right, kid) for phone, kid in zip(phones, kids, strict=True))
        doors = sorted((invites.invite_hmac(pepper, phone.secret), phone.right) for phone in phones)
        with psycopg.connect(self.urls["gate"]) as db, db.cursor() as cursor:
            cursor.executemany("INSERT INTO gate_right VALUES (%s, %s, NULL, false, false)", rights)
            db.commit()
            cursor.executemany("INSERT INTO gate_invite VALUES (%s, %s)", doors)
        return phones

    def program(self, *words: str) -> list[str]:
        """A program of the house, as an operator types it."""
        return [sys.executable, "-m", "bening.cli", *words]

    def run_program(self, *words: str) -> str:
        """Run it to its end; what it printed."""
        ran = subprocess.run(
            self.program(*words), env=self.told(), check=True, capture_output=True, text=True
        )
        return ran.stdout

    def told(self) -> dict[str, str]:
        """The environment of an operator's terminal: the counters', and no other database."""
        return {**self.environment(), "DATABASE_URL": self.urls["gate"]}

    def night(self, *parts: str) -> None:
        """`bening nightly` for gate, box and signer, as the house's own nightly run does it."""
        book = str(self.folder / "signer" / "quota")
        words = {
            "gate": ["nightly", "--counter", "gate"],
            "box": ["nightly", "--counter", "box"],
            "signer": ["signer", "nightly", "--quota", book],
        }
        running = [
            subprocess.Popen(self.program(*words[part]), env=self.told(), stdout=subprocess.DEVNULL)
            for part in parts or words
        ]
        assert [child.wait() for child in running] == [0] * len(running)

    def rows(self, door: str, query: str, *values: object) -> list[tuple]:
        """Look into a counter's database."""
        with psycopg.connect(self.urls[door]) as db:
            return db.execute(query, values).fetchall()

    def run(self, door: str, statement: str) -> None:
        """Change something in a counter's database behind its back."""
        with psycopg.connect(self.urls[door]) as db:
            db.execute(statement)


@contextmanager
def world(
    folder: Path, strata: Sequence[str] = STRATA, *, data: Path | None = None, **facts: object
) -> Iterator[World]:
    """Two counters on loopback over fresh databases; everything ends with the block.

    `data`: where the clusters lie, by default where all tests have theirs; `facts` go into the entries.
    """
    clusters = {"gate": "hall", "box": "box"}
    data = data or Path(os.environ["DATA_DIR"])
    names = {door: f"s{os.getpid()}_{next(COUNTER)}_{door}" for door in clusters}
    bases = {door: postgres.start(data / "postgres" / cluster) for door, cluster in clusters.items()}
    urls = {door: postgres.make_database(base, names[door]) for door, base in bases.items()}
    made = World(folder, urls, {door: free_port() for door in clusters}, data)
    keys.make_missing(folder / "secrets")
    manifest = folder / "client" / "m"
    manifest.mkdir(parents=True)
    own = [notes.public((folder / "secrets" / name).read_bytes()) for name in ("receipt", "log")]
    header, lines = frozen(*own, entries=entries(strata, **facts))
    (manifest / "manifest.json").write_bytes(header)
    (manifest / "manifest.jsonl").write_bytes(lines)
    made.clock(date(2026, 1, 20))
    strong_room.write_keys(folder / "signer" / "keys", strata)
    try:
        made.start_signer()
        for door in clusters:
            migrate(made, door)
            roles.apply(urls[door], door)
            made.start(door)
        yield made
    finally:
        for door in list(made.children):
            made.kill(door)
        shutil.rmtree(made.memory, ignore_errors=True)
        for door, url in urls.items():
            drop(url, names[door])


def migrate(made: World, door: str) -> None:
    """The tables of one door."""
    words = [
        "migrate",
        "--database",
        door,
        "--verbosity",
        "0",
        "--settings",
        f"bening.web.config.settings.{door}",
    ]
    subprocess.run([sys.executable, "-m", "django", *words], env=made.environment(), check=True)


def drop(url: str, name: str) -> None:
    """Remove a database of these tests."""
    with psycopg.connect(psycopg.conninfo.make_conninfo(url, dbname="postgres"), autocommit=True) as db:
        db.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def waited(port: int) -> None:
    """Until somebody listens."""
    for _ in range(600):
        if listens(port):
            return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens on {port}")


def listens(port: int) -> bool:
    """Whether somebody takes calls there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
