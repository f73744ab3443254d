"""What changed between two versions of a list, row by row, by a key that outlives the order of rows."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

Fields = Mapping[str, object]
Keyed = tuple[Hashable, int, Fields]  # key of the row, its number in the file, what is compared


@dataclass(frozen=True, slots=True)
class Changes:
    """Row numbers: `added` and `changed` count in the new version, `removed` in the old one."""

    added: tuple[int, ...]
    removed: tuple[int, ...]
    changed: Mapping[int, tuple[str, ...]]  # row -> names of the fields that differ
    same: int


def compare(old: Iterable[Keyed], new: Iterable[Keyed]) -> Changes:
    """Pairs rows with equal keys in their order; whatever finds no partner was removed or added."""
    before: dict[Hashable, list[tuple[int, Fields]]] = defaultdict(list)
    for key, row, fields in old:
        before[key].append((row, fields))
    added: list[int] = []
    changed: dict[int, tuple[str, ...]] = {}
    same = 0
    for key, row, fields in new:
        if not before[key]:
            added.append(row)
            continue
        _, was = before[key].pop(0)
        differing = tuple(sorted(name for name in was.keys() | fields if was.get(name) != fields.get(name)))
        same += not differing
        if differing:
            changed[row] = differing
    removed = sorted(row for rows in before.values() for row, _ in rows)
    return Changes(tuple(added), tuple(removed), changed, same)
