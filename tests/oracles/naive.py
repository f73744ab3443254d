"""The estimators once more, literally: loops and fractions, one respondent after the other (EST-1 to EST-5).

Nothing here is fast and nothing is shared with the shipped twin; Hypothesis compares the two.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass
class Person:
    """One respondent: where from, final weight (None: N/r), and for each dimension the scores of its items.

    A score is a Fraction, "missing" or "not asked".
    """

    institution: str
    group: str
    stratum: str
    psu: str
    unit: str
    weight: Fraction | None
    scores: dict = field(default_factory=dict)


def dimension_score(scores):
    """Mean of the answered items where at least half of those asked were answered (EST-4); else None."""
    asked = [score for score in scores if score != "not asked"]
    answered = [score for score in asked if score != "missing"]
    if not answered or 2 * len(answered) < len(asked):
        return None
    return sum(answered, Fraction(0)) / len(answered)


def base_weight(person, everybody, population, psus, psu_population):
    """N/r of the stratum, or the product of both stages (WGT-1)."""
    if person.weight is not None:
        return person.weight
    mates = [p for p in everybody if p.stratum == person.stratum]
    if not psus:
        return Fraction(population[person.stratum], len(mates))
    inside = [p for p in mates if p.psu == person.psu]
    drawn = len({p.psu for p in mates})
    first = Fraction(psus[person.stratum], drawn)
    return first * Fraction(psu_population[person.stratum, person.psu], len(inside))


def group_estimate(everybody, member, shares, population, psus, psu_population, *, reweight):
    """Value, variance with and without fpc, df and n of a group and its dimensions, for the people `member`
    picks.

    `everybody` is one institution and group; `shares` is dimension → weight. Returns dimension → numbers, the
    group itself under None; None in place of a value that does not exist.
    """
    weight = [base_weight(p, everybody, population, psus, psu_population) for p in everybody]
    scores = {d: [dimension_score(p.scores[d]) if member(p) else None for p in everybody] for d in shares}
    total = {d: sum(w for w, s in zip(weight, scores[d], strict=True) if s is not None) for d in shares}
    there = [d for d in shares if total[d] > 0]
    present = sum(shares[d] for d in there)
    z = {}
    found = {}
    for d in there:
        pairs = list(zip(weight, scores[d], strict=True))
        m = sum(w * s for w, s in pairs if s is not None) / total[d]
        z[d] = [Fraction(0) if s is None else w * (s - m) / total[d] for w, s in pairs]
        counted = [s is not None for s in scores[d]]
        found[d] = (m, *variance(everybody, z[d], counted, population, psus, psu_population), sum(counted))
    complete = all(d in there for d in shares if shares[d] > 0)
    if there and (complete or reweight):
        share = {d: shares[d] / present if reweight else shares[d] for d in there}
        whole = [sum(share[d] * z[d][k] for d in there) for k in range(len(everybody))]
        counted = [any(scores[d][k] is not None for d in shares) for k in range(len(everybody))]
        value = sum(share[d] * found[d][0] for d in there)
        numbers = variance(everybody, whole, counted, population, psus, psu_population)
        found[None] = (value, *numbers, sum(counted))
    return found


def variance(everybody, z, counted, population, psus, psu_population):
    """EST-2, EST-3 and EST-10 (adjust): variance with fpc, without, and degrees of freedom (EST-9)."""
    strata = defaultdict(lambda: defaultdict(list))
    for k, person in enumerate(everybody):
        strata[person.stratum][person.psu if psus else k].append(k)
    first_stage = [sum(z[k] for k in rows) for units in strata.values() for rows in units.values()]
    middle = sum(first_stage) / len(first_stage)
    with_fpc = without = Fraction(0)
    design_df = inside_df = 0
    for label, units in strata.items():
        n, size = len(units), psus[label] if psus else population[label]
        sums = [sum(z[k] for k in rows) for rows in units.values()]
        if n == 1:
            between = (sums[0] - middle) ** 2
        else:
            between = Fraction(n, n - 1) * sum((s - sum(sums) / n) ** 2 for s in sums)
        without += between
        with_fpc += (1 - Fraction(n, size)) * between
        if psus:
            for psu, rows in units.items():
                m, people = len(rows), psu_population[label, psu]
                if m > 1:
                    mean = sum(z[k] for k in rows) / m
                    second = Fraction(m, m - 1) * sum((z[k] - mean) ** 2 for k in rows)
                    with_fpc += Fraction(n, size) * (1 - Fraction(m, people)) * second
        design_df += n - 1
        answering = sum(any(counted[k] for k in rows) for rows in units.values())
        inside_df += answering - (answering > 0)
    return with_fpc, without, min(design_df, inside_df)


def satterthwaite(parts):
    """Degrees of freedom of Σ a² V from (a² V, df) of each group (EST-5)."""
    total = sum(v for v, _ in parts)
    return total**2 / sum(v**2 / df for v, df in parts)


def weighted_mean(y, w):
    """EST-1."""
    return sum(a * b for a, b in zip(w, y, strict=True)) / sum(w)
