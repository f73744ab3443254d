"""The second opinion: pyxform reads the same rows, and ODK Validate its result where Java is there.

Our own compiler has refused everything we do not support by then, with its cell; what these two still find is
told in their words, with the row they name.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pyxform
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from bening.core.kinds import Place, Problem
from bening.core.questionnaire import Row, Sheet

OURS = ("indicator", "family", "measure", "score")
WHERE = re.compile(
    r"\[row : (\d+)\]\s*(?:On the '(\w+)' sheet,\s*)?(?:the '([^']+)' value is invalid\.\s*)?", re.IGNORECASE
)
KNOWN = (
    (re.compile(r"duplicate.*name|must be unique|names? .*invalid", re.IGNORECASE), "QUEST-102"),
    (
        re.compile(r"not in choices|choices? .*(?:duplicate|missing)", re.IGNORECASE),
        "QUEST-106",
    ),
    (re.compile(r"unmatched '?(?:begin|end)", re.IGNORECASE), "QUEST-116"),
)
JAR = Path(pyxform.__file__).parent / "validators/odk_validate/bin/ODK_Validate.jar"
SECONDS, MEMORY = 30, "256m"
QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
FAILED = re.compile("error|exception", re.IGNORECASE)


def standard_problems(sheets: Mapping[str, Sheet]) -> list[Problem]:
    """What pyxform refuses, as problems of ours with sheet and row."""
    try:
        convert(as_rows(sheets))
    except PyXFormError as error:
        return [told(str(error), sheets)]
    return []


def as_rows(sheets: Mapping[str, Sheet]) -> dict[str, list[dict[str, str]]]:
    """The sheets as pyxform takes them: rows by header, ours left out."""
    return {
        name: [{page.titles[c]: text for c, text in row.cells.items() if c not in OURS} for row in page.rows]
        for name, page in sheets.items()
    }


def told(message: str, sheets: Mapping[str, Sheet]) -> Problem:
    """A message of pyxform as a problem: its code where we have one, else in its own words."""
    found = WHERE.search(message)
    row, name, column = found.groups() if found else (None, None, None)
    page = sheets.get(name or "survey") or next(iter(sheets.values()))
    place = Place(page.file, page.name, number(page, int(row)) if row else None, column or "")
    words = message.replace(found.group(), "") if found else message
    short = " ".join(words.split())[:300]
    for pattern, code in KNOWN:
        if pattern.search(short):
            item = cells(page, place.row).get("name") or page.name
            return Problem(code, place, {"item": item, "word": cells(page, place.row).get("type") or short})
    return Problem("QUEST-119", place, {"message": short})


def number(page: Sheet, counted: int) -> int:
    """The row an author knows: pyxform counts the rows it was given, from 2, and was given no blank ones."""
    place = counted - 2
    return page.rows[place].number if 0 <= place < len(page.rows) else counted


def cells(page: Sheet, row: int | None) -> Row:
    """A row by its number."""
    return next((each for each in page.rows if each.number == row), Row(0, {}))


def validate(sheets: Mapping[str, Sheet]) -> list[Problem] | None:
    """What ODK Validate says about the form, in bounded memory and time; None where there is no Java."""
    java = shutil.which("java")
    if java is None:
        return None
    page = sheets["survey"]
    with tempfile.TemporaryDirectory() as folder:
        form = Path(folder) / "form.xml"
        form.write_text(convert(as_rows(sheets)).xform)
        words = [java, f"-Xmx{MEMORY}", *QUICK, "-jar", str(JAR), str(form)]
        try:
            # Our own jar and our own file; nothing of the author stands in the command.
            done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
        except subprocess.TimeoutExpired:
            return [Problem("QUEST-119", Place(page.file), {"message": f"ODK Validate: > {SECONDS} s"})]
    if done.returncode == 0:
        return []
    lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    said = next(filter(FAILED.search, lines), (lines or ["?"])[0])
    return [Problem("QUEST-119", Place(page.file), {"message": f"ODK Validate: {said[:300]}"})]
