"""The default engine: the whole file in memory, NumPy and nothing else."""

from bening.core.estimate import index, read_answers
from bening.core.kinds import Answers, Estimates
from bening.outside import sheets
from bening.outside.engines.task import Task


def estimate(task: Task) -> Estimates:
    """The estimates of a round."""
    return of(task, answers(task))


def of(task: Task, made: Answers) -> Estimates:
    """The estimates of answers that have been read."""
    return index(task.method, made, task.frame, kinds=task.kinds)


def answers(task: Task) -> Answers:
    """The rows of the file that can be used; the others are reported."""
    sheet = sheets.whole(task.answers, task.names, numbers=task.numbers)
    made, problems = read_answers(
        task.method, sheet.columns, task.frame, file=task.answers.name, first_row=sheet.first_row
    )
    task.rejected(sheets.usable(sheet, problems)[0])
    return made
