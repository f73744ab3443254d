"""The text of a template: its parts, its variables, and what a phone shows once they are filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Button:
    kind: str
    text: str
    url: str = ""

    @property
    def variables(self) -> int:
        return len(VARIABLE.findall(self.url))


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of a template's text. Messages point at the version they were sent with."""

    id: int
    header: str
    body: str
    footer: str
    buttons: tuple[Button, ...]
    header_variables: int
    body_variables: int


@dataclass(frozen=True, slots=True)
class Filling:
    """What a send request supplies for the variables."""

    header: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    buttons: tuple[tuple[int, str], ...] = ()  # button number and its suffix or payload


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the phone."""

    header: str
    body: str
    footer: str
    buttons: tuple[dict[str, Any], ...]

    @property
    def link(self) -> str:
        return next((button["url"] for button in self.buttons if button["type"] == "url"), "")


def part(components: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next((item for item in components if str(item.get("type", "")).upper() == kind), {})


def parse(version: int, components: list[dict[str, Any]]) -> Wording:
    header = str(part(components, "HEADER").get("text", ""))
    body = str(part(components, "BODY").get("text", ""))
    buttons = tuple(
        Button(str(item.get("type", "")).upper(), str(item.get("text", "")), str(item.get("url", "")))
        for item in part(components, "BUTTONS").get("buttons", [])
    )
    return Wording(
        version,
        header,
        body,
        str(part(components, "FOOTER").get("text", "")),
        buttons,
        len(set(VARIABLE.findall(header))),
        len(set(VARIABLE.findall(body))),
    )


def fill(text: str, values: tuple[str, ...]) -> str:
    """Replace {{1}}, {{2}}, … ; a value that itself looks like a variable stays as it is."""

    def value(match: re.Match[str]) -> str:
        place = int(match[1]) if match[1].isdigit() else 0
        return values[place - 1] if 1 <= place <= len(values) else match[0]

    return VARIABLE.sub(value, text)


def show(wording: Wording, filling: Filling) -> Shown:
    supplied = dict(filling.buttons)
    buttons: list[dict[str, Any]] = []
    for index, button in enumerate(wording.buttons):
        if button.kind == "URL":
            # One variable at most, and only at the end.
            url = VARIABLE.sub("", button.url) + (supplied.get(index, "") if button.variables else "")
            buttons.append({"index": index, "type": "url", "text": button.text, "url": url})
        elif button.kind == "QUICK_REPLY":
            payload = supplied.get(index, button.text)
            buttons.append({"index": index, "type": "quick_reply", "text": button.text, "payload": payload})
        else:
            buttons.append({"index": index, "type": button.kind.lower(), "text": button.text})
    return Shown(
        fill(wording.header, filling.header), fill(wording.body, filling.body), wording.footer, tuple(buttons)
    )
