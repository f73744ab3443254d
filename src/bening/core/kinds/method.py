"""An index definition as data: who may be asked, what is measured, how it rolls up, how it is classed.

`bening.methods` reads these from TOML; a number that differs between editions never stands in Python.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Group(StrEnum):
    """The respondent groups; three are sampled, visitors come by themselves and are never pooled."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    EXPERT = "expert"
    VISITOR = "visitor"


class Family(StrEnum):
    """What an indicator maps: how widespread a risk is, or what is being done against it."""

    RISK = "risk"
    PREVENTION = "prevention"


class Operator(StrEnum):
    """The closed list of what a rule of eligibility can ask."""

    MONTHS_GE = "months_ge"  # at least so many full months before the reference date
    WITHIN_MONTHS = "within_months"  # in the last so many months, both ends included
    IS_TRUE = "is_true"
    IS_FALSE = "is_false"
    IN = "in"
    NOT_IN = "not_in"
    NOT_ALL = "not_all"  # false only when all its parts are true


class Measure(StrEnum):
    """What an item asks. Results of different measures are never pooled in one number or chart."""

    PERCEPTION = "perception"
    WITNESSED_EVER = "witnessed_ever"
    WITNESSED_12M = "witnessed_12m"
    EXPERIENCE_12M = "experience_12m"
    BRIBE_CONTACT_12M = "bribe_contact_12m"
    BRIBE_16_5_1 = "bribe_16_5_1"
    BRIBE_16_5_2 = "bribe_16_5_2"
    PROCESS = "process"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages of the interface."""

    id: str
    en: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of eligibility. `of` holds the parts of `not_all`; `when` limits the rule to matching rows."""

    id: str
    op: str  # an Operator
    field: str = ""  # a Fact
    value: int | tuple[int | str, ...] | None = None
    of: tuple["Rule", ...] = ()
    when: Mapping[str, str] | None = None
    certainty: str = ""
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """One element of the index in one group, with its weight inside the group (from the profile)."""

    code: str
    group: Group
    name: Text
    weight: float


@dataclass(frozen=True, slots=True)
class Indicator:
    """What an item stands for: a dimension, a family, one measure."""

    code: str
    group: Group
    dimension: str
    family: Family
    measure: Measure
    name: Text


@dataclass(frozen=True, slots=True)
class Item:
    """One scored question of one group: what each answer code is worth, 0–100 with 100 the good end.

    `scores` runs over the codes in the order of the questionnaire; None marks "do not know" and "rather not
    say". With `scale` "score" the column holds the number 0–100 itself and `scores` stays empty.
    """

    id: str
    group: Group
    dimension: str  # empty: reported, but no part of the index
    indicator: str = ""
    scale: str = "codes"  # codes | score
    scores: tuple[tuple[str, float | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """The lower bound of a class; classes compare the score rounded once to two decimals."""

    code: str
    lower: float
    name: Text
    mark: str  # red, yellow or green: never shown without word and shape


@dataclass(frozen=True, slots=True)
class Method:
    """An edition with a profile of weights: everything the arithmetic needs to know about one index.

    `config` holds the tuning values marked [cfg] in docs/methods, frozen with the manifest.
    """

    id: str  # "spi-2025:illustrative-20-70-10"
    edition: str
    profile: str
    label: Text  # travels with every number shown or exported
    official: bool
    groups: Mapping[Group, float]  # weight of each group in the index; sums to 1
    dimensions: tuple[Dimension, ...]  # weights sum to 1 inside each group
    indicators: tuple[Indicator, ...]
    eligibility: Mapping[Group, tuple[Rule, ...]]
    reference: str  # which date tenure is counted to
    bounds: tuple[Bound, ...]  # ascending by lower; empty where an edition has no classes
    missing: str  # withhold | reweight
    correction: str  # none | points
    corrections: Mapping[str, float]  # component -> cap in points
    floors: Mapping[str, int]  # publication thresholds
    config: Mapping[str, float]
    digest: str  # SHA-256 of edition and profile files, hex
    group_names: Mapping[Group, Text] = field(default_factory=dict)
    kinds: Mapping[Group, Mapping[str, Text]] = field(default_factory=dict)  # staff statuses, other kinds
    statuses: Mapping[str, Text] = field(default_factory=dict)  # PublicationStatus in words
    fieldwork_start: date | None = None  # of the official survey; a round sets its own
    items: tuple[Item, ...] = ()  # the scored questions; none where only the roll-up is known
