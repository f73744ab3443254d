"""A request that has been read and an answer that is to be written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from bening.emulator.faults import GraphError

JSON_KIND = "application/json; charset=UTF-8"
LINES_KIND = "application/x-ndjson; charset=UTF-8"
HTML_KIND = "text/html; charset=UTF-8"


@dataclass(slots=True)
class Call:
    method: str
    path: str
    query_text: str
    headers: dict[str, str]
    raw: bytes

    @property
    def query(self) -> dict[str, str]:
        return _last(self.query_text)

    @property
    def form(self) -> dict[str, str]:
        return _last(self.raw.decode("utf-8", "replace"))

    def body(self) -> dict[str, Any]:
        if not self.raw.strip():
            return {}
        try:
            value = json.loads(self.raw)
        except ValueError:
            raise GraphError(100, "The body is not JSON.") from None
        if not isinstance(value, dict):
            raise GraphError(100, "The body is not a JSON object.")
        return value

    def number(self, name: str, default: int) -> int:
        text = self.query.get(name, "")
        return int(text) if text.isdecimal() else default


def _last(text: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(text, keep_blank_values=True).items()}


@dataclass(slots=True)
class Answer:
    status: int
    body: bytes = b""
    kind: str = JSON_KIND
    headers: dict[str, str] = field(default_factory=dict)
    lines: Iterable[bytes] | None = None  # streamed instead of the body
    flaw: str = ""  # "hang" or "reset": what the line does instead of answering
    hang_s: float = 0.0


def as_json(value: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value, ensure_ascii=False).encode())


def as_lines(lines: Iterable[bytes]) -> Answer:
    return Answer(200, kind=LINES_KIND, lines=lines)


def problem(status: int, text: str) -> Answer:
    return as_json({"error": text}, status)
