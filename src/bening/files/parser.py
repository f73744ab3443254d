"""The child process that parses a workbook: `python -m bening.files.parser < workbook > lines`.

It limits itself before it reads, holds no secret, opens no file and is thrown away afterwards. Each line it
writes is a JSON list: sheet number, sheet name, row, cells. The first sheet comes last, so that a reader has
the submission sheet in hand when the rows come.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

MEMORY_BYTES = 2 << 30
CPU_SECONDS = 25
LAST_ROW = 1_000_000
LAST_COLUMN = 60
UNREADABLE, TOO_FAR = 3, 4  # exit codes
SURE = 10**15  # beyond it a number cell has lost digits


def limit() -> None:
    """Memory, time and files of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def cell(value: Any) -> str:
    """A cell as people would read it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "Y" if value else "T"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < SURE else repr(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def lines(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet with something in them, counted from 1; cells from column A."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [cell(value) for value in row]
        if any(cells):
            yield number, left + cells


def main() -> int:
    """Parse the workbook on standard input."""
    limit()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        names = book.sheet_names
        for index in reversed(range(len(names))):
            sheet = book.get_sheet_by_index(index)
            if sheet.end and (sheet.end[0] >= LAST_ROW or sheet.end[1] >= LAST_COLUMN):
                return TOO_FAR
            for number, cells in lines(sheet):
                sys.stdout.write(json.dumps([index, names[index], number, cells]) + "\n")
    except CalamineError:
        return UNREADABLE
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
