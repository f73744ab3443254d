"""Small strata are counted only inside a greater group (`merge_small`, before any answer is written)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bening.core.kinds import Entry
from bening.core.response.entries import MERGED, steps_up


@dataclass(frozen=True, slots=True)
class Merged:
    """Which strata are published under which label, and which under none."""

    labels: Mapping[str, tuple[str, ...]]  # label -> its strata, in byte order
    withheld: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    strata: tuple[str, ...]
    counted: int
    least: int

    @property
    def stands(self) -> bool:
        return self.counted >= self.least


def merge_small(
    entries: Iterable[Entry], counted: Mapping[str, int], *, least: int, least_census: int
) -> Merged:
    """Every stratum under its own label if it has enough answers, else moved up the tree until it has.

    A group that falls short takes in its small siblings as `<parent>/merged`, then those of the next parent;
    its threshold is the greatest of its members'. What falls short at the top is withheld. The result depends
    on the counts alone.
    """
    labels: dict[str, tuple[str, ...]] = {}
    waiting: dict[str, list[_Group]] = {}
    entries = sorted(entries, key=lambda entry: entry.stratum)
    for entry in entries:
        bar = least_census if entry.census else least
        group = _Group((entry.stratum,), counted.get(entry.stratum, 0), bar)
        if group.stands:
            labels[entry.stratum] = group.strata
        else:
            waiting.setdefault(entry.merge[0], []).append(group)
    parents = {name: parent for entry in entries for name, parent in steps_up(entry.merge)}
    withheld: tuple[str, ...] = ()
    for label in upward(parents):
        if label not in waiting:
            continue
        group = _pooled(waiting.pop(label))
        if group.stands:
            labels[label + MERGED] = group.strata
        elif parents[label]:
            waiting.setdefault(parents[label], []).append(group)
        else:
            withheld = tuple(sorted((*withheld, *group.strata)))
    return Merged(labels, withheld)


def upward(parents: Mapping[str, str]) -> list[str]:
    """The labels with every child before its parent: by length of the longest way down, then byte order."""
    height = dict.fromkeys(parents, 0)
    for label in parents:
        step, above = 1, parents[label]
        while above:
            height[above] = max(height[above], step)
            step, above = step + 1, parents[above]
    return sorted(parents, key=lambda label: (height[label], label))


def _pooled(groups: Iterable[_Group]) -> _Group:
    groups = list(groups)
    strata = sorted(stratum for group in groups for stratum in group.strata)
    return _Group(tuple(strata), sum(group.counted for group in groups), max(group.least for group in groups))
