"""What is asked and what may be answered."""

from dataclasses import dataclass
from typing import Union

from bening.core.kinds.method import Text

# A compiled expression: a literal, or an operation with its parts (`core.questionnaire.expressions`).
Tree = Union[str, int, bool, tuple["Tree", ...]]  # noqa: UP007  a name of its own cannot stand beside `|`


@dataclass(frozen=True, slots=True)
class Choice:
    """One option. `score` is 0–100 with 100 the good end, or None for 'do not know' and 'rather not say'."""

    code: str
    label: Text
    score: int | None = None
    relevant: Tree | None = None  # offered only if this holds


@dataclass(frozen=True, slots=True)
class Question:
    """One item. Its expressions see earlier answers only; None means always, or nothing to compute."""

    id: str
    kind: str  # select_one | select_multiple | integer | text | note | calculate
    label: Text
    choices: tuple[Choice, ...] = ()
    hint: Text | None = None
    required: bool = True
    relevant: Tree | None = None
    constraint: Tree | None = None  # `.` is the own answer
    message: Text | None = None  # said when the constraint does not hold
    calculation: Tree | None = None  # what a `calculate` computes; never sent, computed again at the tally
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
    format: int = 2  # of the frozen file; 1 kept conditions as text
