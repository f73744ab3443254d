"""How a number looks once it may be shown: rounded once, at the end, and never towards certainty.

Results are `Decimal`, so that a page, a chart and a CSV print the same digits; pages set the decimal sign.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from math import isfinite

from bening.core.kinds import Bound, Output
from bening.core.problems import refuse
from bening.core.publish.thresholds import floor

WHOLE, TENTH, HUNDREDTH = Decimal("1"), Decimal("0.1"), Decimal("0.01")
EDGE = 50  # below this many respondents a share near 0 or 100 names no figure
LEAST_SHOWN, MOST_SHOWN = 25, 90  # percent who answered; beyond them only the limit is told
STEPS = (5, 10)  # of that percentage


def exact(x: float) -> Decimal:
    """The shortest decimal that reads back as `x`: what a person sees printed is what gets rounded."""
    if not isfinite(x):
        raise refuse("PUBLISH-102", value=str(x))
    return Decimal(repr(float(x)))


def rounded(x: Decimal, unit: Decimal, mode: str) -> Decimal:
    """`x` in whole `unit`s; a change of −0.04 prints as 0.0, not as −0.0."""
    return x.quantize(unit, mode) + 0


def round_score(x: float) -> Decimal:
    """DSC-2, EST-8: the score that classes are decided on: one rounding, to two decimals, half up."""
    return rounded(exact(x), HUNDREDTH, ROUND_HALF_UP)


def class_of(score: Decimal, bounds: Sequence[Bound]) -> Bound | None:
    """The class of an already rounded score; bounds ascend by their lower end, the first starts at 0."""
    if any(lower.lower >= upper.lower for lower, upper in pairwise(bounds)):
        raise refuse("PUBLISH-103", bounds=", ".join(str(bound.lower) for bound in bounds))
    reached = [bound for bound in bounds if score >= exact(bound.lower)]
    return reached[-1] if reached else next(iter(bounds), None)


def classify(score: float, bounds: Sequence[Bound]) -> Bound | None:
    """EST-8: the class of a computed score, decided on two decimals; None where an edition has no classes."""
    return class_of(round_score(score), bounds)


def show_score(score: float, bounds: Sequence[Bound] = ()) -> Decimal:
    """DSC-2, EST-8: one decimal, or two where one decimal would suggest another class (77.97, not 78.0)."""
    short = rounded(exact(score), TENTH, ROUND_HALF_UP)
    full = round_score(score)
    return short if class_of(short, bounds) == class_of(full, bounds) else full


def round_n(n: int) -> int:
    """DSC-2: respondents to the nearest 5."""
    return 5 * ((n + 2) // 5)


def show_percentage(percentage: float, n: int) -> str:
    """DSC-2: whole percent (`percentage` on 0–100); near 0 or 100 only a limit while `n` is below 50."""
    share = exact(percentage)
    if n < EDGE and share < 5:
        return "< 5"
    if n < EDGE and share > 95:
        return "> 95"
    return str(rounded(share, WHOLE, ROUND_HALF_UP))


def show_participation(answered: int, sampled: int, floors: Mapping[str, int]) -> str | None:
    """DSC-9: percent of a group that answered, in steps of five, as its institution may see it.

    Only "< 25" or "> 90" near the ends; None below the floor of sampled people. In a small group one person
    is five points: where a figure would belong to one count alone the steps are ten, or nothing is shown.
    """
    if sampled < floor(Output.PARTICIPATION, floors):
        return None
    for step in STEPS:
        shown = [_participation(Fraction(100 * n, sampled), step) for n in range(sampled + 1)]
        if min(Counter(shown).values()) > 1:
            return shown[answered]
    return None


def _participation(share: Fraction, step: int) -> str:
    if share < LEAST_SHOWN:
        return f"< {LEAST_SHOWN}"
    if share > MOST_SHOWN:
        return f"> {MOST_SHOWN}"
    return str(step * int(share / step + Fraction(1, 2)))


def round_limits(lower: float, upper: float) -> tuple[Decimal, Decimal]:
    """DSC-2: interval limits outward to one decimal; the printed interval holds the computed one."""
    return rounded(exact(lower), TENTH, ROUND_FLOOR), rounded(exact(upper), TENTH, ROUND_CEILING)


def round_up(width: float) -> Decimal:
    """DSC-2: standard errors, half-widths and one-sided limits up to one decimal."""
    return rounded(exact(width), TENTH, ROUND_CEILING)
