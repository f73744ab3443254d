"""A small round behind real counters: two processes, two clusters, a frozen manifest."""

import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psycopg

from bening.core.kinds import Entry
from bening.core.response import b64u, build_entry, freeze
from bening.crypto import invites, merkle, notes
from bening.web.config import keys, postgres
from tests import strong_room
from tests.security.phone import CLIENT, Line, Phone

QUESTIONNAIRE = Path("tests/security/questionnaire.json")
OPENS, CLOSES = date(2026, 1, 5), date(2026, 1, 31)
STRATA = ("lampung/kota/a", "lampung/kota/b", "lampung/kota/c", "lampung/desa/d")


def entries(**changes: object) -> list[Entry]:
    """Four strata under two parents and one top."""
    return [
        build_entry(
            **{
                "modulus": strong_room.modulus(stratum),
                "stratum": stratum,
                "label": {"id": f"Kelompok {stratum[-1]}", "en": f"Group {stratum[-1]}"},
                "group": "internal",
                "sampled": 5000,  # more than all tests together ask of the signer
                "census": False,
                "instrument": "sample",
                "merge": (stratum.rsplit("/", 1)[0], "lampung", "nasional"),
                **changes,
            }
        )
        for stratum in STRATA
    ]


def frozen(receipt_key: bytes = bytes(32), log_key: bytes = b"", **changes: object) -> tuple[bytes, bytes]:
    """`manifest.json` and `manifest.jsonl` of the small round."""
    facts = {
        "round": "uji-2026",
        "opens": OPENS,
        "closes": CLOSES,
        "tz": "Asia/Jakarta",
        "tally_pk": strong_room.TALLY_KEY,
        "trustees": {"k": 3, "n": 5, "names": []},
        "pad": (512, 1024),
        "instruments": {"sample": hashlib.sha256(QUESTIONNAIRE.read_bytes()).hexdigest()},
        "origins": {
            "client": CLIENT,
            "gate": "http://g",
            "box": "http://b",
            "check": "http://c",
            "witnesses": [],
        },
        "log": {"origin": "b", "vkey": notes.vkey("b", log_key or receipt_key), "receipt": b64u(receipt_key)},
        "split": "demo",
    }
    listed = changes.pop("entries", None) or entries()
    return freeze(listed, merkle.root, **facts | changes)


@dataclass
class World:
    """Where the counters are, and their databases behind them."""

    folder: Path
    urls: dict[str, str]
    ports: dict[str, int]
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    made: int = 0

    @property
    def gate(self) -> Line:
        """A line to the gate."""
        return Line(f"http://127.0.0.1:{self.ports['gate']}")

    @property
    def box(self) -> Line:
        """A line to the box."""
        return Line(f"http://127.0.0.1:{self.ports['box']}")

    def environment(self) -> dict[str, str]:
        """What the counters are told."""
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
        }

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
            words, env=self.environment(), stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.ports[door])) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError(f"{door} does not listen: {(self.folder / f'{door}.log').read_text()}")

    def kill(self, door: str) -> None:
        """kill -9 to a counter and its workers."""
        child = self.children.pop(door)
        os.killpg(child.pid, 9)
        child.wait()

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

    def rows(self, door: str, query: str, *values: object) -> list[tuple]:
        """Look into a counter's database."""
        with psycopg.connect(self.urls[door]) as db:
            return db.execute(query, values).fetchall()

    def run(self, door: str, statement: str) -> None:
        """Change something in a counter's database behind its back."""
        with psycopg.connect(self.urls[door]) as db:
            db.execute(statement)


@contextmanager
def world(folder: Path) -> Iterator[World]:
    """Two counters on loopback over fresh databases; everything ends with the block."""
    clusters = {"gate": "hall", "box": "box"}
    data = Path(os.environ["DATA_DIR"])
    urls = {
        door: postgres.make_database(postgres.start(data / "postgres" / cluster), f"s{os.getpid()}_{door}")
        for door, cluster in clusters.items()
    }
    made = World(folder, urls, {door: free_port() for door in clusters})
    keys.make_missing(folder / "secrets")
    manifest = folder / "client" / "m"
    manifest.mkdir(parents=True)
    own = [notes.public((folder / "secrets" / name).read_bytes()) for name in ("receipt", "log")]
    header, lines = frozen(*own)
    (manifest / "manifest.json").write_bytes(header)
    (manifest / "manifest.jsonl").write_bytes(lines)
    made.clock(date(2026, 1, 20))
    strong_room.write_keys(folder / "signer" / "keys", STRATA)
    try:
        made.start_signer()
        for door in clusters:
            migrate(made, door)
            made.start(door)
        yield made
    finally:
        for door in list(made.children):
            made.kill(door)
        for door, url in urls.items():
            drop(url, f"s{os.getpid()}_{door}")


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


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
