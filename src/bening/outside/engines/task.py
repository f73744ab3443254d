"""What every engine is given, and how rows it cannot use get their names."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bening.core.estimate import read_answers
from bening.core.kinds import Frame, Method, Problem
from bening.outside import sheets


@dataclass(frozen=True, slots=True)
class Task:
    """A file of answers, the frame it stands for and the method that says what to make of it."""

    method: Method
    answers: Path
    frame: Frame
    kinds: Mapping[str, str]  # type of each institution
    engine: str  # numpy | duckdb | ibis:URL
    scratch: Path  # an empty folder
    rejected: Callable[[Iterable[Problem]], None]  # told of every row that cannot be used

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that matter."""
        return (*sheets.KEYS, "weight", *dict.fromkeys(item.id for item in self.method.items))

    @property
    def numbers(self) -> tuple[str, ...]:
        """Those that hold numbers."""
        return ("weight", *(item.id for item in self.method.items if item.scale == "score"))


def name_rejected(task: Task) -> None:
    """Walk through the file and name the rows that an engine could only count."""
    for sheet in sheets.batches(task.answers, task.names, numbers=task.numbers):
        _, problems = read_answers(
            task.method, sheet.columns, task.frame, file=task.answers.name, first_row=sheet.first_row
        )
        task.rejected(sheets.usable(sheet, problems)[0])
