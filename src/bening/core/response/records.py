"""An opened ballot: read, and checked so strictly that no record can carry a mark for a buyer."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bening.core.canonical import parse
from bening.core.kinds import Entry, Record
from bening.core.problems import refuse

CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{16}")
MODES = ("phone", "tablet")

# (instrument, answers, texts) -> nothing, or the kind of what is wrong with them in one word
Twin = Callable[[str, Mapping[str, str], tuple[tuple[str, str], ...]], str]


def parse_record(closed: bytes, text: bytes, *, entry: Entry, weeks: int, items: int) -> Record:
    """The record of two unpadded parts, or `Refused` (BALLOT-101, 120).

    `weeks` and `items` are the greatest `w` and `g` the round and the questionnaire allow.
    """
    raw = parse(closed)
    expect(
        "closed", isinstance(raw, dict) and raw.keys() == {"a", "c", "p", *(["about"] if entry.about else [])}
    )
    expect("a", _plain_texts(raw["a"]))
    expect("c", isinstance(raw["c"], str) and CODE.fullmatch(raw["c"]))
    paradata = raw["p"]
    expect("p", isinstance(paradata, dict) and paradata.keys() == {"d", "g", "m", "w"})
    expect("d", _whole(paradata["d"], 1, 4))
    expect("g", _whole(paradata["g"], 0, items))
    expect("m", paradata["m"] in MODES)
    expect("w", _whole(paradata["w"], 1, weeks))
    expect("about", not entry.about or raw["about"] in entry.about)
    return Record(entry.stratum, raw["a"], paradata, raw["c"], _texts(parse(text)), raw.get("about"))


def expect(field: str, right: object) -> None:
    """Refuse a field of a record (BALLOT-120)."""
    if not right:
        raise refuse("BALLOT-120", field=field)


def _whole(value: object, least: int, most: int) -> bool:
    # `type is`, because JSON's true must not pass for 1
    return type(value) is int and least <= value <= most


def _plain_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(inner, str) for inner in value.values())


def _texts(raw: Any) -> tuple[tuple[str, str], ...]:
    expect("text", isinstance(raw, list) and all(_pair(part) for part in raw))
    items = [item for item, _ in raw]
    expect("text", items == sorted(set(items)))
    return tuple((item, text) for item, text in raw)


def _pair(part: object) -> bool:
    return isinstance(part, list) and len(part) == 2 and all(isinstance(word, str) and word for word in part)
