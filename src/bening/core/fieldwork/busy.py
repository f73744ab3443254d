"""Which units answered within few hours: a sign that somebody gathered people before their phones."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

SPAN = 2  # hours


@dataclass(frozen=True, slots=True)
class Rush:
    """The busiest hours of a stratum: `used` of its `known` rights were used in `SPAN` hours from `hour`."""

    label: str
    day: str  # 2026-01-20
    hour: int
    used: int
    known: int  # rights in all hours that were kept; hours with fewer than ten people never were

    @property
    def percent(self) -> int:
        """Share of the known rights, in whole per cent."""
        return round(100 * self.used / self.known)


def rushes(cells: Iterable[tuple[str, str, int]]) -> list[Rush]:
    """The busiest hours of every stratum, the greatest share first.

    `cells`: label, slot (`2026-01-20T14`) and number of rights used in it, at most one a label and slot.
    """
    strata: defaultdict[str, dict[tuple[str, int], int]] = defaultdict(dict)
    for label, slot, used in cells:
        day, _, hour = slot.partition("T")
        strata[label][day, int(hour)] = used
    found = [_busiest(label, hours) for label, hours in strata.items()]
    return sorted(found, key=lambda rush: (-rush.used / rush.known, rush.label))


def _busiest(label: str, hours: dict[tuple[str, int], int]) -> Rush:
    sums = {(day, hour): sum(hours.get((day, hour + step), 0) for step in range(SPAN)) for day, hour in hours}
    day, hour = min(sums, key=lambda slot: (-sums[slot], slot))
    return Rush(label, day, hour, sums[day, hour], sum(hours.values()))
