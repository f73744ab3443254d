"""A round whose counters, log, witness and client are real, for the checker page in a real Chromium."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import urllib3
from playwright.sync_api import Browser, Page

from bening.core.canonical import b64u
from bening.core.questionnaire import dump, load
from bening.core.response import landmarks
from bening.core.response.wire import PLAIN
from bening.crypto import merkle, notes
from bening.outside import log_program
from tests.outside.served import digest_of, host, write_client
from tests.phone.conftest import KEPT
from tests.security.phone import Line
from tests.security.world import QUESTIONNAIRE, STRATA, World, entries, free_port, frozen, waited, world

SIZE = 33


class Near(Line):
    """A line that says it comes from this round's client."""

    client = ""

    def call(self, path: str, body: bytes, media: str = PLAIN, **headers: str) -> urllib3.BaseHTTPResponse:
        return super().call(path, body, media, **{"Origin": self.client, **headers})


@dataclass
class Checked:
    """The round, where its files are, and the page of the person who answered."""

    made: World
    witness: Path
    bundle: str
    header: bytes
    origin: str
    page: Page | None = None
    link: str = ""
    stages: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    @property
    def client(self) -> Path:
        """The folder of the static host."""
        return self.made.folder / "client"

    @property
    def log(self) -> Path:
        """The folder of the public log."""
        return self.made.folder / "log"

    def line(self, door: str) -> Near:
        """A line from this round's client to a counter."""
        line = Near(f"http://127.0.0.1:{self.made.ports[door]}")
        line.client = self.origin
        return line

    def night(self) -> None:
        """The day's ballots enter the log."""
        self.made.night("box")

    def look(self) -> int:
        """The witness looks at the box's own address."""
        manifest = self.client / "m" / "manifest.json"
        words = ["--manifest", str(manifest), "--out", str(self.witness)]
        return log_program.main(["witness", f"{self.made.box.origin}/log", *words])

    def right(self) -> dict[str, object]:
        """What the phone keeps of its answer."""
        (right,) = self.page.evaluate(KEPT)["rights"]
        return right


@contextmanager
def checked_round(folder: Path) -> Iterator[Checked]:
    """Counters, witness and the client's static host on origins of this round; no phone yet."""
    with world(folder / "r", STRATA[:2]) as made, host(folder / "w") as witness:
        made.kill("gate")
        made.kill("box")
        made.ports["client"] = free_port()
        client = f"http://localhost:{made.ports['client']}"
        told = {**made.environment(), "ORIGIN_CLIENT": client, "ORIGIN_WITNESSES": witness}
        made.environment = lambda: told  # type: ignore[method-assign]
        own = [notes.public((made.folder / "secrets" / name).read_bytes()) for name in ("receipt", "log")]
        origins = {"client": client, "gate": made.gate.origin, "box": made.box.origin, "check": client}
        listed = entries(STRATA[:2])
        form = dump(load(QUESTIONNAIRE.read_bytes()))
        facts = {"origins": {**origins, "witnesses": [witness]}, "instruments": {"sample": digest_of(form)}}
        header, lines = frozen(*own, entries=listed, **facts)
        bundle = write_client(made.folder / "client", header, lines, {"sample": form})
        made.start("gate")
        made.start("box")
        words = made.program("serve", "--door", "client")
        made.children["client"] = subprocess.Popen(words, env=told, start_new_session=True)
        waited(made.ports["client"])
        yield Checked(made, folder / "w", bundle, header, client)


def published(log: Path, leaves: list[bytes], secret: bytes) -> None:
    """A log in its operator's hands, who has its key and may sign what he likes."""
    tree = merkle.Tree(leaves)
    note = notes.signed(notes.checkpoint("b", len(tree), tree.root()), "b", secret)
    (log / "leaves").write_bytes(b"".join(leaves))
    (log / "landmarks").write_bytes(landmarks(leaves, tree.inclusion, note=note))
    (log / "checkpoint").write_text(note)


def leaves_of(log: Path) -> list[bytes]:
    """The published lines."""
    data = (log / "leaves").read_bytes()
    return [data[at : at + SIZE] for at in range(0, len(data), SIZE)]


def phone_page(browser: Browser) -> Page:
    """A phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="id-ID")
    context.set_default_timeout(30_000)
    return context.new_page()


def invited(checked: Checked) -> str:
    """A fresh invitation under the first key."""
    phone = checked.made.phone(entries(STRATA[:2])[0].kid)
    return f"{checked.origin}/i#{b64u(phone.secret)}"


def forget_issue(checked: Checked) -> None:
    """The gate's database is put back: no right was ever used."""
    with psycopg.connect(checked.made.urls["gate"]) as db:
        db.execute("UPDATE gate_right SET issued = NULL")
