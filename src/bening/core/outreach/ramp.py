"""How fast a sender may go: its bucket, its pace after being told to slow down, its daily recipients."""

from collections import Counter, deque
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from math import inf

from bening.core.kinds import RampPlan

SLOW_FOR, STEP, EVERY = 60.0, 0.05, 10.0  # half for a minute, then 5 % of nominal every ten seconds
FLIGHT = 5.0  # seconds in which answers to what was already on the wire halve nothing again
FLOOR = 1 / 64  # of nominal: slower than that is a stop, and stops are for people
KEPT = 0.95  # of the daily limit; the rest is for messages that people send by hand
DAY, WEEK = timedelta(1), timedelta(7)
TIERS = (250, 2000, 10_000, 100_000, 0)  # different recipients in 24 hours; 0 = no limit
GRAIN = timedelta(minutes=5)


def refill(tokens: float, rate: float, burst: float, seconds: float) -> float:
    """Tokens in a bucket after so many seconds; a clock set back takes none away."""
    return min(burst, tokens + rate * max(0.0, seconds))


def pace(rate: float, slow: float | None, since: float) -> float:
    """OUT-7: messages a second now, so many seconds after the provider slowed us down to `slow`."""
    if slow is None:
        return rate
    recovered = max(0.0, since - SLOW_FOR) / EVERY * STEP * rate
    return min(rate, slow + recovered)


def slowed(rate: float, slow: float | None, since: float) -> float | None:
    """The pace to go down to when the provider throttles; None if it was just halved for the same burst."""
    if slow is not None and since < FLIGHT:
        return None
    return max(pace(rate, slow, since) / 2, rate * FLOOR)


def admitted(tier: int, used: int) -> float:
    """OUT-8: how many more people may be written to in this moving day; infinite without a limit."""
    return max(0, int(tier * KEPT) - used) if tier else inf


def ramp(
    people: int, *, tier: int, lag: timedelta, rate: float, open_spans: Iterable[tuple[datetime, datetime]]
) -> RampPlan:
    """OUT-9: when a wave ends that starts at a tier and grows with it.

    A tier gives way to the next `lag` after half of it was used within seven days. `rate` in messages a
    second. The plan goes forward in steps of five minutes, so that is its error.
    """
    past: deque[tuple[datetime, int]] = deque()
    promoted: datetime | None = None
    days = Counter[date]()
    left = people
    for start, end in open_spans:
        at = start
        while at < end and left:
            if promoted is not None and at >= promoted:
                tier, promoted = next_tier(tier), None
            step = min(GRAIN, end - at)
            fits = int(rate * step.total_seconds())
            sent = int(min(left, fits, admitted(tier, used(past, at, DAY))))
            past.append((at, sent))
            days[at.date()] += sent
            left -= sent
            if not left:
                return RampPlan(at + timedelta(seconds=sent / rate), tuple(days.items()))
            if tier and promoted is None and used(past, at, WEEK) >= tier / 2:
                promoted = at + lag
            at += step
    return RampPlan(None, tuple(days.items()))


def next_tier(tier: int) -> int:
    """The limit after this one."""
    return next((larger for larger in TIERS if larger > tier), 0)


def used(past: deque[tuple[datetime, int]], now: datetime, span: timedelta) -> int:
    """People written to in the time before now; what is older than a week is let go."""
    while past and past[0][0] <= now - WEEK:
        past.popleft()
    return sum(n for at, n in past if at > now - span)
