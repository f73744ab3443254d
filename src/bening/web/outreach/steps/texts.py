"""The texts of outreach: one versioned file in both languages, filled with the words of a round."""

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from bening.web.outreach import claims
from bening.web.registry.models import Round

FILE = Path(__file__).parents[1] / "materials" / "texts.toml"
PRINTS = ("poster", "letter", "script", "group", "group_teachers", "group_health")
EDITIONS = {"general": "", "teachers": "guru", "health": "kesehatan"}  # with their word in addresses
Words = Mapping[str, str]


@cache
def texts() -> dict[str, Any]:
    """The file as it stands."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def digest() -> str:
    """SHA-256 of the file: what exactly was handed out (hex)."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()


def version() -> str:
    """The version of all texts, printed on everything that is handed out."""
    return str(texts()["version"])


def words(round: Round, language: str, **more: str) -> dict[str, str]:
    """What the texts leave open: the round's words, its dates in a language, the house's addresses."""
    with translation.override(language):
        short = "j F" if round.opens.year == round.closes.year else "j F Y"
        opens, closes = date_format(round.opens, short), date_format(round.closes, "j F Y")
    hall = settings.ORIGIN_HALL
    return {
        "agency": round.agency,
        "agency_short": round.agency_short,
        "survey": round.survey,
        "year": round.edition,
        "opens": opens,
        "closes": closes,
        "sender": round.sender,
        "hotline": round.hotline,
        "check": typed(f"{settings.ORIGIN_CHECK}/cek"),
        "hall": hall,
        "info": typed(information()),
        "info_teachers": typed(information("teachers")),
        "info_health": typed(information("health")),
        **more,
    }


def information(edition: str = "general") -> str:
    """The address of the page for everybody."""
    return "/".join(filter(None, (settings.ORIGIN_HALL, "bahan", EDITIONS[edition])))


def typed(address: str) -> str:
    """An address as people type it."""
    return address.split("://", 1)[-1]


def say(part: Any, language: str, filled: Words) -> Any:
    """A part of the file in one language, its open words filled in; lists and tables stay what they are."""
    if isinstance(part, str):
        return part.format_map(dict(filled)) if "{" in part else part
    if isinstance(part, list):
        return [say(each, language, filled) for each in part]
    if isinstance(part, dict):
        if set(part) >= {"id", "en"} and not set(part) - {"id", "en"}:
            return say(part[language], language, filled)
        return {key: say(each, language, filled) for key, each in part.items()}
    return part


def material(name: str, language: str, filled: Words) -> Any:
    """One print or letter, ready to be shown."""
    return say(texts()[name], language, filled)


def plain(name: str, language: str, filled: Words) -> str:
    """A print as plain text, with its version at the end."""
    made = material(name, language, filled)
    lines = [made.get("headline") or made.get("subject") or made["name"]]
    lines += [made["intro"]] if "intro" in made else []
    lines += [made["to"]] if "to" in made else []
    lines += made.get("body", [])
    points = made.get("points", [])
    lines += [f"- {one}" if isinstance(one, str) else f"{one['head']}. {one['text']}" for one in points]
    lines += [made["close"]] if "close" in made else []
    return "\n\n".join([*lines, f"[{version()} · {digest()[:12]}]"]) + "\n"


def protection(language: str, filled: Words) -> list[str]:
    """How answers are protected: the words that this deployment has earned, in a demo none."""
    return list(say(texts()["protection"][claims.claim()], language, filled))
