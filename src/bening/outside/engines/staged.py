"""Parquet for engines that read nothing else: a CSV is copied in batches, without the rows it cannot use."""

from bening.core.estimate import read_answers
from bening.core.kinds import Coded
from bening.core.problems import refuse
from bening.outside import parquet, sheets
from bening.outside.engines.task import Task


def files(task: Task) -> str:
    """Where the answers lie as Parquet: the file itself, or the copies of a CSV as words (a pattern)."""
    if sheets.is_parquet(task.answers):
        return str(task.answers.resolve())
    for sheet in sheets.batches(task.answers, task.names, numbers=task.numbers):
        copy(task, sheet)
    if not any(task.scratch.iterdir()):
        raise refuse("ESTIMATE-101", what=task.answers.name)
    return str(task.scratch / "*.parquet")


def copy(task: Task, sheet: sheets.Sheet) -> None:
    """The rows of a batch that can be used, as a Parquet file; the others are reported."""
    _, problems = read_answers(
        task.method, sheet.columns, task.frame, file=task.answers.name, first_row=sheet.first_row
    )
    found, good = sheets.usable(sheet, problems)
    task.rejected(found)
    words = {
        name: Coded(column.codes[good], column.names)
        for name, column in sheet.columns.items()
        if isinstance(column, Coded)
    }
    parquet.write_words(task.scratch / f"{sheet.first_row:012}.parquet", words)
