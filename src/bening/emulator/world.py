"""Everything the emulator consists of, put together from its file."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from itertools import count

from bening.emulator.account import Account
from bening.emulator.acts import DONE, Acts
from bening.emulator.chaos import Chance, Chaos
from bening.emulator.clock import Clock, Mark, resumed
from bening.emulator.courier import Courier
from bening.emulator.limits import DAY, TIER_NAMES, Limits
from bening.emulator.line import Destination
from bening.emulator.options import Options
from bening.emulator.outbox import Outbox
from bening.emulator.parcels import Parcels
from bening.emulator.people import People
from bening.emulator.phones import Phones
from bening.emulator.store import GROWING, Store
from bening.emulator.templates import TemplateBook
from bening.emulator.writer import Job

LAST_TEMPLATE = """SELECT template, language FROM message WHERE number = ? AND kind = 'template'
  ORDER BY ordinal DESC LIMIT 1"""


@dataclass
class World:
    options: Options
    store: Store
    clock: Clock
    chaos: Chaos
    account: Account
    limits: Limits
    outbox: Outbox
    people: People
    acts: Acts
    parcels: Parcels
    phones: Phones
    templates: TemplateBook
    courier: Courier
    # Held from the first look at a limit until the message stands in the writer's queue, so that
    # ordinals are committed in their order and no reader ever skips one.
    gate: threading.Lock = field(default_factory=threading.Lock)
    ordinals: count[int] = field(default_factory=count)
    turns: Counter[bytes] = field(default_factory=Counter)
    announced_tier: int | None = None
    saved_wait: float | None = None
    flagged: bool = False
    judging: threading.Lock = field(default_factory=threading.Lock)

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
        now = self.clock.now()
        self.templates.settle(now)
        self.happen(now)
        self._judge_number(now)
        if self.limits.raise_at != self.saved_wait:
            self.saved_wait = self.limits.raise_at
            self.store.remember("tier_wait", self.saved_wait)
        if self.limits.raised != self.announced_tier:
            self.announced_tier = self.limits.raised
            self.store.remember("tier", self.announced_tier)
            news = {"max_daily_conversation_per_phone": self.announced_tier or -1}
            self.outbox.announce("business_capability_update", news)

    def happen(self, now: float) -> None:
        """Let people do what they meant to do by now."""
        while (act := self.acts.due(now)) is not None:
            at, number, what = act
            if what == "change":
                self.phones.move(number, at)
            else:
                self.phones.set_flags(number, {"blocked": True}, at)
                self.complain(number)
            self.store.writer.commit(Job().run(DONE, number, what))

    def complain(self, number: str) -> None:
        """A block or a report counts against the template that came last."""
        row, now = self.store.one(LAST_TEMPLATE, number), self.clock.now()
        template = self.templates.find(row["template"], row["language"], now) if row else None
        if template is not None:
            self.templates.complain(template, self.chaos.knobs, now)

    def quality(self, now: float) -> str:
        """The number is as good as its worst template."""
        found = {template.quality for template in self.templates.listed(now)}
        return next((quality for quality in ("RED", "YELLOW") if quality in found), "GREEN")

    def _judge_number(self, now: float) -> None:
        flagged = self.quality(now) == "RED"
        with self.judging:
            if flagged == self.flagged:
                return
            self.flagged = flagged
        self.store.remember("flagged", flagged)
        tier = self.limits.tier(self.chaos.knobs)
        news = {
            "display_phone_number": self.options.identity.number,
            "event": "FLAGGED" if flagged else "UNFLAGGED",
            "current_limit": TIER_NAMES.get(tier, f"TIER_{tier}"),
        }
        self.outbox.announce("phone_number_quality_update", news)

    def reset(self, *, keep_templates: bool) -> None:
        """Forget messages, phones, templates and patched knobs; clock and webhook destination stay."""
        with self.gate:
            self.store.clear(GROWING)
            if not keep_templates:
                self.templates.clear()
            self.phones.forget()
            self.acts.forget()
            self.parcels.forget()
            self.people.met.clear()
            self.plan_moves()
            self.limits = Limits()
            self.turns.clear()
            self.ordinals = count(1)
            self.chaos.patch({"profile": self.options.profile})
            self.expire_token(False)
            self.store.remember("chaos", {})
            self.store.remember("badge", "NOT_STARTED")
            self.announced_tier = None
            self.store.remember("tier", None)
            self.saved_wait = None
            self.store.remember("tier_wait", None)
            self.flagged = False
            self.store.remember("flagged", False)

    def plan_moves(self) -> None:
        """The changes of number that the file of people names."""
        job = Job()
        for number, person in self.people.listed.items():
            if person.changes_number_at is not None:
                self.acts.plan(job, number, "change", person.changes_number_at)
        self.store.writer.commit(job)

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
    others = {
        kind: Destination(url, options.report_secret, "X-Signature") for kind, url in options.reports.items()
    }
    people = People(options.people, chaos, seed=options.seed)
    world = World(
        options=options,
        store=store,
        clock=clock,
        chaos=chaos,
        account=Account(identity, token_file=options.token_file, expired=store.recall("expired", False)),
        limits=Limits(),
        outbox=outbox,
        people=people,
        acts=Acts(store),
        parcels=Parcels(store, clock),
        phones=Phones(store, outbox, identity, people=people, seed=options.seed),
        templates=TemplateBook(store, options.rules, seed=options.seed, announce=outbox.announce),
        courier=Courier(
            store,
            clock,
            chaos,
            identity=identity,
            destination=destination,
            others=others,
            seed=options.seed,
        ),
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
    world.limits.raise_at = world.saved_wait = store.recall("tier_wait")
    world.flagged = store.recall("flagged", False)
    world.plan_moves()
    if world.people.exist:
        for row in store.rows("SELECT number, count(*) AS n FROM message WHERE arrives > 0 GROUP BY number"):
            world.people.met[row["number"]] = row["n"]
    recent = "SELECT number, max(at) AS at FROM message WHERE counted AND at > ? GROUP BY number ORDER BY 2"
    for row in store.rows(recent, now - DAY):
        world.limits.count(row["number"], row["at"])
    for row in store.rows("SELECT key, attempt, count(*) AS n FROM message GROUP BY key, attempt"):
        world.turns[world.dice(row["key"], row["attempt"]).digest("turn")] = row["n"]
