"""News for the webhook destination: rows that wait in the file until they have been taken."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import count
from typing import Any

from bening.emulator.clock import Clock
from bening.emulator.plan import Step
from bening.emulator.store import PENDING, Store
from bening.emulator.writer import Job


class Outbox:
    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        # `next` on a count is one instruction of the interpreter, so no lock is needed.
        self._ids = count(store.number("SELECT max(id) FROM event") + 1)

    def statuses(self, job: Job, ordinal: int, steps: Iterable[Step]) -> None:
        for step in steps:
            row = (
                next(self._ids),
                ordinal,
                "status",
                step.name,
                step.at,
                step.due,
                step.state,
                0,
                "",
                step.code,
                "",
            )
            job.insert("event", row)

    def report(self, job: Job, parcel: int, kind: str, value: dict[str, Any], step: Step) -> None:
        """News of a text or a mail; its ordinal is the parcel's number below zero."""
        row = (next(self._ids), -parcel, kind, step.name, step.at, step.due, step.state, 0, "", None)
        job.insert("event", (*row, json.dumps(value)))

    def inbound(self, job: Job, ordinal: int, value: dict[str, Any], *, at: float) -> None:
        name = str(value["messages"][0]["type"])
        self._value(job, ordinal, ("inbound", name), value, at=at)

    def field(self, job: Job, name: str, value: dict[str, Any], *, at: float) -> None:
        self._value(job, 0, ("field", name), value, at=at)

    def announce(self, name: str, value: dict[str, Any]) -> None:
        job = Job()
        self.field(job, name, value, at=self._clock.now())
        self._store.writer.submit(job)

    def _value(
        self, job: Job, ordinal: int, kind_name: tuple[str, str], value: dict[str, Any], *, at: float
    ) -> None:
        row = (next(self._ids), ordinal, *kind_name, at, at, PENDING, 0, "", None, json.dumps(value))
        job.insert("event", row)
