"""What a design will give before anybody is asked: half-widths and what can be shown (SMP-6)."""

import math
from collections.abc import Sequence
from dataclasses import replace

from scipy.stats import binom, t

from bening.core.kinds import Allocation, Expected, Stratum
from bening.core.problems import refuse

DEFF = 1.1  # design effect of weighting adjustments, where the method file gives none
FLOOR, FLOOR_CENSUS, FLOOR_TOTAL = 10, 20, 30  # thresholds of docs/methods/disclosure.md
LEAST_DF = 4  # below this no interval is stated


Part = tuple[float, Sequence[Stratum], Sequence[Allocation]]  # weight of a group in the index, and its plan


def expect(
    strata: Sequence[Stratum], allocations: Sequence[Allocation], *, deff: float = DEFF
) -> tuple[Expected, ...]:
    """SMP-6: each stratum for itself: expected answers, half-width in points, and whether it can be shown.

    A stratum below its floor is withheld, and with it the smallest others until the withheld ones together
    reach the floor: else they follow from the total by subtraction. In the order of `strata`.
    """
    pairs = _pairs(strata, allocations)
    single = [_stratum(stratum, plan, deff) for stratum, plan in pairs]
    hidden = _withheld(single, {plan.code for _, plan in pairs if plan.census})
    return tuple(replace(expected, shown=expected.code not in hidden) for expected in single)


def expect_index(parts: Sequence[Part], *, code: str, deff: float = DEFF) -> Expected:
    """SMP-6: the index of one institution from its groups; one group of weight 1 gives the mean of that
    group.

    Degrees of freedom after Satterthwaite; shown from 30 expected answers with some in every group.
    """
    groups = [(weight, _pairs(strata, allocations)) for weight, strata, allocations in parts]
    terms = [weight**2 * _mean_variance(pairs, deff) for weight, pairs in groups]
    sizes = [sum(_answers(*pair) for pair in pairs) for _, pairs in groups]
    free = [size - len(pairs) for size, (_, pairs) in zip(sizes, groups, strict=True)]
    below = sum(term**2 / df if df > 0 else math.inf for term, df in zip(terms, free, strict=True))
    spread = sum(_answers(*pair) * (1 - pair[0].response) for _, pairs in groups for pair in pairs)
    chance = _normal_chance(sum(sizes), spread, FLOOR_TOTAL)
    found = _expected(
        code, sum(sizes), sum(terms), df=sum(terms) ** 2 / below, chance=chance, floor=FLOOR_TOTAL
    )
    return replace(found, shown=found.shown and min(sizes) >= 1)


def _mean_variance(pairs: Sequence[tuple[Stratum, Allocation]], deff: float) -> float:
    people = sum(stratum.population for stratum, _ in pairs)
    return sum((stratum.population / people) ** 2 * _variance(stratum, plan, deff) for stratum, plan in pairs)


def _stratum(stratum: Stratum, plan: Allocation, deff: float) -> Expected:
    floor = FLOOR_CENSUS if plan.census else FLOOR
    answers = _answers(stratum, plan)
    chance = float(binom.sf(floor - 1, plan.sampled, stratum.response))
    return _expected(
        stratum.code, answers, _variance(stratum, plan, deff), df=answers - 1, chance=chance, floor=floor
    )


def _expected(
    code: str, answers: float, variance: float, *, df: float, chance: float, floor: int
) -> Expected:
    half = float(t.ppf(0.975, df)) * math.sqrt(variance) if df >= LEAST_DF else None
    return Expected(code, answers, math.sqrt(variance), df, half, chance, answers >= floor)


def _variance(stratum: Stratum, plan: Allocation, deff: float) -> float:
    """S²/n, times the design effect, without fpc: what a repetition of the survey would give."""
    return deff * stratum.sd**2 / max(1.0, _answers(stratum, plan))


def _answers(stratum: Stratum, plan: Allocation) -> float:
    return plan.sampled * stratum.response


def _normal_chance(mean: float, variance: float, floor: int) -> float:
    """P(answers ≥ floor) of a sum of binomials, with continuity correction."""
    if variance <= 0:
        return float(mean >= floor)
    return 0.5 * math.erfc((floor - 0.5 - mean) / math.sqrt(2 * variance))


def _withheld(single: Sequence[Expected], census: set[str]) -> set[str]:
    hidden = {e.code for e in single if not e.shown}
    together = sum(e.answers for e in single if not e.shown)
    for e in sorted((e for e in single if e.shown), key=lambda e: (e.answers, e.code)):
        if not hidden or together >= (FLOOR_CENSUS if hidden & census else FLOOR):
            break
        hidden.add(e.code)
        together += e.answers
    return hidden


def _pairs(strata: Sequence[Stratum], allocations: Sequence[Allocation]) -> list[tuple[Stratum, Allocation]]:
    by_code = {plan.code: plan for plan in allocations}
    if not strata or set(by_code) != {stratum.code for stratum in strata}:
        names = sorted(set(by_code) ^ {stratum.code for stratum in strata})
        raise refuse("SAMPLE-111", strata=", ".join(names))
    return [(stratum, by_code[stratum.code]) for stratum in strata]
