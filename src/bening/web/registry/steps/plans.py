"""What a file would change: pure, so that the preview and the import cannot differ."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bening.core.kinds import Problem
from bening.web.registry.steps.sheets import Cells, Row
from bening.web.registry.steps.tables import Table

Key = tuple[str, ...]
State = Mapping[Key, Cells]


class Difference(NamedTuple):
    """A cell that changes."""

    column: str
    old: str
    new: str


class Entry(NamedTuple):
    """A row beside what is known of it; `changes` is None for a new entry and empty for an unchanged one."""

    row: Row
    key: Key
    changes: tuple[Difference, ...] | None

    @property
    def cells(self) -> Cells:
        """The cells as they will be kept."""
        return self.row.cells


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen: entries in the order of the file, and those the file does not name."""

    entries: tuple[Entry, ...]
    missing: tuple[tuple[Key, str], ...]  # key and name; nothing happens to them

    @property
    def new(self) -> list[Entry]:
        """Entries nobody knew."""
        return [entry for entry in self.entries if entry.changes is None]

    @property
    def changed(self) -> list[Entry]:
        """Entries with a cell that changes."""
        return [entry for entry in self.entries if entry.changes]

    @property
    def same(self) -> int:
        """How many entries stay as they are."""
        return sum(entry.changes == () for entry in self.entries)

    @property
    def digest(self) -> str:
        """SHA-256 of everything that would change: what was agreed to is what is done."""
        words = [[entry.key, entry.cells, entry.changes] for entry in (*self.new, *self.changed)]
        return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()


def planned(rows: Sequence[Row], *, table: Table, known: State, there: Iterable[Key]) -> Plan:
    """Every row beside what is known; `there` are the keys a complete file would name."""
    entries = []
    for row in rows:
        key = key_of(row.cells, table)
        old = known.get(key)
        changes = None if old is None else differences(old, row.cells)
        entries.append(Entry(row, key, changes))
    named = {entry.key for entry in entries}
    missing = tuple((key, known[key]["name"]) for key in there if key not in named)
    return Plan(tuple(entries), missing)


def differences(old: Cells, new: Cells) -> tuple[Difference, ...]:
    """The cells that differ."""
    return tuple(Difference(name, old[name], new[name]) for name in old if old[name] != new[name])


def key_of(cells: Cells, table: Table) -> Key:
    """What tells this entry from others."""
    return tuple(cells[column] for column in table.key)


def doubled(rows: Sequence[Row], *, table: Table, name: str) -> list[Problem]:
    """Rows whose key stands above already (REGISTRY-110)."""
    first: dict[Key, int] = {}
    found = []
    for row in rows:
        key = key_of(row.cells, table)
        if (other := first.setdefault(key, row.number)) != row.number:
            words: dict[str, str | int | float] = {"code": " / ".join(filter(None, key)), "other": other}
            found.append(Problem("REGISTRY-110", row.place(name, table.key[-1]), words))
    return found


def circles(rows: Sequence[Row], *, parents: Mapping[Key, str], table: Table, name: str) -> list[Problem]:
    """Units that would be their own ancestors (REGISTRY-111); `parents` adds what the file does not name."""
    upward = {**parents, **{key_of(row.cells, table): row.cells["parent"] for row in rows}}
    found = []
    for row in rows:
        if circle := circle_of(key_of(row.cells, table), upward):
            words = {"circle": " → ".join(circle)}
            found.append(Problem("REGISTRY-111", row.place(name, "parent"), words))
    return found


def circle_of(start: Key, upward: Mapping[Key, str]) -> list[str]:
    """The way from a unit back to itself, empty if there is none."""
    institution, code = start
    way, seen = [code], {code}
    while parent := upward.get((institution, way[-1]), ""):
        way.append(parent)
        if parent == code:
            return way
        if parent in seen:  # a circle further up: it is told of the units in it
            return []
        seen.add(parent)
    return []
