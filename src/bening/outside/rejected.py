"""Rows that could not be used: counted, shown, and written with file, row and reason."""

import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from bening.core.kinds import Problem
from bening.core.problems import say

SHOWN = 20  # on the screen; the file has all of them
HEAD = ("file", "row", "column", "code", "reason", "alasan")


class Rejected:
    """The list of rejected rows; `rows` counts each once, however much is wrong with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self.problems = 0

    def __enter__(self) -> "Rejected":
        self.file = self.path.open("w", encoding="utf-8", newline="")
        self.writer = csv.writer(self.file, lineterminator="\n")
        self.writer.writerow(HEAD)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, bad: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.close()
        if self.problems > SHOWN:
            print(f"… and {self.problems - SHOWN} more in {self.path.name}", file=sys.stderr)

    def __call__(self, problems: Iterable[Problem]) -> None:
        """Take down what is wrong with some rows."""
        rows = set()
        for one in problems:
            where = one.place
            bare = Problem(one.code, words=one.words)
            reasons = [say(bare, language).removeprefix(f"{one.code} ") for language in ("en", "id")]
            self.writer.writerow([where.file, where.row, where.column, one.code, *reasons])
            rows.add((where.file, where.row))
            self.problems += 1
            if self.problems <= SHOWN:
                print(say(one, "en"), file=sys.stderr)
        self.rows += len(rows)
