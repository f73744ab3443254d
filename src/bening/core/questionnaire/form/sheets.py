"""A sheet of an XLSForm: rows of text cells under headers, and the problems that headers alone show."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bening.core.kinds import Place, Problem

TRANSLATED = re.compile(r"(label|hint|constraint_message)::.*\((id|en)\)")
OTHER_LANGUAGE = re.compile(r"(label|hint|constraint_message)::")
LANGUAGES = {"id": "Bahasa Indonesia (id)", "en": "English (en)"}
TEXTS = ("label", "hint", "constraint_message")
COLUMNS = {
    "survey": (
        "type", "name", *(f"{text}::{language}" for text in TEXTS for language in LANGUAGES), "required",
        "relevant", "constraint", "calculation", "choice_filter", "indicator", "family", "measure", "score",
    ),
    "choices": ("list_name", "name", "label::id", "label::en", "score"),
    "settings": ("form_title", "form_id", "version", "default_language"),
}  # fmt: skip
NEEDED = {
    "survey": ("type", "name", "label::id", "label::en"),
    "choices": ("list_name", "name", "label::id", "label::en"),
    "settings": ("form_title", "form_id", "version"),
}
# Columns of the standard that ask for something the phone does not do; empty ones do no harm.
UNUSED = re.compile(
    r"appearance|default|parameters|repeat_count|read_?only|trigger|required_message(::.*)?|guidance_hint(::.*)?"
    r"|(media::)?(image|big-image|audio|video)(::.*)?|(body|bind|instance)::.*|autoplay|intent|save_to|media"
)
ATTRIBUTE = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its number as people count it, and its cells that are not empty, by column."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """A cell, empty if nothing stands there."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Columns have short names (`label::id`); `titles` gives them as the author wrote them."""

    name: str
    file: str
    titles: Mapping[str, str]
    rows: tuple[Row, ...]

    def place(self, row: int | None = None, column: str = "") -> Place:
        """A cell of the sheet as a place."""
        title = self.titles.get(column, title_of(column))
        return Place(file=self.file, sheet=self.name, row=row, column=title)


def title_of(column: str) -> str:
    """A column as it is written in a form."""
    text, _, language = column.partition("::")
    return f"{text}::{LANGUAGES[language]}" if language in LANGUAGES else column


def sheet(name: str, lines: Iterable[tuple[int, Sequence[str]]], *, file: str = "") -> Sheet:
    """A sheet from its numbered lines, the first of them the headers."""
    titles: list[str] = []
    rows: list[Row] = []
    for number, cells in lines:
        texts = [cell.strip() for cell in cells]
        if not titles:
            titles = texts
        elif any(texts):
            pairs = zip(map(short, titles), texts, strict=False)
            rows.append(Row(number, {column: text for column, text in pairs if text and column}))
    return Sheet(name, file, {short(title): title for title in titles if title}, tuple(rows))


def short(title: str) -> str:
    """The name of a column: `label::Bahasa Indonesia (id)` is `label::id`."""
    found = TRANSLATED.fullmatch(title)
    return f"{found.group(1)}::{found.group(2)}" if found else title


def header_problems(sheet: Sheet) -> list[Problem]:
    """Columns that are missing or unknown, and columns for what the phone does not do."""
    found = [
        Problem("QUEST-115", sheet.place(1), {"what": f"kolom/column {title_of(column)}"})
        for column in NEEDED[sheet.name]
        if column not in sheet.titles
    ]
    for column in sheet.titles:
        if column in COLUMNS[sheet.name]:
            continue
        if OTHER_LANGUAGE.match(column):
            found.append(unused(sheet, 1, column, f"bahasa/language {column.split('::')[1]}"))
        elif UNUSED.fullmatch(column):
            found += [unused(sheet, row.number, column, column) for row in sheet.rows if row.get(column)]
        elif sheet.name != "choices" or not ATTRIBUTE.fullmatch(column):
            found.append(stranger(sheet, column))
    return found + [problem for row in sheet.rows for problem in names_in_text(sheet, row)]


def unused(sheet: Sheet, row: int, column: str, what: str) -> Problem:
    """A feature of the standard we do not have."""
    return unsupported(
        sheet.place(row, column),
        what,
        "Kosongkan sel atau hapus kolom itu.",
        "Empty the cell or delete the column.",
    )


def unsupported(place: Place, what: str, remedy: str, remedy_en: str) -> Problem:
    """QUEST-113 with its own remedy."""
    return Problem("QUEST-113", place, {"what": what, "remedy": remedy, "remedy_en": remedy_en})


def names_in_text(sheet: Sheet, row: Row) -> list[Problem]:
    """Texts that would show an answer of somebody's: the phone prints what the author wrote."""
    columns = [column for column in row.cells if column.partition("::")[0] in TEXTS]
    return [unused(sheet, row.number, column, "${…}") for column in columns if "${" in row.get(column)]


def stranger(sheet: Sheet, column: str) -> Problem:
    """A column nobody knows; most are slips of the pen, and a slip would drop a rule silently."""
    known = ", ".join(map(title_of, COLUMNS[sheet.name]))
    return Problem("QUEST-114", sheet.place(1, column), {"what": column, "known": known})
