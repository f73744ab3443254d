"""What a simulated person does once a message has arrived: tap, answer, block, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from bening.emulator.chaos import Chance
from bening.emulator.people import Person
from bening.emulator.phones import Answer
from bening.emulator.wording import Shown
from bening.emulator.world import World
from bening.emulator.writer import Job

# Which quick reply somebody presses is read from its words, as people do.
MEANT = {"suspicious": ("ragu", "doubt"), "wrong_person": ("bukan", "not for", "not_me")}
OTHERWISE = {"suspicious": "Ini penipuan?", "wrong_person": "Salah orang", "opts_out": "BERHENTI"}
BLOCK, CHANGE = "block", "change"


@dataclass(frozen=True, slots=True)
class Arrival:
    ordinal: int
    wamid: str
    number: str
    shown: Shown


def react(world: World, person: Person, chance: Chance, arrival: Arrival, *, at: float, job: Job) -> None:
    """Put into the job what follows from a message that reaches its phone at `at`."""
    first = not world.people.met[arrival.number]
    world.people.met[arrival.number] += 1
    when = person.awake(at + chance.delay("tap", world.chaos.knobs.delay_tap))
    behaviour = person.behaviour
    if behaviour == "prompt" or (behaviour == "needs_reminder" and not first):
        job.insert("tap", (arrival.ordinal, round(when, 3)))
    elif behaviour == "blocks_us" and first:
        world.acts.plan(job, arrival.number, BLOCK, when)
    elif behaviour in OTHERWISE and first:
        world.phones.write(arrival.number, answer(behaviour, arrival), round(when, 3), job)
    if person.changes_after is not None:
        world.acts.plan(job, arrival.number, CHANGE, at + person.changes_after)


def answer(behaviour: str, arrival: Arrival) -> Answer:
    """The quick reply that says it, or else a text."""
    for button in arrival.shown.buttons:
        words = f"{button['text']} {button.get('payload', '')}".lower()
        fits = any(word in words for word in MEANT.get(behaviour, ()))
        if button["type"] == "quick_reply" and fits:
            return Answer(button["text"], button["payload"], arrival.ordinal, arrival.wamid)
    return Answer(OTHERWISE[behaviour], ordinal=arrival.ordinal)
