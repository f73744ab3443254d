"""Many interviews on real gate, box and signer over the days of a field period, and who truly was whom.

The phones keep what no attacker has: which right posted which token, and when each call came back.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

import psycopg

from tests.security.phone import Phone
from tests.security.world import OPENS, World

EARLY = 0.75  # each day brings three quarters of the day before
AGAIN = 0.03  # share that changes an answer on a later day
THREADS = 4
ANSWERS = ({"gift": "no"}, {"gift": "yes", "often": "once"}, {"gift": "yes", "often": "many"})


@dataclass(frozen=True, slots=True)
class Done:
    """One interview as only its phone knows it."""

    right: str
    kid: str
    token: bytes  # SHA-256 of key and token: the box's name of it
    day: int
    issued: float  # when the gate answered, when the box did: what access logs would hold
    posted: float


@dataclass
class Field:
    """A field period: who was drawn, who answers on which day."""

    world: World
    kids: Sequence[str]
    each: int = 30
    share: float = 0.6
    days: int = 14
    seed: int = 1

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        drawn = self.world.crowd([kid for kid in self.kids for _ in range(self.each)])
        willing = [
            phone
            for at in range(len(self.kids))
            for phone in drawn[at * self.each : (at + 1) * self.each][: round(self.each * self.share)]
        ]
        weights = [EARLY**day for day in range(self.days)]
        self.plan = {phone.right: self.rng.choices(range(self.days), weights)[0] for phone in willing}
        self.phones = willing
        self.again: dict[int, list[Phone]] = {}

    def run(self, after: Callable[[int], None]) -> list[Done]:
        """Every day's interviews, then `after(day)`: the night, or nothing."""
        return [done for day in range(self.days) for done in self.today(day, after)]

    def today(self, day: int, after: Callable[[int], None]) -> Iterator[Done]:
        """One day in random order; at noon the server looks over its tables, as it does by itself."""
        self.world.clock(OPENS + timedelta(days=day))
        coming = [phone for phone in self.phones if self.plan[phone.right] == day]
        self.rng.shuffle(coming)
        half = len(coming) // 2
        with ThreadPoolExecutor(THREADS) as pool:
            yield from pool.map(lambda phone: self.interview(phone, day), coming[:half])
            looked_over(self.world)
            yield from pool.map(lambda phone: self.interview(phone, day), coming[half:])
            list(pool.map(self.change, self.again.pop(day, [])))
        after(day)

    def interview(self, phone: Phone, day: int) -> Done:
        """hello, issue, ballot."""
        phone.hello(self.world.gate_line)
        status, said = phone.issue(self.world.gate_line)
        issued = time.time()
        assert status == 200, said
        status, said = phone.post(self.world.box_line, phone.ballot(ANSWERS[len(phone.right) % 3]))
        assert status == 201, said
        if self.rng.random() < AGAIN and day + 1 < self.days:
            self.again.setdefault(self.rng.randrange(day + 1, self.days), []).append(phone)
        token = sha256(phone.kid + phone.token).digest()
        return Done(phone.right, phone.kid.hex(), token, day, issued, time.time())

    def change(self, phone: Phone) -> None:
        """The same person, another answer."""
        phone.version += self.rng.randint(1, 65_535)
        status, said = phone.post(self.world.box_line, phone.ballot(ANSWERS[0]))
        assert status == 201, said


def looked_over(world: World) -> None:
    """What autovacuum does once an hour: statistics, which quote values of rows."""
    for url in world.urls.values():
        with psycopg.connect(url, autocommit=True) as db:
            db.execute("ANALYZE")
