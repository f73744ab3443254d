"""What one request wants to see, and the pieces every page is filled from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from html import escape as esc
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlencode

from bening.emulator.labels import words
from bening.emulator.world import World

HERE = Path(__file__).parent
WIB = timezone(timedelta(hours=7), "WIB")
MONTHS = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


@dataclass(frozen=True, slots=True)
class View:
    """What one request wants to see."""

    world: World
    lang: str
    search: str = ""
    page: int = 0
    number: str = ""
    message: int = 0
    tab: str = "whatsapp"
    parcel: int = 0

    @property
    def path(self) -> str:
        """This page without its query."""
        if self.tab != "whatsapp":
            return f"/{self.tab}/{self.parcel}" if self.parcel else f"/{self.tab}"
        return f"/phones/{self.number}" if self.number else "/"

    @property
    def words(self) -> dict[str, str]:
        return words(self.lang)

    def moment(self, at: float) -> str:
        local = datetime.fromtimestamp(at, UTC).astimezone(WIB)
        return f"{local.day} {MONTHS[self.lang][local.month - 1]} {local:%H.%M} WIB"

    def link(self, path: str, **query: Any) -> str:
        given = {"lang": self.lang} | query
        return esc(
            f"{path}?{urlencode({name: value for name, value in given.items() if value not in ('', 0)})}"
        )


def plus(number: str) -> str:
    """Digits in groups, as people read them: +62 812 0300 4410."""
    groups = [number[:2], number[2:5], *(number[place : place + 4] for place in range(5, len(number), 4))]
    return "+" + " ".join(group for group in groups if group)


@cache
def _template(name: str) -> Template:
    return Template((HERE / "pages" / f"{name}.html").read_text(encoding="utf-8"))


def fill(name: str, view: View, **parts: str) -> str:
    return _template(name).substitute(view.words | {"lang": view.lang} | parts)
