"""What to do next in the field: which group to remind, and how sure each institution's index will be."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bening.core.fieldwork import Funnel, expected_final, next_groups
from bening.core.kinds import Allocation, Expected, FieldGroup, Group, GroupDesign, NextGroup
from bening.core.kinds import Stratum as Plan
from bening.core.sample import expect_index, read_design
from bening.methods import load
from bening.web.fieldwork.steps.picture import Picture
from bening.web.registry.models import Institution, Round
from bening.web.sample.models import Draw, Stratum

BALANCE, WANTED, PRICE = 1.0, 10, 1.0  # lambda, tokens wanted of a group, price of a reminder


@dataclass(frozen=True, slots=True)
class Precision:
    """The index of an institution: half-width now and at the end as far as can be foreseen."""

    institution: Institution
    now: Expected
    final: Expected


def group_code(row: Stratum) -> str:
    """What is reminded together: institution, respondent group and kind of unit."""
    kind = row.unit.kind if row.unit else ""
    return "/".join((row.institution.code if row.institution else "", row.group, kind))


@dataclass(frozen=True, slots=True)
class Next:
    """A group worth another reminder: why, its counts, by what channel, and one of its strata for words."""

    why: NextGroup
    group: FieldGroup
    channel: str
    stratum: Stratum


def chase(found: Picture) -> list[Next]:
    """WGT-10: groups worth another reminder, best first, with the channel that most of them would get."""
    together: dict[str, list[Stratum]] = {}
    people: Counter[tuple[int | None, str]] = Counter()
    for row in found.strata.values():
        together.setdefault(group_code(row), []).append(row)
        people[row.institution_id, row.group] += row.population
    designs = design(found.round)
    groups = {
        code: judged(found, code, rows, designs, people[rows[0].institution_id, rows[0].group])
        for code, rows in together.items()
    }
    best = next_groups(groups.values(), balance=BALANCE)
    return [
        Next(one, groups[one.code], by_what(found, together[one.code]), together[one.code][0]) for one in best
    ]


def judged(
    found: Picture, code: str, rows: list[Stratum], designs: Mapping[Group, GroupDesign], people: int
) -> FieldGroup:
    """What WGT-10 wants to know of a group; `people`: of its institution and respondent group together."""
    cell = sum((found.labels[row.label] for row in rows), Funnel())
    whole, group = found.whole, Group(rows[0].group)
    share = sum(row.population for row in rows) / people if people else 0.0
    return FieldGroup(
        code=code,
        invited=cell.planned,
        issued=cell.issued or 0,
        waves=history(found.waves, rows),
        least=WANTED,
        weight=load(found.round.method_id).groups.get(group, 0.0) * share,
        sd=designs[group].sd if group in designs else 0.0,
        missing=math.sqrt(cell.planned / whole.planned) * ((cell.rate or 0.0) - (whole.rate or 0.0)),
        cost=PRICE,
    )


def history(waves: Mapping[str, list[list[int]]], rows: Iterable[Stratum]) -> tuple[tuple[int, int], ...]:
    """The reminders of several strata as one."""
    own = [waves.get(row.label, []) for row in rows]
    steps = max((len(one) for one in own), default=0)
    each = [[one[step] for one in own if step < len(one)] for step in range(steps)]
    return tuple((sum(sent for sent, _ in some), sum(hits for _, hits in some)) for some in each)


def by_what(found: Picture, rows: Iterable[Stratum]) -> str:
    """The channel of most strata of a group, weighed by people."""
    counts: Counter[str] = Counter()
    for row in rows:
        if channel := found.next.get(row.label):
            counts[channel] += found.labels[row.label].planned
    return max(sorted(counts), key=counts.__getitem__) if counts else ""


def precision(found: Picture) -> list[Precision]:
    """SMP-6 with today's tokens instead of planned ones, and with those to expect by the end."""
    weights = {group: weight for group, weight in load(found.round.method_id).groups.items() if weight}
    designs = design(found.round)
    places = {row.institution.code: row.institution for row in found.strata.values() if row.institution}
    result = []
    for code, place in sorted(places.items()):
        own: dict[Group, list[Stratum]] = {}
        for row in found.strata.values():
            if row.institution_id in (place.pk, None) and Group(row.group) in designs:
                own.setdefault(Group(row.group), []).append(row)
        asked = {group: weight for group, weight in weights.items() if group in own}
        if not asked:
            continue
        parts = {
            step: [
                (weight / sum(asked.values()), *plans(found, own[group], designs[group], step))
                for group, weight in asked.items()
            ]
            for step in (0, found.left)
        }
        now, final = (expect_index(parts[step], code=code) for step in (0, found.left))
        result.append(Precision(place, now, final))
    return sorted(result, key=lambda one: -(one.final.half_width or math.inf))


def plans(
    found: Picture, rows: Iterable[Stratum], wanted: GroupDesign, left: int
) -> tuple[list[Plan], list[Allocation]]:
    """Strata as the planner sees them, with the share that answers after so many more reminders."""
    strata, allocations = [], []
    for row in rows:
        cell, past = found.labels[row.label], found.waves.get(row.label, [])
        sent, hits = past[-1] if past else (0, 0)
        end = expected_final(cell.planned, cell.issued or 0, chance=(1 + hits) / (10 + sent), left=left)
        share = end / cell.planned if cell.planned else 0.0
        strata.append(Plan(row.label, row.population, wanted.answers, share, wanted.sd))
        allocations.append(Allocation(row.label, row.population, cell.planned, row.census))
    return strata, allocations


def design(round: Round) -> Mapping[Group, GroupDesign]:
    """What was wanted of each group when the sample was drawn."""
    drawn = Draw.objects.select_related("design").get(round=round)
    return read_design(bytes(drawn.design.body)).groups
