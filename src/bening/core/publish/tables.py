"""From computed numbers to numbers that may stand on a page: one cell, one table, rounded once.

Pages, CSV and JSON read what is made here and round nothing themselves, so they cannot disagree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TypedDict

from scipy.stats import norm

from bening.core.kinds import Bound, Group, Method
from bening.core.publish.rounding import (
    class_of,
    classify,
    round_limits,
    round_n,
    round_score,
    round_up,
    show_score,
)

STEPS = (58.0, 64.0, 70.0, 76.0, 82.0, 88.0)  # cut points of the colour scale, the same in every release
BAND_FLOOR, VALUE_FLOOR = 10, 15  # SAE-2: respondents of a unit for a band, for a value
SURE = 0.8  # SAE-2: chance from which a band is named


@dataclass(frozen=True, slots=True)
class Figure:
    """One computed number before rounding. Scores and margins in index points; `n` respondents behind it."""

    institution: str
    level: str  # index | group | dimension
    group: str
    dimension: str
    unit: str  # empty: the whole institution
    value: float | None
    se: float | None
    lower: float | None
    upper: float | None
    n: int
    flags: tuple[str, ...] = ()
    rank_lower: int | None = None
    rank_upper: int | None = None
    p_top3: float | None = None

    @property
    def row(self) -> str:
        """The table row that is shown or withheld as a whole (DSC-3)."""
        return row_id(self.institution, self.unit, self.group)


class Cell(TypedDict):
    """A number as it is shown. `shown` false: nothing of it stands anywhere, and no page says which rule."""

    shown: bool
    value: float | None
    se: float | None
    lower: float | None
    upper: float | None
    n_band: int | None
    band: str  # units with few answers: low | high | same, instead of a value
    step: int | None  # colour 1 (low) to 7
    flags: list[str]


class Contribution(TypedDict):
    """RSK-1: what one dimension adds to the distance from the comparison mean, in index points."""

    group: str
    dimension: str
    points: float
    value: float
    mean: float


def row_id(institution: str, unit: str, group: str) -> str:
    """The id of one row of unit × group, as the disclosure pattern and the ledger know it."""
    return "/".join((institution, unit or "all", group or "index"))


def withheld() -> Cell:
    """The cell of a number that is not shown."""
    return Cell(
        shown=False, value=None, se=None, lower=None, upper=None, n_band=None, band="", step=None, flags=[]
    )


def colour_step(value: float) -> int:
    """Which of the seven colours; cut points are fixed so that a colour means the same every year."""
    return 1 + sum(value >= cut for cut in STEPS)


def show(figure: Figure, *, least: int, bounds: Sequence[Bound] = ()) -> Cell:
    """DSC-2: the figure rounded for readers; withheld below `least` respondents or without value."""
    if figure.value is None or not isfinite(figure.value) or figure.n < least:
        return withheld()
    value = float(show_score(figure.value, bounds))
    lower, upper = (None, None)
    if figure.lower is not None and figure.upper is not None:
        lower, upper = (float(limit) for limit in round_limits(figure.lower, figure.upper))
    return Cell(
        shown=True,
        value=value,
        se=None if figure.se is None else float(round_up(figure.se)),
        lower=lower,
        upper=upper,
        n_band=round_n(figure.n),
        band="",
        step=colour_step(value),
        flags=sorted(figure.flags),
    )


def show_unit(figure: Figure, *, average: float | None, least: int) -> Cell:
    """SAE-2: a unit's value from 15 answers, only a band from 10, nothing of its own below; never an se.

    The band says on which side of the institution's `average` the unit lies, if that is at least 80 % sure.
    """
    cell = show(figure, least=max(least, BAND_FLOOR))
    if not cell["shown"]:
        return cell
    cell["se"] = None
    if figure.n < VALUE_FLOOR:
        return cell | {
            "value": None,
            "lower": None,
            "upper": None,
            "step": None,
            "band": band(figure, average),
        }
    return cell


def band(figure: Figure, average: float | None) -> str:
    """`low`, `high` or `same` beside the average of the institution."""
    if figure.value is None or average is None or not figure.se:
        return "same"
    chance = float(norm.cdf((figure.value - average) / figure.se))
    return "high" if chance >= SURE else "low" if chance <= 1 - SURE else "same"


def classes(figure: Figure, bounds: Sequence[Bound]) -> tuple[str, list[str]]:
    """EST-8: the class of the value, and the other classes its interval touches, best first."""
    if figure.value is None or not bounds:
        return "", []
    own = classify(figure.value, bounds)
    if own is None or figure.lower is None or figure.upper is None:
        return own.code if own else "", []
    low, high = class_of(round_score(figure.lower), bounds), class_of(round_score(figure.upper), bounds)
    codes = [bound.code for bound in bounds]
    touched = codes[codes.index(low.code) : codes.index(high.code) + 1] if low and high else []
    return own.code, [code for code in reversed(touched) if code != own.code]


def contributions(
    own: Mapping[tuple[str, str], float], mean: Mapping[tuple[str, str], float], method: Method
) -> list[Contribution]:
    """RSK-1: `a_group · w_dimension · (score − mean)` where both are known, worst first."""
    found = [
        Contribution(
            group=d.group.value,
            dimension=d.code,
            points=float(show_score(weight(method, d.group, d.weight) * (own[key] - mean[key]))),
            value=float(show_score(own[key])),
            mean=float(show_score(mean[key])),
        )
        for d in method.dimensions
        if (key := (d.group.value, d.code)) in own and key in mean
    ]
    return sorted(found, key=lambda part: (part["points"], part["group"], part["dimension"]))


def weight(method: Method, group: Group, share: float) -> float:
    """The weight of a dimension in the index."""
    return method.groups.get(group, 0.0) * share
