"""Three limits: messages per second, messages to one person, different persons in 24 hours."""

from __future__ import annotations

from collections import OrderedDict

from bening.emulator.chaos import Knobs
from bening.emulator.faults import GraphError

DAY = 86_400.0
TIERS = (250, 2_000, 10_000, 100_000, 0)  # 0 means no limit
TIER_NAMES = {
    250: "TIER_250",
    2_000: "TIER_2K",
    10_000: "TIER_10K",
    100_000: "TIER_100K",
    0: "TIER_UNLIMITED",
}
PRUNE_ABOVE = 100_000


class Limits:
    """Not safe for threads by itself; the caller holds the one lock around acceptance."""

    def __init__(self) -> None:
        # Each bucket is one number: the time at which it would be full of messages again.
        self._busy_until = 0.0
        self._pairs: dict[str, float] = {}
        self._window: OrderedDict[str, float] = OrderedDict()
        self.raised: int | None = None
        self.raise_at: float | None = None

    def check_rate(self, now: float, knobs: Knobs) -> None:
        if knobs.rate_mps <= 0:
            return
        busy = max(self._busy_until, now)
        if busy - now > (max(knobs.rate_burst, 1) - 1) / knobs.rate_mps + 1e-6:
            raise GraphError(130429, "Cloud API message throughput has been reached.")
        self._busy_until = busy + 1 / knobs.rate_mps

    def check_pair(self, number: str, now: float, knobs: Knobs) -> None:
        if knobs.pair_s <= 0:
            return
        busy = max(self._pairs.get(number, 0.0), now)
        if busy - now > (max(knobs.pair_burst, 1) - 1) * knobs.pair_s + 1e-6:
            raise GraphError(131056, "Too many messages to the same person in a short time.")
        self._pairs[number] = busy + knobs.pair_s
        if len(self._pairs) > PRUNE_ABOVE:
            self._pairs = {who: until for who, until in self._pairs.items() if until > now}

    def tier(self, knobs: Knobs) -> int:
        return knobs.tier if self.raised is None else self.raised

    def admits(self, number: str, now: float, knobs: Knobs) -> bool:
        """Whether one more person fits; a person written to within the last day costs nothing."""
        self._forget_old(now)
        self._upgrade(now, knobs)
        tier = self.tier(knobs)
        return number in self._window or tier <= 0 or len(self._window) < tier

    def count(self, number: str, now: float) -> None:
        self._window[number] = now
        self._window.move_to_end(number)

    def used(self, now: float) -> int:
        self._forget_old(now)
        return len(self._window)

    def clock_moved_back(self) -> None:
        self._busy_until = 0.0
        self._pairs.clear()

    def _forget_old(self, now: float) -> None:
        while self._window:
            number, at = next(iter(self._window.items()))
            if at > now - DAY:
                return
            del self._window[number]

    def _upgrade(self, now: float, knobs: Knobs) -> None:
        """Half of a tier used starts the wait for the next one."""
        tier = self.tier(knobs)
        if knobs.tier_upgrade_lag_h is None or tier <= 0:
            return
        if self.raise_at is None:
            if len(self._window) >= tier / 2:
                self.raise_at = now + knobs.tier_upgrade_lag_h * 3600
        elif now >= self.raise_at:
            self.raised, self.raise_at = next_tier(tier), None


def next_tier(tier: int) -> int:
    return next((step for step in TIERS if step == 0 or step > tier), 0)
