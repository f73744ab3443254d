"""What will become of a message: decided once, at acceptance, from its own dice."""

from __future__ import annotations

from dataclasses import dataclass, field

from bening.emulator.chaos import Chance, Knobs
from bening.emulator.people import NOBODY, Person
from bening.emulator.store import LOST, PENDING, WAITING

# The last four digits of a number make one thing happen for certain, unless the knob is off.
MAGIC_FAILURES = {"0026": 131026, "0049": 131049}
MAGIC_REFUSALS = {"0056": 131056, "0429": 130429}
MAGIC_REPLIES = {"0408": "hang", "0500": "reset", "0200": "nonjson"}
OPTS_OUT, BAD_GATEWAY, TOKEN_EXPIRES = "0050", "0502", "0404"


@dataclass(frozen=True, slots=True)
class Step:
    """One status the provider will report: when it happens, and when the report leaves."""

    name: str
    at: float
    due: float
    state: int = PENDING
    code: int | None = None


@dataclass(slots=True)
class Fate:
    status: str = "delivered"
    code: int | None = None
    arrives: float | None = None
    steps: list[Step] = field(default_factory=list)


def suffix(number: str, knobs: Knobs) -> str:
    return number[-4:] if knobs.magic_numbers else ""


def failure(number: str, knobs: Knobs, line: Chance, *, blocked: bool) -> int | None:
    """Why this number cannot be reached, if it cannot. `line` is keyed by the number, not by the message."""
    if blocked or line.happens("unreachable", knobs.p_unreachable):
        return 131026
    return MAGIC_FAILURES.get(suffix(number, knobs))


def fate_of(
    chance: Chance, knobs: Knobs, start: float, *, code: int | None, off: bool, person: Person = NOBODY
) -> Fate:
    reached = _reached(chance, knobs, start, off=off, person=person)
    fate = _failed(chance, knobs, start, code) if code else reached
    fate.steps = [late for step in fate.steps for late in disturbed(step, chance, knobs)]
    return fate


def _failed(chance: Chance, knobs: Knobs, start: float, code: int | None) -> Fate:
    failed_at = start + chance.delay("failed", knobs.delay_delivered)
    fate = Fate("failed", code, None, [Step("failed", failed_at, failed_at, code=code)])
    if code == 131026 and chance.happens("revived", knobs.p_delivered_after_failed):
        arrives = failed_at + chance.delay("delivered", knobs.delay_delivered)
        fate.status, fate.arrives = "delivered", arrives
        fate.steps.append(Step("delivered", arrives, arrives))
    return fate


def _reached(chance: Chance, knobs: Knobs, start: float, *, off: bool, person: Person) -> Fate:
    sent = start + chance.delay("sent", knobs.delay_sent)
    arrives = sent + chance.delay("delivered", knobs.delay_delivered)
    read = person.awake(arrives + chance.delay("read", knobs.delay_read))
    state = WAITING if off else PENDING
    reads = person.read_receipts and chance.happens("reads", knobs.p_read)
    steps = [Step("sent", sent, sent)]
    if not (reads and chance.happens("skips", knobs.p_skip_delivered_before_read)):
        steps.append(Step("delivered", arrives, arrives, state))
    if reads:
        steps.append(Step("read", read, read, state))
    return Fate("waiting" if off else "delivered", None, None if off else arrives, steps)


def disturbed(step: Step, chance: Chance, knobs: Knobs) -> list[Step]:
    """Loss, duplicates, a report that overtakes another, a clock that is wrong."""
    skew = (2 * chance.uniform("skew") - 1) * knobs.clock_skew_s if knobs.clock_skew_s else 0.0
    due = step.due
    if chance.happens(f"reorder {step.name}", knobs.p_reorder):
        due += chance.uniform(f"late {step.name}") * knobs.reorder_window_s
    lost = chance.happens(f"loss {step.name}", knobs.p_loss)
    state = LOST if lost and step.state == PENDING else step.state
    at = round(step.at + skew, 3)
    out = [Step(step.name, at, round(due, 3), state, step.code)]
    if chance.happens(f"twice {step.name}", knobs.p_duplicate):
        again = due + chance.uniform(f"again {step.name}") * knobs.reorder_window_s
        out.append(Step(step.name, at, round(again, 3), state, step.code))
    return out
