"""What people will do at a moment that has not come yet: block us, change their number."""

from __future__ import annotations

import heapq
import threading

from bening.emulator.store import Store
from bening.emulator.writer import Job

DONE = "UPDATE act SET done = 1 WHERE number = ? AND what = ?"


class Acts:
    def __init__(self, store: Store) -> None:
        self._lock = threading.Lock()
        rows = store.rows("SELECT at, number, what FROM act WHERE NOT done")
        self._heap = [(float(row["at"]), str(row["number"]), str(row["what"])) for row in rows]
        heapq.heapify(self._heap)
        self._known = {(row["number"], row["what"]) for row in store.rows("SELECT number, what FROM act")}

    def plan(self, job: Job, number: str, what: str, at: float) -> None:
        """Once a person and act; a second plan changes nothing."""
        with self._lock:
            if (number, what) in self._known:
                return
            self._known.add((number, what))
            heapq.heappush(self._heap, (round(at, 3), number, what))
        job.insert("act", (number, what, round(at, 3), 0))

    def due(self, now: float) -> tuple[float, str, str] | None:
        """Take the next act whose time has come."""
        with self._lock:
            return heapq.heappop(self._heap) if self._heap and self._heap[0][0] <= now else None

    def forget(self) -> None:
        with self._lock:
            self._heap.clear()
            self._known.clear()
