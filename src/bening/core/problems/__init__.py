"""The error catalogue: every problem has a code, a sentence and a remedy in both languages.

One file a room holds its table; codes are stable and never reused. `say` turns a `Problem` into words.
"""

from collections.abc import Mapping

from bening.core.kinds import Place, Problem, Severity
from bening.core.problems import (
    action,
    ballots,
    comparison,
    estimate,
    fieldwork,
    frame,
    method,
    outreach,
    publish,
    quality,
    questionnaire,
    registry,
    sample,
)
from bening.core.problems.entry import Entry as Entry

CATALOGUE: Mapping[str, Entry] = {
    entry.code: entry
    for table in (
        registry,
        frame,
        outreach,
        method,
        questionnaire,
        sample,
        ballots,
        estimate,
        comparison,
        fieldwork,
        quality,
        publish,
        action,
    )
    for entry in table.ENTRIES
}


class Refused(Exception):
    """Raised where a piece of work cannot go on; carries every problem found, not only the first."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(say(problem, "en") for problem in problems))
        self.problems = problems


def refuse(code: str, place: Place | None = None, **words: str | int | float) -> Refused:
    """The exception for one problem; `raise refuse("METHOD-101", field="x")`."""
    return Refused(Problem(code, place or Place(), words))


def severity(problem: Problem) -> Severity:
    """How much this problem stops."""
    return CATALOGUE[problem.code].severity


def where(place: Place, language: str) -> str:
    """The place in words, empty when nothing is known of it."""
    row, column = ("baris", "kolom") if language == "id" else ("row", "column")
    parts = [place.file, place.sheet, f"{row} {place.row}" if place.row else ""]
    parts.append(f"{column} {place.column}" if place.column else "")
    return ", ".join(part for part in parts if part)


def say(problem: Problem, language: str) -> str:
    """One line: code, place, what is wrong, what to do."""
    entry = CATALOGUE[problem.code]
    sentence = (entry.sentence.id if language == "id" else entry.sentence.en).format(**problem.words)
    remedy = (entry.remedy.id if language == "id" else entry.remedy.en).format(**problem.words)
    place = where(problem.place, language)
    return f"{problem.code} {place + ': ' if place else ''}{sentence} {remedy}"
