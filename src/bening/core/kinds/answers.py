"""What is asked and what may be answered."""

from dataclasses import dataclass

from bening.core.kinds.method import Text


@dataclass(frozen=True, slots=True)
class Choice:
    """One option. `score` is 0–100 with 100 the good end, or None for 'do not know' and 'rather not say'."""

    code: str
    label: Text
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One item. `relevant` is an expression over earlier answers; an empty one means always."""

    id: str
    kind: str  # select_one | text | note
    label: Text
    choices: tuple[Choice, ...] = ()
    hint: Text | None = None
    required: bool = True
    relevant: str = ""
    indicator: str = ""
    dimension: str = ""  # empty for items of measure process and profile
    family: str = ""  # risk | prevention; empty as above
    measure: str = ""
    block: str = ""  # neighbours of one block share a screen
    longest: int = 0  # bytes of a text answer inside its quotes in canonical JSON


@dataclass(frozen=True, slots=True)
class Instrument:
    """A frozen questionnaire: never changes once used; its digest stands in the manifest."""

    name: str
    version: int
    group: str
    title: Text
    minutes: int
    questions: tuple[Question, ...]
