"""The linkability attack on four designs: the product, and three that are known to fail.

product      blind tokens, two clusters, everything written anew each night; taken away after the last night
blind only   the same without nights
naive        one database, one transaction, random names, no date
documented   what stays possible beside the product: dated backups of both sides, the hall's list of
             reminders, and access logs of both doors, which live recording would give as well
"""

import os
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from bench.security import evidence
from bench.security.interviews import Done, Field
from bench.security.linker import Outcome, attack
from bench.security.search import Order
from bening.web.config import postgres
from tests.security.world import World, entries, world

REMINDER = 7  # the day on which those who have not answered are written to


@dataclass
class Backups:
    """What dated copies of both databases tell: on which day a right was used and a token came in."""

    rights: Order = field(default_factory=dict)
    tokens: Order = field(default_factory=dict)

    def take(self, counters: World, day: int) -> None:
        """Tonight's copy."""
        for (right,) in counters.rows("gate", "SELECT id FROM gate_right WHERE issued IS NOT NULL"):
            self.rights.setdefault(right, day)
        for (token,) in counters.rows("box", "SELECT id FROM box_spent"):
            self.tokens.setdefault(bytes(token), day)


@dataclass(frozen=True)
class Product:
    """How the product held, and what the documented records beside it would give."""

    stored: Outcome
    backups: Outcome
    reminders: Outcome
    access_logs: Outcome


@contextmanager
def ground(strata: int, each: int) -> Iterator[tuple[World, list[str]]]:
    """Counters over clusters of their own, and the keys of so many strata."""
    labels = [f"lampung/{at:03}/a" for at in range(strata)]
    with tempfile.TemporaryDirectory(prefix="bening-link-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # the clusters may belong to another user
        (Path(folder) / "r").mkdir()
        with world(Path(folder) / "r", labels, data=Path(folder), sampled=each) as counters:
            yield counters, [entry.kid for entry in entries(labels, sampled=each)]
        postgres.stop(Path(folder))


def product(strata: int, each: int, days: int) -> Product:
    """The house as it is, a night after every day."""
    sizes: dict[int, int] = {}
    backups = Backups()
    with ground(strata, each) as (counters, kids):

        def night(day: int) -> None:
            counters.night()
            sizes[evidence.sizes(counters)[-1]] = day
            backups.take(counters, day)

        done = Field(counters, kids, each=each, days=days).run(night)
        loot = evidence.taken(counters, sizes)
    truth = true(done)
    written = {right: float(day > REMINDER) for right, day in backups.rights.items()}
    dated = {"day of backups": (backups.rights, backups.tokens)}
    reminded = {"reminder × day of the log": (written, loot.tokens["day of the log"])}
    bare = evidence.Loot(loot.strata_of_rights, loot.strata_of_tokens)
    return Product(
        stored=attack(loot, truth),
        backups=attack(bare, truth, extra=dated),
        reminders=attack(bare, truth, extra=reminded),
        access_logs=attack(bare, truth, extra={"times of both doors": seen(done)}),
    )


def blind_only(strata: int, each: int, days: int) -> Outcome:
    """Blind tokens and two clusters, and nothing is ever written anew."""
    with ground(strata, each) as (counters, kids):
        done = Field(counters, kids, each=each, days=days).run(lambda day: None)
        return attack(evidence.taken(counters), true(done))


def naive(people: int, strata: int, *, data: Path | None = None) -> float:
    """One database, one transaction, random names, no date: the share linked by equal `xmin`."""
    rng = random.Random(2)
    with tempfile.TemporaryDirectory(prefix="bening-naive-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        url = postgres.start((data or Path(folder)) / "postgres" / "box")
        with psycopg.connect(url, autocommit=True) as db:
            db.execute("CREATE TABLE naive_right (id text PRIMARY KEY, stratum int, used bool NOT NULL)")
            db.execute("CREATE TABLE naive_answer (id text PRIMARY KEY, stratum int, body bytea)")
            ids = [rng.randbytes(16).hex() for _ in range(people)]
            for at, right in enumerate(ids):
                db.execute("INSERT INTO naive_right VALUES (%s, %s, false)", [right, at % strata])
            truth = {}
            for right in rng.sample(ids, len(ids)):
                answer = truth[right] = rng.randbytes(16).hex()
                with db.transaction():
                    db.execute("UPDATE naive_right SET used = true WHERE id = %s", [right])
                    insert = "INSERT INTO naive_answer SELECT %s, stratum, %s FROM naive_right WHERE id = %s"
                    db.execute(insert, [answer, os.urandom(200), right])
            joined = "SELECT r.id, a.id FROM naive_right r JOIN naive_answer a ON r.xmin::text = a.xmin::text"
            guesses = dict(db.execute(joined).fetchall())
            db.execute("DROP TABLE naive_right, naive_answer")
        if data is None:
            postgres.stop(Path(folder))
    return sum(guesses.get(right) == answer for right, answer in truth.items()) / people


def true(done: Sequence[Done]) -> Mapping[str, bytes]:
    """Right -> token, as only the phones know it."""
    return {one.right: one.token for one in done}


def seen(done: Sequence[Done]) -> tuple[Order, Order]:
    """When each door answered whom, as two access logs would tell."""
    return {one.right: one.issued for one in done}, {one.token: one.posted for one in done}
