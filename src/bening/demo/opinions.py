"""What the simulated people think: the answers each would give, and the true scores nobody else knows.

Everybody has answers, asked or not; the truth of an institution is the mean over its whole frame by the same
definitions as the estimate (EST-4), so that a published interval can be held against it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from bening.core.kinds import Group, Instrument, Method, Question
from bening.core.questionnaire import walk
from bening.demo.people import Person
from bening.demo.places import EXPERTS, Area

SPREAD = {"area": 3.0, "unit": 3.5, "person": 12.0, "item": 16.0}  # standard deviations, points
SILENT = {"dk": 0.04, "na": 0.02}
# Where no answer is better than another. What stands beside scored answers is said this often.
HABITS = {
    "works": {"yes": 0.97, "moved": 0.02, "left": 0.01},
    "tasks": {
        "serve": 0.5, "serve budget": 0.1, "serve buying": 0.05,
        "budget": 0.1, "budget buying": 0.05, "none": 0.2,
    },
    "offered_form": {"money": 0.3, "goods": 0.2, "food": 0.3, "money food": 0.1, "service": 0.1},
    "offered_first": {"giver": 0.7, "broker": 0.1, "custom": 0.2},
    "right": {"yes": 0.95, "broker": 0.02, "never": 0.03},
    "contact": {"none": 0.03, "once": 0.45, "few": 0.37, "many": 0.15},
    "form": {"money": 0.5, "money food": 0.1, "goods": 0.1, "food": 0.2, "service": 0.1},
    "reported": {"yes": 0.05, "no": 0.95},
    "knows": {"work": 0.5, "follow": 0.3, "some": 0.18, "none": 0.02},
    "tie": {"no": 0.85, "past": 0.14, "now": 0.01},
    "info": {"never": 0.4},
    "category": {"pns": 0.7, "pppk": 0.2, "non_asn": 0.1},
    "told": {"no": 0.96, "boss": 0.03, "staff": 0.03, "other": 0.01},
    "watched": {"no": 0.95, "part": 0.04, "all": 0.01},
}  # fmt: skip
# What a person says about themselves is what the list says of them.
LISTED = {
    "role": {"pengguna": "user", "penerima_manfaat": "beneficiary", "penyedia": "vendor", "mitra": "partner"},
    "category": {"PNS": "pns", "PPPK": "pppk", "NON_ASN": "non_asn"},
}
TOLERANCE = 0.5  # share of a dimension's routed items that must be answered (EST-4)

CLOSED = ("select_one", "select_multiple", "integer")
SKIPPED = "QUEST-120"

Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class World:
    """The population with the answers of everybody, aligned."""

    people: list[Person]
    answers: list[Answers]


def opinions(
    areas: Iterable[Area], people: list[Person], instruments: Mapping[str, Instrument], seed: int
) -> World:
    """The answers of everybody, the same for the same seed."""
    rng = np.random.default_rng([seed, 2])
    levels = {area.code: area for area in areas}
    tilt: dict[tuple[str, str, str], float] = defaultdict(lambda: float(rng.normal(0, SPREAD["area"])))
    office: dict[tuple[str, str, str], float] = defaultdict(lambda: float(rng.normal(0, SPREAD["unit"])))
    made = []
    for person in people:
        level = level_of(levels[person.area], person) + office[person.area, person.group, person.unit.code]
        level += float(rng.normal(0, SPREAD["person"]))
        place = "shared" if person.group == "expert" else person.area
        tilts = {
            q.dimension: tilt[place, person.group, q.dimension] for q in instruments[person.group].questions
        }
        made.append(respond(instruments[person.group], level, tilts, rng, facts(person)))
    return World(people, made)


def level_of(area: Area, person: Person) -> float:
    """The level a person's opinions vary around."""
    return {"internal": area.internal, "external": area.external, "expert": EXPERTS}[person.group]


def facts(person: Person) -> Answers:
    """The answers that follow from the list."""
    said = {person.cells.get("jenis", ""), person.cells.get("status", "")}
    return {item: word for item, words in LISTED.items() for key, word in words.items() if key in said}


def respond(
    instrument: Instrument,
    level: float,
    tilts: Mapping[str, float],
    rng: np.random.Generator,
    known: Mapping[str, str],
) -> Answers:
    """A full set of answers along the questionnaire's own routing; `known` are facts, not opinions."""
    asked = [question for question in instrument.questions if question.kind in CLOSED]
    answers = {question.id: choose(question, level + tilts[question.dimension], rng) for question in asked}
    answers |= {item: word for item, word in known.items() if item in answers}
    while wrong := {item for code, item in walk(instrument, answers).faults if code != SKIPPED}:
        answers = {item: answer for item, answer in answers.items() if item not in wrong}
    return answers


def choose(question: Question, level: float, rng: np.random.Generator) -> str:
    """One answer, or a small number: by level where answers are scored, by habit where they are not."""
    if question.kind == "integer":
        return str(rng.integers(1, 6))
    codes = [choice.code for choice in question.choices]
    for code, share in SILENT.items():
        if code in codes and rng.random() < share:
            return code
    scored = [choice for choice in question.choices if choice.score is not None]
    if not scored:
        return by_habit(question.id, [code for code in codes if code not in SILENT], rng)
    beside = {code: share for code, share in HABITS.get(question.id, {}).items() if code in codes}
    if rng.random() < sum(beside.values()):
        return by_habit(question.id, codes, rng)
    scores = np.array([choice.score for choice in scored])
    if len(set(scores.tolist())) == 2:
        good = rng.random() * 100 < level
        fitting = [choice.code for choice in scored if (choice.score == scores.max()) == good]
        return fitting[0] if len(fitting) == 1 or rng.random() < 0.7 else fitting[1]
    wanted = level + rng.normal(0, SPREAD["item"])
    return scored[int(np.argmin(np.abs(scores - wanted)))].code


def by_habit(item: str, codes: list[str], rng: np.random.Generator) -> str:
    """An answer nobody scores; of several ticks where a habit has them."""
    known = HABITS.get(item, {})
    shares = {answer: share for answer, share in known.items() if set(answer.split()) <= set(codes)}
    if not shares:
        shares = {code: 1 / len(codes) for code in codes}
    return str(rng.choice(list(shares), p=np.array(list(shares.values())) / sum(shares.values())))


def truth(world: World, instruments: Mapping[str, Instrument], method: Method) -> dict[str, float]:
    """The true index of every area: group means over the whole population, experts shared."""
    sums: dict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for person, answers in zip(world.people, world.answers, strict=True):
        place = "" if person.group == "expert" else person.area
        for dimension, score in scores(instruments[person.group], answers).items():
            total = sums[place, person.group, dimension]
            total[0] += score
            total[1] += 1
    means = {key: total / count for key, (total, count) in sums.items()}
    areas = sorted({person.area for person in world.people})
    return {area: index(area, means, method) for area in areas}


def scores(instrument: Instrument, answers: Answers) -> dict[str, float]:
    """A person's dimension scores: means of scored answers to at least half of what was asked.

    Everybody answers whatever is asked, if only with "do not know" (`respond`).
    """
    routed: dict[str, list[float | None]] = defaultdict(list)
    for question in instrument.questions:
        value = {choice.code: choice.score for choice in question.choices}
        if question.id in answers and any(score is not None for score in value.values()):
            routed[question.dimension].append(value[answers[question.id]])
    given = {dimension: [v for v in values if v is not None] for dimension, values in routed.items()}
    return {
        dimension: sum(values) / len(values)
        for dimension, values in given.items()
        if values and len(values) >= TOLERANCE * len(routed[dimension])
    }


def index(area: str, means: Mapping[tuple[str, str, str], float], method: Method) -> float:
    """The weighted roll-up of an area."""
    total = 0.0
    for dimension in method.dimensions:
        place = "" if dimension.group == Group.EXPERT else area
        mean = means.get((place, dimension.group.value, dimension.code))
        if mean is not None:
            total += method.groups[dimension.group] * dimension.weight * mean
    return total
