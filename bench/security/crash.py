"""kill -9 under load, everywhere: what was acknowledged is still there, no right was signed for twice."""

import os
import random
import subprocess
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import psycopg
import urllib3

from bening.crypto import owner, shares
from bening.crypto.quota import records
from bening.outside import ceremony
from tests import strong_room
from tests.security.phone import Phone
from tests.security.world import QUESTIONNAIRE, World

THREADS = 4
PAUSE, LONGEST = 0.03, 1.0  # seconds before a phone asks again: twice as long each time, up to the longest
PATIENCE = 180.0  # seconds after which a phone that gets no answer is lost
WAITING = (429, 503)  # `slow_down`, `try_later`: what phones wait for
LONELY = """SELECT
    (SELECT count(*) FROM box_spent s WHERE NOT EXISTS (SELECT 1 FROM box_ballot b WHERE b.spent = s.id))
    + (SELECT count(*) FROM box_ballot b WHERE NOT EXISTS (SELECT 1 FROM box_spent s WHERE s.id = b.spent))"""


@dataclass
class Load:
    """Phones that go on until they hold a receipt, and what they were promised on the way."""

    world: World
    kids: list[str]
    signatures: dict[str, bytes] = field(default_factory=dict)  # right -> the value it was spent on
    receipts: dict[str, str] = field(default_factory=dict)  # right -> hash of the ballot
    running: bool = True

    def __post_init__(self) -> None:
        self.waiting: deque[Phone] = deque()
        self.lock = threading.Lock()
        self.pool = ThreadPoolExecutor(THREADS)
        self.workers = [self.pool.submit(self.work) for _ in range(THREADS)]

    def work(self) -> None:
        """One phone after the other."""
        while self.running:
            self.interview(self.next())

    def interview(self, phone: Phone) -> None:
        """hello, issue, ballot, each until it is answered."""
        self.patiently(lambda: (200, phone.hello(self.world.gate_line)), phone)
        self.patiently(lambda: phone.issue(self.world.gate_line), phone)
        self.signatures[phone.right] = sha256(phone.blinded).digest()
        body = phone.ballot({"gift": "no"})
        said = self.patiently(lambda: phone.post(self.world.box_line, body), phone)
        self.receipts[phone.right] = said["h"]

    def next(self) -> Phone:
        """The next person."""
        with self.lock:
            if not self.waiting:
                self.waiting.extend(self.world.crowd(self.kids * 10))
            return self.waiting.popleft()

    def patiently(self, call: Callable[[], tuple[int, dict[str, str]]], phone: Phone) -> dict[str, str]:
        """Ask until there is an answer, as phones do; anything but a later success is an error.

        The pauses grow, because the gate lets one secret call sixty times a minute and no more.
        """
        end, pause = time.monotonic() + PATIENCE, PAUSE
        while time.monotonic() < end:
            try:
                status, said = call()
            except (urllib3.exceptions.HTTPError, AssertionError):  # `hello` asserts its 200
                status, said = 503, {}
            if status in (200, 201):
                return said
            if status not in WAITING:
                raise RuntimeError(f"{status} {said} for {phone.right}")
            time.sleep(pause)
            pause = min(2 * pause, LONGEST)
        raise TimeoutError(phone.right)

    def go_on(self) -> None:
        """Until one person more holds a receipt; an error of any phone comes up here."""
        before = len(self.receipts)
        while len(self.receipts) == before:
            for worker in self.workers:
                if worker.done():
                    worker.result()
            time.sleep(PAUSE)

    def stop(self) -> None:
        """Let everybody under way arrive; an error of any phone comes up here."""
        self.running = False
        for worker in self.workers:
            worker.result()
        self.pool.shutdown()


@dataclass(frozen=True)
class Toll:
    """What the kills cost."""

    kills: Counter[str]
    interviews: int
    lost: int  # receipts without ballot, signatures without a spent right
    doubled: int  # rights for which two values were signed
    halves: int  # tokens without ballot, ballots without token, tally files that are not whole
    tallies: int  # different digests of one export: 1


def toll(world: World, kids: list[str], folder: Path, plan: dict[str, int], *, seed: int = 3) -> Toll:
    """Kill each part so often, in mixed order, while phones answer; then count what is missing."""
    rng = random.Random(seed)
    kills: Counter[str] = Counter()
    load = Load(world, kids)
    turns = [part for part, count in plan.items() for _ in range(count) if part != "tally"]
    for part in rng.sample(turns, len(turns)):
        time.sleep(rng.uniform(0.02, 0.2))
        kills[part] += KILLERS[part](world, rng)
        load.go_on()
    load.stop()
    world.night()
    digests, cut = tallies(world, folder, rng, plan.get("tally", 0), kills)
    lost, doubled, halves = missing(world, load)
    return Toll(kills, len(load.receipts), lost, doubled, halves + cut, len(digests))


def kill_gate(world: World, rng: random.Random) -> int:
    """The gate dies; sometimes just after it committed, while the signer has not answered yet."""
    signer = world.children["signer"].pid
    held = rng.random() < 0.5
    if held:
        os.kill(signer, 19)  # SIGSTOP: rights are spent now and nobody gets a signature
        time.sleep(0.05)
    world.kill("gate")
    if held:
        os.kill(signer, 18)
    world.start("gate")
    return 1


def kill_box(world: World, rng: random.Random) -> int:
    """The box dies between receiving and answering."""
    world.kill("box")
    world.start("box")
    return 1


def kill_signer(world: World, rng: random.Random) -> int:
    """The signer dies between its book and its answer."""
    world.kill("signer")
    world.start_signer()
    return 1


def kill_nightly(world: World, rng: random.Random) -> int:
    """The night dies midway, at gate, box or signer; if it was done already it is tried again."""
    book = str(world.folder / "signer" / "quota")
    words = rng.choice((["nightly", "--counter", "gate"], ["nightly", "--counter", "box"],
                        ["signer", "nightly", "--quota", book]))  # fmt: skip
    longest = 0.2 if words[0] == "signer" else 1.0
    return killed(world.program(*words), world.told(), rng, longest)


def kill_database(world: World, rng: random.Random) -> int:
    """A server process of the box's cluster dies, and with it every connection; the cluster recovers."""
    pids = world.rows(
        "box",
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    if not pids:
        return 0
    os.kill(rng.choice(pids)[0], 9)
    for _ in range(200):
        try:
            world.rows("box", "SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return 1
    raise TimeoutError("the cluster did not recover")


KILLERS = {
    "gate": kill_gate,
    "box": kill_box,
    "signer": kill_signer,
    "nightly": kill_nightly,
    "database": kill_database,
}


def killed(program: list[str], environment: dict[str, str], rng: random.Random, longest: float) -> int:
    """Start a program and kill it before it ends; 1 when that was achieved."""
    for wait in (rng.uniform(0.05, longest), rng.uniform(0.05, longest / 2), 0.05):
        child = subprocess.Popen(program, env=environment, start_new_session=True, stdout=subprocess.DEVNULL)
        try:
            child.wait(wait)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, 9)
            child.wait()
            return 1
    return 0


def tallies(
    world: World, folder: Path, rng: random.Random, count: int, kills: Counter[str]
) -> tuple[set[str], int]:
    """The tally of the export, killed so often and run to its end in between; digests, cut files."""
    export, questions, words = folder / "export", folder / "q", folder / "words"
    world.run_program("box", "export", str(export), "--settings", "box")
    questions.mkdir()
    (questions / "sample.json").write_bytes(QUESTIONNAIRE.read_bytes())
    sheets = shares.split(strong_room.TALLY, threshold=3, count=3)
    ceremony.write_sheets(words, ["A", "B", "C"], sheets)
    options = ["tally", "--export", str(export), "--manifest", str(world.folder / "client" / "m")]
    options += ["--questionnaires", str(questions), "--words", str(words), "--out"]
    digests, cut = {world.run_program(*options, str(folder / "whole"))}, 0
    whole = {path.name: path.read_bytes() for path in (folder / "whole").iterdir()}
    for turn in range(count):
        out = folder / f"out{turn}"
        kills["tally"] += killed(world.program(*options, str(out)), world.told(), rng, 1.2)
        there = list(out.glob("[!.]*")) if out.exists() else []
        cut += sum(path.read_bytes() != whole[path.name] for path in there)
        if turn % 10 == 0:
            digests.add(world.run_program(*options, str(out)))
    return digests, cut


def missing(world: World, load: Load) -> tuple[int, int, int]:
    """Promises that were not kept, rights signed for twice, and half states."""
    spent = {
        right: bytes(mark)
        for right, mark in world.rows("gate", "SELECT id, issued FROM gate_right WHERE issued IS NOT NULL")
    }
    stored = {bytes(h).hex() for (h,) in world.rows("box", "SELECT h FROM box_ballot")}
    lost = sum(spent.get(right) != mark for right, mark in load.signatures.items())
    lost += sum(h not in stored for h in load.receipts.values())
    book = [mark for _, mark in records((world.folder / "signer" / "quota").read_bytes())]
    doubled = len(book) - len(set(book)) + len(set(book) - set(spent.values()))
    tokens = world.rows("box", "SELECT count(*) FROM box_spent")[0][0]
    return lost, doubled + max(0, tokens - len(spent)), world.rows("box", LONELY)[0][0]


def parallel(world: World, kid: str, posts: int) -> int:
    """So many posts of one ballot at once, each with a signature of its own: how many were stored."""
    (phone,) = world.crowd([kid])
    phone.hello(world.gate_line)
    assert phone.issue(world.gate_line)[0] == 200
    head = phone.ballot({"gift": "no"})[:-64]
    bodies = [head + owner.sign(phone.key, b"bening/owner/v1\0" + head) for _ in range(posts)]
    line = world.box
    with ThreadPoolExecutor(40) as pool:
        statuses = list(pool.map(lambda body: phone.post(line, body)[0], bodies))
    assert set(statuses) <= {200, 201}
    token = sha256(phone.kid + phone.token).digest()
    stored: int = world.rows("box", "SELECT count(*) FROM box_ballot WHERE spent = %s", token)[0][0]
    return stored
