"""Where the marks of a chart stand: coordinates as strings, so no page language changes their decimal sign.

Positions along a scale are percentages: a chart fits any width without a script, its text keeps its size.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale of scores, shared by all charts of a release so that they can be compared by eye."""

    low: float = 0.0
    high: float = 100.0

    def at(self, value: float) -> str:
        """The place of a value, clipped to the scale."""
        return share((min(max(value, self.low), self.high) - self.low) / (self.high - self.low))

    def span(self, start: float, end: float) -> tuple[str, str]:
        """Start and width of a stretch."""
        first, last = (min(max(value, self.low), self.high) for value in (start, end))
        return self.at(first), share((last - first) / (self.high - self.low))

    @property
    def ticks(self) -> list[int]:
        """Every ten points, the ends included."""
        return list(range(round(self.low), round(self.high) + 1, 10))

    @property
    def broken(self) -> bool:
        """Whether the scale leaves out zero; the chart then shows a break."""
        return self.low > 0


def share(part: float) -> str:
    """A share of the width: `0.5` is "50.00%"."""
    return f"{100 * part:.2f}%"


def axis_for(values: Sequence[float]) -> Axis:
    """A scale in whole tens that holds all values with a margin of two points."""
    if not values:
        return Axis()
    low = 10 * int((min(values) - 2) // 10)
    high = 10 * -int(-(max(values) + 2) // 10)
    return Axis(float(max(0, min(low, 60))), float(min(100, max(high, 90))))


def class_bands(classes: Sequence[Mapping[str, Any]], axis: Axis, language: str) -> list[dict[str, Any]]:
    """The stretches of the classes; neighbours put their names on different sides so that narrow ones fit."""
    bands = []
    for number, each in enumerate(classes):
        start, width = axis.span(each["lower"], each["upper"])
        middle = axis.at((max(each["lower"], axis.low) + min(each["upper"], axis.high)) / 2)
        first, last = number == 0, number == len(classes) - 1
        bands.append(
            {
                "x": start,
                "width": width,
                "mark": each["mark"],
                "name": each["name"][language],
                "bound": None if first else each["lower"],
                "above": number % 2 == 1,
                "label_x": "0%" if first else "100%" if last else middle,
                "anchor": "start" if first else "end" if last else "middle",
            }
        )
    return bands


def interval(cell: Mapping[str, Any], axis: Axis) -> dict[str, Any]:
    """The dot and the stretch of one number."""
    drawn: dict[str, Any] = {"x": axis.at(cell["value"])}
    if cell["lower"] is not None:
        drawn["from"], drawn["to"] = axis.at(cell["lower"]), axis.at(cell["upper"])
    return drawn


def rank_bar(lower: int, upper: int, size: int) -> dict[str, Any]:
    """A row of places, best on the left; the compatible ones are filled."""
    places = [
        {
            "x": share((place - 1) / size),
            "label_x": share((place - 0.5) / size),
            "place": place,
            "inside": lower <= place <= upper,
        }
        for place in range(1, size + 1)
    ]
    return {"places": places, "width": share(1 / size), "labelled": [lower, upper]}


def diverging(points: Sequence[float]) -> list[dict[str, str]]:
    """Bars left (below the mean) and right (above it) of a middle line, on one scale for all of them."""
    reach = max((abs(point) for point in points), default=0.0) or 1.0
    return [
        {
            "x": share(0.5 + min(0.0, point) / reach / 2),
            "width": share(abs(point) / reach / 2),
            "side": "below" if point < 0 else "above",
        }
        for point in points
    ]
