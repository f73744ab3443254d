"""The emulator's own time: real time, faster, frozen, or pushed ahead by hand."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """At real second `real` the virtual clock shows `virtual` and runs `speed` times as fast."""

    real: float
    virtual: float
    speed: float

    def at(self, real: float) -> float:
        return self.virtual + (real - self.real) * self.speed


class Clock:
    def __init__(self, mark: Mark, real: Callable[[], float] = time.time) -> None:
        self._mark = mark
        self._real = real
        self._lock = threading.Lock()

    @property
    def mark(self) -> Mark:
        return self._mark

    def now(self) -> float:
        return round(self._mark.at(self._real()), 3)

    def advance(self, seconds: float) -> Mark:
        return self._set(lambda real: self._mark.at(real) + seconds)

    def set_offset(self, seconds: float) -> Mark:
        return self._set(lambda real: real + seconds)

    def _set(self, virtual: Callable[[float], float]) -> Mark:
        with self._lock:
            real = self._real()
            self._mark = Mark(real, virtual(real), self._mark.speed)
            return self._mark

    def shown(self) -> dict[str, object]:
        now = self.now()
        return {
            "now": now,
            "iso": iso(now),
            "offset": round(now - self._real(), 3),
            "speed": self._mark.speed,
        }


def iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")


def resumed(saved: Mark | None, *, speed: float, start: float | None) -> Mark:
    """Continue a saved clock (time went on while the process was down), or begin a new one."""
    real = time.time()
    if saved is not None:
        return Mark(real, saved.at(real), speed)
    return Mark(real, real if start is None else start, speed)
