"""Carries the outbox to the webhook destination: batches, retries with growing pauses, few connections."""

from __future__ import annotations

import json
import queue
import sqlite3
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress

from bening.emulator.account import Identity
from bening.emulator.chaos import Chance, Chaos
from bening.emulator.clock import Clock
from bening.emulator.line import Destination, Line
from bening.emulator.store import CLAIMED, DELIVERED, GIVEN_UP, PENDING, Store
from bening.emulator.webhooks import OTHER_KINDS, News, parcel
from bening.emulator.writer import Job

CARRIERS = 4
POLL_S = 0.05
STOP_S = 1.0
CLAIM = 400
PATIENCE_S = 7 * 86_400.0
PAUSES = (1, 5, 30, 120, 600, 1800, 3600, 4 * 3600, 12 * 3600)
FLUSH_PASSES = 3
EVER = 1e18
# One row with everything: SQLite hands the interpreter over once, not once a row.
DUE = """SELECT json_group_array(json_array(id, kind, name, at, tries, code, value, ordinal, wamid, number,
    callback, category)) FROM (
  SELECT e.id, e.kind, e.name, e.at, e.tries, e.code, e.value, e.ordinal, coalesce(m.wamid, '') AS wamid,
    coalesce(m.number, '') AS number, coalesce(m.callback, '') AS callback,
    coalesce(m.category, '') AS category
  FROM event e LEFT JOIN message m ON m.ordinal = e.ordinal
  WHERE e.state = 0 AND e.due <= ? AND e.id <= ? AND e.kind IN (SELECT value FROM json_each(?))
  ORDER BY e.due, e.id LIMIT ?)"""
CLAIMING = "UPDATE event SET state = ? WHERE state = 0 AND id IN (SELECT value FROM json_each(?))"
RESULT = """UPDATE event SET state = ?, tries = tries + 1, due = ?,
  log = CASE log WHEN '' THEN ? ELSE log || ',' || ? END WHERE id IN (SELECT value FROM json_each(?))"""
# A report that is flushed says that the thing has happened, so the phone must show it as well.
ARRIVED = """UPDATE message SET arrives = ? WHERE arrives > ? AND ordinal IN (
  SELECT ordinal FROM event WHERE id IN (SELECT value FROM json_each(?)))"""


KINDS = ("status", "inbound", "field")


class Courier:
    def __init__(
        self,
        store: Store,
        clock: Clock,
        chaos: Chaos,
        *,
        identity: Identity,
        destination: Destination,
        others: dict[str, Destination],
        seed: int,
    ) -> None:
        """`others`: where the reports of texts and mails go, by kind."""
        self._store, self._clock, self._chaos = store, clock, chaos
        self._identity, self.destination, self._seed = identity, destination, seed
        self.others = others
        self._spoiled: set[int] = set()
        self._batches: queue.Queue[list[News]] = queue.Queue(maxsize=CARRIERS * 2)
        self._flying = 0
        self._landed = threading.Condition()
        self._claiming = threading.Lock()
        self._wake = threading.Event()
        self._stopping = False
        self._threads: list[threading.Thread] = []

    def start(self, tick: Callable[[], None]) -> None:
        carriers = [threading.Thread(target=self._carry, daemon=True) for _ in range(CARRIERS)]
        self._threads = [threading.Thread(target=self._watch, args=(tick,), daemon=True), *carriers]
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        self._wake.set()

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()
        # A destination that does not answer must not keep a dying process alive; what is on the wire is
        # marked so in the file and goes out again after the next start.
        end = time.monotonic() + STOP_S
        for thread in self._threads:
            thread.join(timeout=max(0.0, end - time.monotonic()))

    def spoil(self, event: int) -> None:
        """The next attempt of this report carries a wrong signature."""
        self._spoiled.add(event)

    def _open(self) -> list[str]:
        """The kinds of news that have somewhere to go."""
        kinds = [kind for kind, place in self.others.items() if place.url]
        return [*kinds, *KINDS] if self.destination.url else kinds

    def pending(self) -> int:
        return self._store.number("SELECT count(*) FROM event WHERE state IN (0, 1)")

    def flush(self, bound_s: float) -> int:
        """Send everything that waits, whatever its time; the number left when done or out of time."""
        end = time.monotonic() + bound_s
        for turn in range(FLUSH_PASSES):
            if not self._open() or (turn and not self.pending()):
                break
            self._flush_once(end)
        return self.pending()

    def _flush_once(self, end: float) -> None:
        newest = self._store.number("SELECT max(id) FROM event")
        seen: set[int] = set()
        while time.monotonic() < end:
            batch = self._claim(EVER, newest, seen)
            if not batch:
                break
            seen.update(news.id for news in batch)
            self._hand_out(batch)
        with self._landed:
            self._landed.wait_for(lambda: self._flying == 0, timeout=max(0.0, end - time.monotonic()))

    def _watch(self, tick: Callable[[], None]) -> None:
        while not self._stopping:
            due: list[News] = []
            try:
                tick()
                if self._open():
                    due = self._claim(self._clock.now(), int(EVER), set())
            except sqlite3.Error:
                # A full disk passes; a dead watchman would not be noticed.
                traceback.print_exc()
            if due:
                self._hand_out(due)
            else:
                self._wake.wait(POLL_S)
                self._wake.clear()

    def _claim(self, horizon: float, newest: int, seen: set[int]) -> list[News]:
        """Take what is due out of the queue, except what has already been tried in this pass of a flush."""
        with self._claiming:
            row = self._store.one(DUE, horizon, newest, json.dumps(self._open()), CLAIM + len(seen))
            claimed = [News(*item) for item in json.loads(row[0])] if row else []
            claimed = [news for news in claimed if news.id not in seen]
            if not claimed:
                return []
            with self._landed:
                self._flying += len(claimed)
            ids = json.dumps([news.id for news in claimed])
            job = Job().run(CLAIMING, CLAIMED, ids)
            if horizon == EVER:
                now = self._clock.now()
                job.run(ARRIVED, now, now, ids)
            self._store.writer.commit(job)
            return claimed

    def _hand_out(self, claimed: Sequence[News]) -> None:
        due: list[News] = []
        for news in claimed:
            alone = news.kind in OTHER_KINDS or news.id in self._spoiled
            self._put([news]) if alone else due.append(news)
        start = 0
        while start < len(due):
            size = self._size(due[start])
            self._put(list(due[start : start + size]))
            start += size

    def _put(self, batch: list[News]) -> None:
        while not self._stopping:
            with suppress(queue.Full):
                self._batches.put(batch, timeout=POLL_S)
                return

    def _size(self, first: News) -> int:
        knobs = self._chaos.knobs
        dice = Chance(self._seed, "batch", *first.identity)
        if dice.happens("small", knobs.p_small_batch):
            return dice.between("size", 1, knobs.batch_size)
        return knobs.batch_size

    def _carry(self) -> None:
        line = Line()
        while not self._stopping:
            try:
                batch = self._batches.get(timeout=POLL_S)
            except queue.Empty:
                continue
            try:
                self._deliver(line, batch)
            except sqlite3.Error:
                traceback.print_exc()
            finally:
                with self._landed:
                    self._flying -= len(batch)
                    self._landed.notify_all()
        line.close()

    def _deliver(self, line: Line, batch: list[News]) -> None:
        dice = Chance(self._seed, "webhook", *batch[0].identity)
        place = self.others.get(batch[0].kind, self.destination)
        corrupt = batch[0].id in self._spoiled
        self._spoiled.discard(batch[0].id)
        goods = parcel(batch, self._identity, self._chaos.knobs, dice, secret=place.secret, corrupt=corrupt)
        status = line.post(place, goods.body, goods.signature)
        now = self._clock.now()
        note = json.dumps([now, status, goods.flaw] if goods.flaw else [now, status])
        job = Job()
        if 200 <= status < 300 and not goods.flaw:
            ids = json.dumps([news.id for news in batch])
            job.run(RESULT, DELIVERED, now, note, note, ids)
        else:
            for news in batch:
                due = now + PAUSES[min(news.tries, len(PAUSES) - 1)]
                state = GIVEN_UP if due > news.at + PATIENCE_S else PENDING
                job.run(RESULT, state, due, note, note, json.dumps([news.id]))
        self._store.writer.commit(job)
