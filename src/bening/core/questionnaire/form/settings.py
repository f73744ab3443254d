"""The settings sheet: what the questionnaire is called, whom it asks, which version it is."""

import re
from dataclasses import dataclass

from bening.core.kinds import Group, Problem, Text
from bening.core.questionnaire.form.sheets import Row, Sheet
from bening.core.questionnaire.meaning import NAME

BETWEEN = re.compile(r"\s+[/|]\s+")  # a title holds both languages: "Survei pegawai / Staff survey"
VERSION = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings sheet as the compiler needs it."""

    name: str
    group: str
    version: int
    title: Text


def read_settings(sheet: Sheet) -> tuple[Settings, list[Problem]]:
    """The settings, and what is wrong with them."""
    row = sheet.rows[0] if sheet.rows else Row(2, {})
    name, version = row.get("form_id"), row.get("version")
    group = re.split(r"[-_]", name)[0]
    titles = BETWEEN.split(row.get("form_title"))
    found = [
        Problem("QUEST-115", sheet.place(row.number, column), {"what": column})
        for column in ("form_title", "form_id", "version")
        if not row.get(column)
    ]
    if name and not NAME.fullmatch(name):
        found.append(Problem("QUEST-102", sheet.place(row.number, "form_id"), {"item": name}))
    elif name and group not in tuple(Group):
        found.append(unknown(sheet, row, "form_id", "internal, external, expert, internal-…"))
    if version and not VERSION.fullmatch(version):
        found.append(unknown(sheet, row, "version", "1, 2, 3 …"))
    if row.get("default_language") and "(id)" not in row.get("default_language"):
        found.append(unknown(sheet, row, "default_language", "Bahasa Indonesia (id)"))
    if titles[0] and len(titles) != 2:
        place = sheet.place(row.number, "form_title")
        found.append(Problem("QUEST-105", place, {"where": 'form_title ("… / …")'}))
    number = int(version) if VERSION.fullmatch(version) else 0
    return Settings(name, group, number, Text(titles[0], titles[-1])), found


def unknown(sheet: Sheet, row: Row, column: str, known: str) -> Problem:
    """QUEST-107 in the settings."""
    words = {"item": sheet.name, "field": column, "word": row.get(column), "known": known}
    return Problem("QUEST-107", sheet.place(row.number, column), words)
