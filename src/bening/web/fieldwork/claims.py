"""What respondents are promised here, in plain words: the promise that was earned, its limits, every threat.

One file holds the words (`texts/promise.toml`); docs/scenarios.md says the same rows for engineers, and a
test compares the two.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from bening.core.kinds import Claim

FILE = Path(__file__).parent / "texts" / "promise.toml"


@dataclass(frozen=True, slots=True)
class Line:
    """What one threat comes to: `holds`, `detected` or `broken`, and the tests that show it."""

    verdict: str
    words: str
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Threat:
    """One who might try something, or one accident, with everything it comes to."""

    n: int  # as in docs/scenarios.md; 0 for accidents
    who: str
    lines: tuple[Line, ...]


@cache
def texts() -> dict[str, Any]:
    """The file as it stands."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def promise(own: Claim, language: str, words: Mapping[str, str]) -> list[str]:
    """The sentences of a claim, `until` filled in."""
    said = texts()["promise"]
    return [said[name][language].format_map(dict(words)) for name in texts()["earned"][own]]


def split(own: Claim, language: str) -> str:
    """Which split is configured, for the foot of every public page; a split that is not proven says so."""
    name = settings.DEPLOYMENT
    if name == "split" and own is not Claim.FULL:
        name = "unproven"
    return str(texts()["split"].get(name, texts()["split"]["demo"])[language])


def limits(language: str) -> list[str]:
    """What the promise does not cover."""
    return [one[language] for one in texts()["limit"]]


def threats(language: str) -> list[Threat]:
    """Everybody who might try something."""
    return [threat(one, language) for one in texts()["row"]]


def accidents(language: str) -> list[Threat]:
    """What may go wrong without anybody wanting it."""
    return [threat(one, language) for one in texts()["accident"]]


def threat(one: Mapping[str, Any], language: str) -> Threat:
    """One row of the file."""
    lines = tuple(Line(line["verdict"], line[language], tuple(line["tests"])) for line in one["line"])
    return Threat(one.get("n", 0), one["who"][language], lines)
