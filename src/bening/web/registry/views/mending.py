"""What a step refused, put beside the field it is about."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.utils.translation import get_language

from bening.core.kinds import Place, Problem
from bening.core.problems import Refused, say


@dataclass(frozen=True, slots=True)
class Told:
    """A problem of a file as a page shows it."""

    code: str
    row: int | None
    column: str
    words: str


def language() -> str:
    """The language of the reader."""
    return "en" if get_language() == "en" else "id"


def words_of(problem: Problem) -> str:
    """What is wrong and what to do, without code and place."""
    return say(Problem(problem.code, Place(), problem.words), language()).partition(" ")[2]


def blame(form: forms.Form, stop: Refused) -> None:
    """Every problem beside its field, or above the form."""
    for problem in stop.problems:
        field = problem.place.column.rpartition(" ")[2]
        form.add_error(field if field in form.fields else None, words_of(problem))


def told(problems: Iterable[Problem]) -> list[Told]:
    """The problems of a file in words."""
    return [Told(p.code, p.place.row, p.place.column, words_of(p)) for p in problems]
