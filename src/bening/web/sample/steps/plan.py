"""From a frozen frame and a design to strata that can be shown: who shares one, how many are invited."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bening.core.kinds import Allocation, Group, Stratum, Text
from bening.core.problems import refuse
from bening.core.sample import allocate, token_keys
from bening.core.sample.allocate import attainable
from bening.core.sample.keys import CENSUS
from bening.web.frame.steps import Eligible
from bening.web.registry.models import Institution, Unit

NATION = "national"
PROVINCE = Text("seluruh provinsi", "the whole province")
WORDS = {
    Group.INTERNAL: Text("pegawai", "staff"),
    Group.EXTERNAL: Text("pengguna layanan dan mitra", "service users and partners"),
    Group.EXPERT: Text("ahli", "experts"),
}


@dataclass(frozen=True, slots=True)
class GroupDesign:
    """What is wanted of a group; `by` says who shares a stratum: locus, kind, institution, province."""

    by: str
    answers: int  # wanted completed answers of a stratum, at least
    total: int  # wanted completed answers of an institution (of the province when `by` is province)
    response: float  # expected share of the invited who answer
    sd: float  # expected spread of scores, index points


@dataclass(frozen=True, slots=True)
class Planned:
    """One stratum of the plan with the people in it."""

    allocation: Allocation
    merge: tuple[str, ...]
    group: Group
    institution: Institution | None
    unit: Unit | None
    name: Text
    refs: tuple[str, ...]


def plan(rows: Sequence[Eligible], design: Mapping[Group, GroupDesign]) -> list[Planned]:
    """Strata of every group with their allocations, sorted by label."""
    made: list[Planned] = []
    for group, wanted in design.items():
        mine = [row for row in rows if row.group == group]
        for _, people in families(mine, wanted.by):
            made += allocated(people, group, wanted)
    return sorted(made, key=lambda stratum: stratum.allocation.code)


def families(rows: Iterable[Eligible], by: str) -> list[tuple[str, list[Eligible]]]:
    """Rows that are allocated together: an institution's, or a province's when the stratum is shared."""
    shared: dict[str, list[Eligible]] = defaultdict(list)
    for row in rows:
        shared[row.institution.province if by == "province" else row.institution.code].append(row)
    return sorted(shared.items())


def allocated(people: list[Eligible], group: Group, wanted: GroupDesign) -> list[Planned]:
    """The strata of one family: named, merged where too small for a key, allocated."""
    by_code: dict[str, list[Eligible]] = defaultdict(list)
    for row in people:
        by_code[label(row, wanted.by)].append(row)
    strata = [
        Stratum(code, len(rows), wanted.answers, wanted.response, wanted.sd, merge(rows[0], wanted.by))
        for code, rows in by_code.items()
    ]
    keys = token_keys(strata)
    home = {stratum.code: key_of(stratum, {key.code for key in keys}) for stratum in strata}
    parts: dict[str, list[Eligible]] = defaultdict(list)
    for code, rows in by_code.items():
        parts[home[code]] += rows
    least, most = (sum(map(bound, keys)) for bound in (floor, cap))
    total = max(least, min(wanted.total, most))
    return [
        planned(key, allocation, group, parts[key.code], shared=wanted.by == "province")
        for key, allocation in zip(keys, allocate(keys, total), strict=True)
    ]


def floor(key: Stratum) -> int:
    """The answers that a key is given at least."""
    return min(key.answers, attainable(key))


def cap(key: Stratum) -> int:
    """The answers that a key can be given at most: a small one is never asked whole."""
    return floor(key) if key.population < CENSUS else attainable(key)


def key_of(stratum: Stratum, keys: Collection[str]) -> str:
    """The key a stratum ended under: its own, or the nearest pool above it."""
    pools = (f"{parent}/other" for parent in stratum.merge)
    return next(code for code in (stratum.code, *pools) if code in keys)


def label(row: Eligible, by: str) -> str:
    """The label of a row's stratum."""
    match by, row.unit:
        case "province", _:
            return f"{row.institution.province}/{row.group}/shared"
        case "institution", _:
            inside = "all"
        case "locus", Unit(code=code):
            inside = code.lower()
        case "kind", Unit(kind=kind):
            inside = kind
        case _:
            raise refuse("SAMPLE-116", group=row.group, by=by)
    return f"{row.institution.code}/{row.group}/{inside}"


def merge(row: Eligible, by: str) -> tuple[str, ...]:
    """Labels upward: institution and province inside the group, then the nation."""
    upward = (f"{row.institution.province}/{row.group}", NATION)  # all labels of a round form one tree
    return upward if by == "province" else (f"{row.institution.code}/{row.group}", *upward)


def planned(
    key: Stratum, allocation: Allocation, group: Group, rows: list[Eligible], *, shared: bool
) -> Planned:
    """A stratum with its names and people; a shared one is nobody's own, whoever listed its people."""
    institutions = {row.institution for row in rows}
    units = {row.unit for row in rows}
    institution = institutions.pop() if len(institutions) == 1 and not shared else None
    unit = units.pop() if len(units) == 1 and not shared else None
    place = " · ".join(part.name for part in (institution, unit) if part)
    who = WORDS[group]
    name = Text(f"{place or PROVINCE.id}: {who.id}", f"{place or PROVINCE.en}: {who.en}")
    refs = tuple(row.ref for row in rows)
    return Planned(allocation, key.merge, group, institution, unit, name, refs)
