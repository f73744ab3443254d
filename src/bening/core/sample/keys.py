"""Which strata may have a signing key of their own, and what the others are merged into (SMP-4).

A ballot carries the key of its stratum, so a key shared by a handful of people would name them.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from bening.core.kinds import Stratum
from bening.core.problems import refuse
from bening.core.sample.allocate import attainable
from bening.core.sample.size import invitations

SAMPLED = 30  # people who hold a right under one key
EXPECTED = 15  # of whom this many are expected to answer
CENSUS = 60  # the least population that may be asked whole


def token_keys(strata: Sequence[Stratum]) -> tuple[Stratum, ...]:
    """SMP-4: the strata that get a key: each ≥ 30 sampled, ≥ 15 expected answers, no census below 60.

    Strata that cannot reach this are pooled with the others of the same parent that cannot, under
    `<parent>/other`; a pool that still cannot takes in its smallest sibling, and goes to the next parent when
    it has none. Floors of answers are raised to what the key needs, so `allocate` keeps the promise. Refuses
    when even the last parent is too small. The order of rows does not matter; sorted by code.
    """
    standing = [key_floor(stratum) for stratum in strata if stands(stratum)]
    weak = [stratum for stratum in strata if not stands(stratum)]
    while weak:
        depth = max(len(stratum.merge) for stratum in weak)
        if depth == 0:
            raise refuse("SAMPLE-108", stratum=weak[0].code, population=weak[0].population, sampled=SAMPLED)
        parent = min(stratum.merge[0] for stratum in weak if len(stratum.merge) == depth)
        pool = [stratum for stratum in weak if stratum.merge[:1] == (parent,)]
        weak = [stratum for stratum in weak if stratum not in pool]
        standing, merged = _absorb(standing, pool, parent)
        if stands(merged):
            standing = [*standing, key_floor(merged)]
        else:
            weak = [*weak, replace(merged, merge=merged.merge[1:])]  # one level up
    return tuple(sorted(standing, key=lambda stratum: stratum.code))


def stands(stratum: Stratum) -> bool:
    """Whether a stratum can fill a key of its own without asking a small list whole."""
    if attainable(stratum) < EXPECTED or stratum.population < SAMPLED:
        return False
    return stratum.population >= CENSUS or _least_sample(stratum) < stratum.population


def key_floor(stratum: Stratum) -> Stratum:
    """The stratum with its floor of answers raised to what a key needs."""
    floor = max(stratum.answers, EXPECTED, math.ceil(SAMPLED * stratum.response - 1e-9))
    return replace(stratum, answers=floor)


def _least_sample(stratum: Stratum) -> int:
    floor = key_floor(stratum)
    if floor.answers >= attainable(floor):
        return floor.population
    return max(SAMPLED, invitations(floor.answers, floor.population, response=floor.response))


def _absorb(standing: list[Stratum], pool: list[Stratum], parent: str) -> tuple[list[Stratum], Stratum]:
    """Pool strata of one parent, taking in the smallest standing siblings until the pool stands."""
    merged = _pool(pool, parent)
    siblings = sorted(
        (stratum for stratum in standing if stratum.merge[:1] == (parent,)),
        key=lambda stratum: (stratum.population, stratum.code),
    )
    while siblings and not stands(merged):
        taken = siblings.pop(0)
        standing = [stratum for stratum in standing if stratum is not taken]
        pool = [*pool, taken]
        merged = _pool(pool, parent)
    return standing, merged


def _pool(strata: Sequence[Stratum], parent: str) -> Stratum:
    """One stratum for several: people add up, the rate is weighted by people, the spread is their pooled one.

    The floor is that of one part: merged, the parts are one group to show, not several.
    """
    people = sum(stratum.population for stratum in strata)
    response = sum(stratum.population * stratum.response for stratum in strata) / people
    spread = math.sqrt(sum(stratum.population * stratum.sd**2 for stratum in strata) / people)
    above = {
        stratum.merge[stratum.merge.index(parent) + 1 :] for stratum in strata if parent in stratum.merge
    }
    if len(above) != 1:
        raise refuse("SAMPLE-109", parent=parent)
    return Stratum(
        code=f"{parent}/other",
        population=people,
        answers=max(stratum.answers for stratum in strata),
        response=min(1.0, response),
        sd=spread,
        merge=(parent, *above.pop()),
    )
