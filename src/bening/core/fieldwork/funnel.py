"""How far the invitations of a group have come, from planned to issued; nobody knows what was read."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

LEAST = 10  # people; of a smaller cell nobody learns how many have answered, the agency neither


@dataclass(frozen=True, slots=True)
class Way:
    """How far one invitation has come; `channel` delivered last, else it was tried last. No reference."""

    label: str
    channel: str
    sent: bool
    delivered: bool
    undeliverable: bool  # every message so far has failed
    refused: bool
    issued: bool


@dataclass(frozen=True, slots=True)
class Funnel:
    """A cell as counts of people; `issued` is None where it would be known of too few."""

    planned: int = 0
    sent: int = 0
    delivered: int = 0
    undeliverable: int = 0
    refused: int = 0
    issued: int | None = 0

    def __add__(self, other: "Funnel") -> "Funnel":
        """Two cells as one; a part that is not known leaves the whole unknown."""
        known = self.issued is not None and other.issued is not None
        return Funnel(
            self.planned + other.planned,
            self.sent + other.sent,
            self.delivered + other.delivered,
            self.undeliverable + other.undeliverable,
            self.refused + other.refused,
            (self.issued or 0) + (other.issued or 0) if known else None,
        )

    @property
    def rate(self) -> float | None:
        """Share of the planned that was issued (0–1)."""
        return self.issued / self.planned if self.planned and self.issued is not None else None


def funnels(ways: Iterable[Way], by: Callable[[Way], str]) -> dict[str, Funnel]:
    """The cells of all invitations by some word of theirs, in the order of the words."""
    found: dict[str, Funnel] = {}
    for way in ways:
        one = Funnel(1, way.sent, way.delivered, way.undeliverable, way.refused, int(way.issued))
        found[by(way)] = found.get(by(way), Funnel()) + one
    return dict(sorted(found.items()))


def gathered(cells: Mapping[str, Funnel], into: Mapping[str, str]) -> dict[str, Funnel]:
    """Cells put together: `into` says where each belongs; those it does not name are left out."""
    found: dict[str, Funnel] = {}
    for name, cell in cells.items():
        if name in into:
            found[into[name]] = found.get(into[name], Funnel()) + cell
    return dict(sorted(found.items()))


def protected(cells: Mapping[str, Funnel]) -> dict[str, Funnel]:
    """The same without `issued` in cells below LEAST, and in the smallest others until the hidden ones
    together reach it: else the missing number follows from the total by subtraction.
    """
    hidden = withheld({name: cell.planned for name, cell in cells.items()})
    return {name: unknown(cell) if name in hidden else cell for name, cell in cells.items()}


def withheld(sizes: Mapping[str, int]) -> Collection[str]:
    """Which cells of one total stay hidden, by the number of people in each."""
    hidden = {name for name, size in sizes.items() if size < LEAST}
    together = sum(sizes[name] for name in hidden)
    for name in sorted(sizes.keys() - hidden, key=lambda name: (sizes[name], name)):
        if not hidden or together >= LEAST:
            break
        hidden.add(name)
        together += sizes[name]
    return hidden


def unknown(cell: Funnel) -> Funnel:
    """A cell whose number issued is kept back."""
    return Funnel(cell.planned, cell.sent, cell.delivered, cell.undeliverable, cell.refused, None)
