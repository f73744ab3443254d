"""The days on which nobody is written to: a file that comes with the house, and the agency's own."""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from bening.core.kinds import Calendar

FILE = Path(__file__).parents[1] / "days.toml"


def calendar() -> Calendar:
    """Days off and the fasting month of every year that is known; the agency's file goes first."""
    own = settings.FIELDWORK_FILE
    return made(own.read_text(encoding="utf-8") if own.exists() else "")


@cache
def made(own: str) -> Calendar:
    """The calendar of the house's file and the text of the agency's."""
    years: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))["days"]
    years |= tomllib.loads(own).get("days", {})
    off = {date.fromisoformat(day) for year in years.values() for day in year["off"]}
    return Calendar(frozenset(off), frozenset(day for year in years.values() for day in fasting(year)))


def fasting(year: dict[str, Any]) -> list[date]:
    """Every day from the first to the last of a year's fasting month."""
    if not year.get("fasting"):
        return []
    first, last = (date.fromisoformat(day) for day in year["fasting"])
    return [first + timedelta(n) for n in range((last - first).days + 1)]
