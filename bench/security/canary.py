"""Marked secrets, codes, answers, texts, names and numbers go through every door and error path; then all
that was left behind is searched for them, in every spelling.

A mark may lie in the places of `ALLOWED`, each with its reason, and nowhere else.
"""

import base64
import hmac
import json
import os
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg
import urllib3

from bench.security.errors import wrong_calls
from bench.security.search import read
from bening.core.response import b64u
from bening.crypto import invites, shares
from bening.outside import ceremony
from bening.web.config import postgres
from tests import strong_room
from tests.security.phone import Line, Phone
from tests.security.world import QUESTIONNAIRE, World, drop, free_port, waited

ALLOWED = (  # kind of mark, where it may lie, why
    ("text", "tally/texts.jsonl", "the tally's output: texts without order, apart from the other answers"),
    ("code", "tally/codes.txt", "the tally's output: receipt codes that everybody may look up"),
    ("number", "inbox", "the provider's report in the hall's inbox until it is understood, then blanked"),
)
DOORS = {"hall": "ORIGIN_HALL", "cek": "ORIGIN_CHECK", "client": "ORIGIN_CLIENT"}
PEOPLE = 12
SHORTEST = 8  # bytes of a spelling that cannot come up by itself


@dataclass(frozen=True, slots=True)
class Found:
    """A mark where it may not be."""

    kind: str
    where: str


@dataclass
class Site:
    """One round with all its doors, its marks by kind, and every header that came back."""

    world: World
    folder: Path  # of the offline desk
    lines: dict[str, Line] = field(default_factory=dict)
    marks: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    headers: list[bytes] = field(default_factory=list)
    hall_oid: str = ""

    def mark(self, kind: str, *marks: bytes) -> bytes:
        """Remember marks; gives the first."""
        self.marks[kind].update(marks)
        return marks[0]

    def spelled(self) -> dict[bytes, str]:
        """Every spelling of every mark -> its kind."""
        return {
            form: kind for kind, marks in self.marks.items() for mark in marks for form in spellings(mark)
        }

    def heard(self, reply: urllib3.BaseHTTPResponse) -> None:
        """Keep the headers of a reply; its body goes to whoever asked."""
        self.headers.append(repr(reply.headers.items()).encode())


def spellings(mark: bytes) -> set[bytes]:
    """Raw, lower and upper, hex, percent, and base64 of both alphabets at each of its three places."""
    found = {mark, mark.lower(), mark.upper(), mark.hex().encode(), mark.hex().upper().encode()}
    found.add(quote(mark).encode())
    for lead in range(3):
        coded = base64.b64encode(b"\0" * lead + mark)
        inner = coded[(0, 2, 3)[lead] : len(coded) - 4]  # the ends depend on what stands around it
        found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return {form for form in found if len(form) >= SHORTEST}


def searched(world: World, kids: list[str], folder: Path) -> tuple[int, list[Found]]:
    """How many spellings were looked for, and what was found outside the allowed places."""
    site = Site(world, folder)
    hall = make_hall(site)
    try:
        with doors(site, hall):
            interviews(site, kids)
            wrong_calls(site.lines, site.world, strange(site), site.heard)
            check_page(site)
            inbox(site)
            night_and_tally(site)
        return found(site)
    finally:
        drop(hall, psycopg.conninfo.conninfo_to_dict(hall)["dbname"])


def make_hall(site: Site) -> str:
    """An empty database for the hall; its URL."""
    world = site.world
    name = f"{psycopg.conninfo.conninfo_to_dict(world.urls['gate'])['dbname']}_hall"
    url = postgres.make_database(postgres.start(world.data / "postgres" / "hall"), name)
    with psycopg.connect(url) as db:
        row = db.execute("SELECT oid::text FROM pg_database WHERE datname = current_database()").fetchone()
    site.hall_oid = row[0] if row else ""
    return url


def found(site: Site) -> tuple[int, list[Found]]:
    """Look everywhere."""
    names = site.spelled()
    marks = [Found(kind, "reply headers") for kind in inside(b"\n".join(site.headers), names)]
    for path in sorted(every(site)):
        where = place(path, site)
        marks += [Found(kind, where) for kind in inside(read(path), names) if not allowed(kind, where)]
    return len(names), marks


def interviews(site: Site, kids: list[str]) -> None:
    """A dozen people with marked secrets, texts and codes; one whose answer is no choice; one who types."""
    for at, phone in enumerate(site.world.crowd(kids[:1] * PEOPLE)):
        site.mark("secret", phone.secret)
        site.mark("code", phone.code.encode())
        text = site.mark("text", f"KENARI kalimat nomor {at} {os.urandom(6).hex()}".encode())
        answers = {"gift": "no"} if at else {"gift": site.mark("answer", b"KenariJawabanRahasia").decode()}
        interview(site, phone, answers, text.decode())


def interview(site: Site, phone: Phone, answers: dict[str, str], text: str) -> None:
    """hello, issue, ballot, the same ballot again."""
    phone.hello(site.lines["gate"])
    assert phone.issue(site.lines["gate"])[0] == 200
    body = phone.ballot(answers, [["story", text]])
    assert [phone.post(site.lines["box"], body)[0] for _ in range(2)] == [201, 200]


def strange(site: Site) -> list[bytes]:
    """Marks as somebody mistypes or pastes them into the wrong place."""
    typed = invites.typed_secret()
    code = invites.typed_code(typed)
    bare = code.replace("-", "")
    marks = [site.mark("typed", code.encode()), site.mark("typed", bare.encode()), b64u(typed).encode()]
    site.mark("typed", typed)
    secret = site.mark("secret", os.urandom(16))
    name = site.mark("name", b"Kenari Suryaningrat Wibawa")
    answer = site.mark("answer", b"KenariPilihanTerlarang")
    return [*marks, b64u(secret).encode(), quote(name).encode(), answer]


def check_page(site: Site) -> None:
    """Check codes typed right and wrong, in fields and in addresses."""
    cek = site.lines["cek"]
    for typed in ("K7Q2-9XMA", "KENARI-SALAH-KETIK", "0812-7788-9911-KENARI"):
        mark = site.mark("check", typed.encode()).decode()
        for path in ("/cek", "/", f"/cek/{mark}", f"/cek?code={mark}"):
            site.heard(cek.call(path, f"code={mark}".encode(), "application/x-www-form-urlencoded"))
            site.heard(cek.pool.request("GET", cek.origin + path, redirect=False))


def inbox(site: Site) -> None:
    """Reports of the provider: genuine, forged, broken; and somebody who cannot sign in."""
    hall = site.lines["hall"]
    number = site.mark("number", fresh_number()).decode()
    report = json.dumps({"entry": [{"changes": [{"value": {"messages": [{"from": number}]}}]}]}).encode()
    secret = (site.world.folder / "secrets" / "whatsapp-app-secret").read_bytes()
    good = "sha256=" + hmac.digest(secret, report, "sha256").hex()
    for body, signature in ((report, good), (report, "sha256=00"), (b"{" + number.encode(), good)):
        site.heard(hall.call("/hook/whatsapp/", body, X_Hub_Signature_256=signature))
    forged = site.mark("forged number", fresh_number()).decode()
    site.heard(hall.call("/hook/whatsapp/", forged.encode(), X_Hub_Signature_256="sha256=" + "0" * 64))
    name = site.mark("name", b"kenari.suryaningrat@example.id").decode()
    for path in ("/masuk", f"/masuk?next=/{name}", f"/{name}", f"/hook/{name}"):
        body = f"username={name}&password={name}".encode()
        site.heard(hall.call(path, body, "application/x-www-form-urlencoded"))
        site.heard(hall.pool.request("GET", hall.origin + path, redirect=False))


def fresh_number() -> bytes:
    """A telephone number of this run alone."""
    return b"6281" + str(int.from_bytes(os.urandom(5), "big")).zfill(13).encode()


def night_and_tally(site: Site) -> None:
    """The night, the export, the count."""
    world, folder = site.world, site.folder
    world.night()
    export, questions, words = folder / "export", folder / "q", folder / "words"
    world.run_program("box", "export", str(export), "--settings", "box")
    questions.mkdir()
    (questions / "sample.json").write_bytes(QUESTIONNAIRE.read_bytes())
    sheets = shares.split(strong_room.TALLY, threshold=3, count=3)
    ceremony.write_sheets(words, ["A", "B", "C"], sheets)
    options = [
        "--export",
        str(export),
        "--manifest",
        str(world.folder / "client" / "m"),
        "--out",
        str(folder / "tally"),
    ]
    world.run_program("tally", *options, "--questionnaires", str(questions), "--words", str(words))


@contextmanager
def doors(site: Site, url: str) -> Iterator[None]:
    """Hall, check page and static host beside the counters, on ports and a database of their own."""
    world = site.world
    ports = {door: free_port() for door in DOORS}
    temp = world.folder / "tmp"
    temp.mkdir()
    environment = {**world.environment(), "DATABASE_URL": url, "TMPDIR": str(temp)}
    environment |= {DOORS[door]: f"http://127.0.0.1:{port}" for door, port in ports.items()}
    migrate = world.program("migrate", "--database", "default", "--verbosity", "0", "--settings", "hall")
    subprocess.run(migrate, env=environment, check=True)
    children = []
    try:
        for door, port in ports.items():
            with (world.folder / f"{door}.log").open("ab") as log:
                program = world.program("serve", "--door", door)
                children.append(
                    subprocess.Popen(program, env=environment, stdout=log, stderr=log, start_new_session=True)
                )
            waited(port)
        site.lines = {door: Line(f"http://127.0.0.1:{port}") for door, port in ports.items()}
        site.lines |= {"gate": world.gate, "box": world.box}
        yield
        with psycopg.connect(url, autocommit=True) as db:
            db.execute("CHECKPOINT")  # what is in memory goes to the files that are searched
    finally:
        for child in children:
            os.killpg(child.pid, 9)
            child.wait()


def inside(data: bytes, names: dict[bytes, str]) -> set[str]:
    """Kinds of the marks in some bytes."""
    return {kind for form, kind in names.items() if form in data}


def every(site: Site) -> Iterator[Path]:
    """All that the round left: the counters' folder, temporary files, both clusters, what the tally wrote."""
    for root in (site.world.folder, site.world.data / "postgres", site.folder):
        yield from (path for path in root.rglob("*") if path.is_file())


def place(path: Path, site: Site) -> str:
    """Where a file lies, by the part of the house it belongs to."""
    hall = site.world.data / "postgres" / "hall"
    if hall in path.parents and path.parent.name in (site.hall_oid, "pg_wal"):
        return "inbox"
    for root in (site.folder, site.world.folder, site.world.data):
        if root in path.parents:
            return str(path.relative_to(root))
    return str(path)


def allowed(kind: str, where: str) -> bool:
    """Whether the list names this place for this kind."""
    return any(kind == one and where.startswith(there) for one, there, _ in ALLOWED)
