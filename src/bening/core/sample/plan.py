"""From counts of people to strata that can be shown, and how many of each are invited (SMP-3, 4, 5)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import groupby

from bening.core.kinds import (
    Allocation,
    Expected,
    FramePlace,
    Group,
    GroupDesign,
    PlannedStratum,
    SampleDesign,
    Stratum,
)
from bening.core.problems import refuse
from bening.core.sample.allocate import allocate, attainable
from bening.core.sample.expect import expect
from bening.core.sample.keys import CENSUS, token_keys

NATION = "national"
DIVISIONS = ("locus", "kind", "institution", "province")


def plan(people: Mapping[FramePlace, int], design: SampleDesign) -> tuple[PlannedStratum, ...]:
    """The strata of every group of the design with their allocations, sorted by code.

    `people` counts the eligible; groups that the design leaves out are not drawn. What a small stratum is
    merged into follows `token_keys`.
    """
    made: list[PlannedStratum] = []
    for group, wanted in design.groups.items():
        mine = (place for place, count in people.items() if place.group == group and count)
        for name, places in families(mine, wanted.by):
            made += _allocated(name, {place: people[place] for place in places}, group, wanted)
    return tuple(sorted(made, key=lambda stratum: stratum.key.code))


def foresee(planned: Collection[PlannedStratum]) -> dict[str, Expected]:
    """SMP-6: what each planned stratum will give; those allocated together are withheld together."""
    found: dict[str, Expected] = {}
    for _, each in groupby(sorted(planned, key=_family), key=_family):
        family = list(each)
        keys = [stratum.key for stratum in family]
        found |= {one.code: one for one in expect(keys, [stratum.allocation for stratum in family])}
    return found


def families(places: Iterable[FramePlace], by: str) -> list[tuple[str, list[FramePlace]]]:
    """Places that are allocated together: an institution's, or a province's where the stratum is shared."""
    shared: dict[str, list[FramePlace]] = defaultdict(list)
    for place in places:
        shared[place.province if by == "province" else place.institution].append(place)
    return sorted(shared.items())


def label(place: FramePlace, by: str) -> str:
    """The code of a place's stratum before merging."""
    if by == "province":
        return f"{place.province}/{place.group}/shared"
    inside = {"institution": "all", "locus": place.unit.lower(), "kind": place.kind}.get(by, "")
    if not inside:
        raise refuse("SAMPLE-116", group=place.group, by=by)
    return f"{place.institution}/{place.group}/{inside}"


def _allocated(
    name: str, people: Mapping[FramePlace, int], group: Group, wanted: GroupDesign
) -> list[PlannedStratum]:
    """The strata of one family: named, merged where too small for a key, allocated."""
    inside: dict[str, list[FramePlace]] = defaultdict(list)
    for place in people:
        inside[label(place, wanted.by)].append(place)
    strata = [
        _stratum(code, places, sum(people[p] for p in places), wanted)
        for code, places in sorted(inside.items())
    ]
    keys = token_keys(strata)
    codes = {key.code for key in keys}
    parts: dict[str, list[Stratum]] = defaultdict(list)
    for stratum in strata:
        parts[_key_of(stratum, codes)].append(stratum)
    least, most = (sum(map(bound, keys)) for bound in (_floor, _cap))
    total = max(least, min(wanted.total, most))
    return [
        _planned(key, allocation, group, name, parts[key.code], inside)
        for key, allocation in zip(keys, allocate(keys, total), strict=True)
    ]


def _stratum(code: str, places: Collection[FramePlace], people: int, wanted: GroupDesign) -> Stratum:
    merge = _upward(next(iter(places)), wanted.by)
    return Stratum(code, people, wanted.answers, wanted.response, wanted.sd, merge)


def _planned(
    key: Stratum,
    allocation: Allocation,
    group: Group,
    family: str,
    parts: list[Stratum],
    inside: Mapping[str, list[FramePlace]],
) -> PlannedStratum:
    places = tuple(place for part in parts for place in inside[part.code])
    return PlannedStratum(key, allocation, group, family, tuple(parts), places)


def _upward(place: FramePlace, by: str) -> tuple[str, ...]:
    """Labels upward: institution and province inside the group, then the nation; one tree for a round."""
    upward = (f"{place.province}/{place.group}", NATION)
    return upward if by == "province" else (f"{place.institution}/{place.group}", *upward)


def _key_of(stratum: Stratum, keys: Collection[str]) -> str:
    """The key a stratum ended under: its own, or the nearest pool above it."""
    pools = (f"{parent}/other" for parent in stratum.merge)
    return next(code for code in (stratum.code, *pools) if code in keys)


def _floor(key: Stratum) -> int:
    """The answers that a key is given at least."""
    return min(key.answers, attainable(key))


def _cap(key: Stratum) -> int:
    """The answers that a key can be given at most: a small one is never asked whole."""
    return _floor(key) if key.population < CENSUS else attainable(key)


def _family(stratum: PlannedStratum) -> tuple[str, str]:
    return stratum.family, stratum.group
