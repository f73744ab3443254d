"""What follows on a failure: the same channel later, the next one, or a stop of person or sender."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

ORDER = ("whatsapp", "sms", "email", "letter", "visit")
CEILING = {"whatsapp": 4, "sms": 2, "email": 3, "letter": 1, "visit": 2}  # messages a person and round
PAUSING = ("stop_channel", "stop_template", "our_fault")  # the sender is at fault, not the person
TRIES = 3
WAITS = (timedelta(hours=24), timedelta(hours=72))  # of somebody whom the provider shields for a while
APART = timedelta(hours=48)  # between two messages that arrived
REMINDERS = {"reminder_1": 4, "reminder_2": 9, "reminder_3": 16}  # days after the invitation
LAST = "reminder_3"
CLOSING = "closing"
STEPS = ("invite", *REMINDERS, CLOSING)
Past = Sequence[tuple[str, str, bool]]  # step, channel, whether it was delivered, in order


def back_off(tries: int, u: float) -> timedelta:
    """OUT-10: how long to wait after so many tries, 30 s · 2^n up to half an hour, times u in [0.5, 1.5]."""
    return timedelta(seconds=min(30.0 * 2.0**tries, 1800.0) * u)


def again_after(kind: str, attempts: int, u: float) -> timedelta | None:
    """OUT-11: how long to wait before the same channel tries this person again; None = it does not.

    A passing fault is tried three times; somebody whom the provider shields after a day and once more after
    three. An uncounted refusal (too fast) is always tried again.
    """
    if kind == "throttle":
        return back_off(attempts, u)
    if kind == "retry" and attempts < TRIES:
        return back_off(attempts, u)
    if kind == "person_wait" and attempts <= len(WAITS):
        return WAITS[attempts - 1]
    return None


def cascades(kind: str) -> bool:
    """Whether a message that failed so goes on by another channel: not if person or sender stopped it."""
    return kind not in ("opted_out", *PAUSING)


def next_channel(past: Past, step: str, reachable: Collection[str]) -> str | None:
    """OUT-12: the channel that takes over a step; None when all are used up.

    In the order of the cascade, one that reaches this person, was not tried for this step, and has not
    written as often as it may in one round.
    """
    tried = {channel for at, channel, _ in past if at == step}
    counts = Counter(channel for _, channel, _ in past)
    later = ORDER[max((ORDER.index(one) for one in tried), default=-1) + 1 :]
    return next((one for one in later if one in reachable and counts[one] < CEILING[one]), None)


def reminder_channel(past: Past, step: str, reachable: Collection[str]) -> str | None:
    """OUT-13: by which channel somebody is reminded; None = not any more.

    The first comes as the invitation came, the second by another channel where there is one, the last by
    the one that delivered last. Paper and visits are no reminders.
    """
    counts = Counter(channel for _, channel, _ in past)
    open_ = [c for c in ORDER[:3] if c in reachable and counts[c] < CEILING[c]]
    came = [channel for _, channel, delivered in past if delivered and channel in open_]
    if step == "reminder_2":
        before = {channel for at, channel, _ in past if at == "reminder_1"}
        return next((c for c in open_ if c not in before), open_[0] if open_ else None)
    return came[-1] if came else (open_[0] if open_ else None)


def for_everybody(step: str, *, last_to_all: bool) -> bool:
    """Whether a step goes also to those who have answered, so that nobody learns who is missing."""
    return step == CLOSING or (step == LAST and last_to_all)


def far_enough(delivered: datetime | None, now: datetime) -> bool:
    """Whether the last message arrived long enough ago for another."""
    return delivered is None or now - delivered >= APART
