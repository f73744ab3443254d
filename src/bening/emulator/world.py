"""Everything the emulator consists of, put together from its file."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from itertools import count

from bening.emulator.account import Account
from bening.emulator.chaos import Chance, Chaos
from bening.emulator.clock import Clock, Mark, resumed
from bening.emulator.courier import Courier, Destination
from bening.emulator.limits import DAY, Limits
from bening.emulator.options import Options
from bening.emulator.outbox import Outbox
from bening.emulator.phones import Phones
from bening.emulator.store import GROWING, Store
from bening.emulator.templates import TemplateBook
from bening.emulator.writer import Job


@dataclass
class World:
    options: Options
    store: Store
    clock: Clock
    chaos: Chaos
    account: Account
    limits: Limits
    outbox: Outbox
    phones: Phones
    templates: TemplateBook
    courier: Courier
    # Held from the first look at a limit until the message stands in the writer's queue, so that
    # ordinals are committed in their order and no reader ever skips one.
    gate: threading.Lock = field(default_factory=threading.Lock)
    ordinals: count[int] = field(default_factory=count)
    turns: Counter[bytes] = field(default_factory=Counter)
    announced_tier: int | None = None

    def dice(self, *key: object) -> Chance:
        return Chance(self.options.seed, *key)

    def refuse(self, code: int) -> None:
        self.store.writer.commit(Job().insert("refusal", (code, 1)))  # counted before the sender hears of it

    def save_clock(self, mark: Mark) -> None:
        self.store.remember("clock", [mark.real, mark.virtual, mark.speed])
        self.tick()
        self.courier.wake()

    def expire_token(self, expired: bool) -> None:
        self.account.expired = expired
        self.store.remember("expired", expired)

    def tick(self) -> None:
        """What happens by itself as time passes."""
        self.templates.settle(self.clock.now())
        if self.limits.raised != self.announced_tier:
            self.announced_tier = self.limits.raised
            self.store.remember("tier", self.announced_tier)
            news = {"max_daily_conversation_per_phone": self.announced_tier or -1}
            self.outbox.announce("business_capability_update", news)

    def reset(self, *, keep_templates: bool) -> None:
        """Forget messages, phones, templates and patched knobs; clock and webhook destination stay."""
        with self.gate:
            self.store.clear(GROWING)
            if not keep_templates:
                self.templates.clear()
            self.phones.forget()
            self.limits = Limits()
            self.turns.clear()
            self.ordinals = count(1)
            self.chaos.patch({"profile": self.options.profile})
            self.expire_token(False)
            self.store.remember("chaos", {})
            self.announced_tier = None
            self.store.remember("tier", None)

    def close(self) -> None:
        self.courier.stop()
        self.store.close()


def build(options: Options) -> World:
    store = Store(options.db)
    clock = Clock(_mark(store, options))
    chaos = Chaos(options.profile, options.knobs, store.recall("chaos", {}))
    outbox = Outbox(store, clock)
    identity = options.identity
    destination = Destination(options.webhook or store.recall("webhook", ""), options.app_secret)
    world = World(
        options=options,
        store=store,
        clock=clock,
        chaos=chaos,
        account=Account(identity, token_file=options.token_file, expired=store.recall("expired", False)),
        limits=Limits(),
        outbox=outbox,
        phones=Phones(store, outbox, identity, seed=options.seed),
        templates=TemplateBook(store, options.rules, seed=options.seed, announce=outbox.announce),
        courier=Courier(store, clock, chaos, identity=identity, destination=destination, seed=options.seed),
    )
    _recall(world)
    world.courier.start(world.tick)
    return world


def _mark(store: Store, options: Options) -> Mark:
    saved = store.recall("clock")
    mark = resumed(Mark(*saved) if saved else None, speed=options.speed, start=options.start)
    store.remember("clock", [mark.real, mark.virtual, mark.speed])
    return mark


def _recall(world: World) -> None:
    """Limits and turns live in memory; after a restart they are counted again from the file."""
    store, now = world.store, world.clock.now()
    world.ordinals = count(store.number("SELECT max(ordinal) FROM message") + 1)
    world.limits.raised = world.announced_tier = store.recall("tier")
    recent = "SELECT number, max(at) AS at FROM message WHERE counted AND at > ? GROUP BY number ORDER BY 2"
    for row in store.rows(recent, now - DAY):
        world.limits.count(row["number"], row["at"])
    for row in store.rows("SELECT key, attempt, count(*) AS n FROM message GROUP BY key, attempt"):
        world.turns[world.dice(row["key"], row["attempt"]).digest("turn")] = row["n"]
