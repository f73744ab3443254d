"""The people behind the phones: made up from the seed, or read from a file."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bening.emulator.chaos import Chance, Chaos, Knobs

HOUR, DAY = 3600.0, 86_400.0
ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}
BEHAVIOURS = (
    "prompt", "needs_reminder", "ignores", "suspicious", "wrong_person", "blocks_us", "opts_out",
)  # fmt: skip
COLUMNS = (
    "number", "on_whatsapp", "has_username", "read_receipts", "timezone", "sleep_hours",
    "marketing_inbox_full", "changes_number_at", "behaviour",
)  # fmt: skip
SLEEP = re.compile(r"(\d{1,2})-(\d{1,2})")
TRUTH = {"": None, "1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
MOVES_WITHIN = 20 * DAY


@dataclass(frozen=True, slots=True)
class Person:
    """Without a behaviour nobody decides here: a browser or a program holds the phone."""

    on_whatsapp: bool = True
    has_username: bool = False
    read_receipts: bool = True
    timezone: str = "WIB"
    sleep: tuple[int, int] = (0, 0)  # hours of the local day; equal: never asleep
    marketing_inbox_full: bool = False
    changes_number_at: float | None = None
    changes_after: float | None = None  # seconds after the first message
    behaviour: str = ""

    def awake(self, at: float) -> float:
        """This moment, or the end of the sleep it falls into."""
        start, end = self.sleep
        length = (end - start) % 24 * HOUR
        into = (at + (ZONES[self.timezone] - start) * HOUR) % DAY
        return at if into >= length else at - into + length


NOBODY = Person()


class People:
    """`source`: "none", "generated", or a CSV file with the columns of `Person`."""

    def __init__(self, source: str, chaos: Chaos, *, seed: int) -> None:
        self._chaos, self._seed = chaos, seed
        self.generated = source == "generated"
        self.listed = {} if source in ("none", "generated") else read(Path(source))
        self.met: Counter[str] = Counter()  # messages that somebody has got so far

    @property
    def exist(self) -> bool:
        return self.generated or bool(self.listed)

    def of(self, number: str) -> Person:
        if number in self.listed:
            return self.listed[number]
        return made_up(Chance(self._seed, "person", number), self._chaos.knobs) if self.generated else NOBODY


def made_up(dice: Chance, knobs: Knobs) -> Person:
    """Somebody who is always the same person under the same seed and shares."""
    bed = dice.between("bed", 20, 23)
    moves = dice.happens("moves", knobs.p_changes_number)
    return Person(
        has_username=dice.happens("username", knobs.p_username),
        read_receipts=not dice.happens("receipts", knobs.p_no_receipts),
        timezone=_drawn(dice.uniform("zone"), (("WITA", 0.15), ("WIT", 0.05)), "WIB"),
        sleep=(bed, dice.between("up", 4, 6)) if dice.happens("sleeps", knobs.p_sleeps) else (0, 0),
        marketing_inbox_full=dice.happens("inbox", knobs.p_inbox_full),
        changes_after=round(dice.uniform("when") * MOVES_WITHIN, 3) if moves else None,
        behaviour=_drawn(
            dice.uniform("behaviour"),
            tuple((word, getattr(knobs, f"p_{word}")) for word in BEHAVIOURS[1:]),
            BEHAVIOURS[0],
        ),
    )


def _drawn(place: float, shares: tuple[tuple[str, float], ...], rest: str) -> str:
    for word, share in shares:
        if place < share:
            return word
        place -= share
    return rest


def read(path: Path) -> dict[str, Person]:
    """The people of a file; a value that cannot be meant is refused with its line."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        unknown = set(rows.fieldnames or ()) - set(COLUMNS)
        if unknown or "number" not in (rows.fieldnames or ()):
            raise ValueError(f"{path}: columns are {', '.join(COLUMNS)}; number is needed")
        people = {}
        for row in rows:
            try:
                people[row["number"].strip()] = _person({name: text or "" for name, text in row.items()})
            except (ValueError, KeyError) as error:
                raise ValueError(f"{path}, line {rows.line_num}: {error}") from None
    return people


def _person(row: dict[str, str]) -> Person:
    words: dict[str, Any] = {}
    for name in ("on_whatsapp", "has_username", "read_receipts", "marketing_inbox_full"):
        said = TRUTH[row.get(name, "").strip().lower()]
        if said is not None:
            words[name] = said
    zone, behaviour = row.get("timezone") or "WIB", row.get("behaviour") or BEHAVIOURS[0]
    if zone not in ZONES or behaviour not in BEHAVIOURS:
        raise ValueError(f"timezone: {', '.join(ZONES)}; behaviour: {', '.join(BEHAVIOURS)}")
    if row.get("sleep_hours"):
        hours = SLEEP.fullmatch(row["sleep_hours"].strip())
        if hours is None or max(int(hours[1]), int(hours[2])) > 23:
            raise ValueError("sleep_hours: for example 22-5")
        words["sleep"] = (int(hours[1]), int(hours[2]))
    if row.get("changes_number_at"):
        words["changes_number_at"] = float(row["changes_number_at"])
    return Person(**words, timezone=zone, behaviour=behaviour)
