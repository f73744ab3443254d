"""What a design would give, in lines for a table: institutions first, then the strata of one of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bening.core.kinds import Expected, FramePlace, Group, PlannedStratum, SampleDesign
from bening.core.sample import expect_index, foresee, plan
from bening.methods import load
from bening.web.registry.models import Institution, Round, Unit
from bening.web.sample.forms import GROUPS
from bening.web.sample.views.words import inside

Parts = dict[Group, list[PlannedStratum]]


@dataclass(frozen=True, slots=True)
class Line:
    """One stratum with what it will give."""

    name: str
    group: str
    planned: PlannedStratum
    expected: Expected
    merged: tuple[str, ...]  # names of what has no key of its own


@dataclass(frozen=True, slots=True)
class Place:
    """One institution: people, invitations, the index to expect, its loci."""

    institution: Institution
    people: int
    invited: int
    expected: Expected | None
    shown: int  # loci that can be shown by themselves
    loci: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """Everything the planner shows."""

    people: int
    invited: int
    answers: float
    shown: int
    loci: int
    places: list[Place]
    chosen: Institution | None
    lines: list[Line]


def look(
    people: Mapping[FramePlace, int], design: SampleDesign, *, round: Round, chosen: str
) -> Outlook | None:
    """The whole plan counted, and the strata of one institution: the chosen one, or the first."""
    planned = plan(people, design)
    foreseen = foresee(planned)
    weights = load(round.method_id).groups
    codes = sorted({place.institution for one in planned for place in one.places})
    institutions = {row.code: row for row in Institution.objects.filter(code__in=codes)}
    own = parts(planned)
    places = [place(institutions[code], own[code], foreseen, weights) for code in codes]
    picked = institutions.get(chosen) or (institutions[codes[0]] if codes else None)
    shown = [stratum for strata in own[picked.code].values() for stratum in strata] if picked else []
    return Outlook(
        people=sum(one.allocation.population for one in planned),
        invited=sum(one.allocation.sampled for one in planned),
        answers=sum(foreseen[one.key.code].answers for one in planned),
        shown=sum(each.shown for each in places),
        loci=sum(each.loci for each in places),
        places=places,
        chosen=picked,
        lines=lines(shown, foreseen, picked),
    )


def parts(planned: Iterable[PlannedStratum]) -> dict[str, Parts]:
    """The strata that stand for each institution, by group; a shared one stands for all that are in it."""
    found: dict[str, Parts] = defaultdict(lambda: defaultdict(list))
    for one in planned:
        for code in {place.institution for place in one.places}:
            found[code][one.group].append(one)
    return found


def place(
    institution: Institution, own: Parts, foreseen: Mapping[str, Expected], weights: Mapping[Group, float]
) -> Place:
    """One institution's line."""
    mine = [one for strata in own.values() for one in strata if one.family == institution.code]
    loci = [
        part.code == one.key.code and foreseen[one.key.code].shown
        for one in mine
        for part in one.parts
        if is_locus(part.code, one)
    ]
    return Place(
        institution,
        people=sum(one.allocation.population for one in mine),
        invited=sum(one.allocation.sampled for one in mine),
        expected=index(institution.code, own, weights),
        shown=sum(loci),
        loci=len(loci),
    )


def place_of(code: str) -> str:
    """The last word of a stratum's code."""
    return code.rsplit("/", 1)[-1]


def is_locus(code: str, stratum: PlannedStratum) -> bool:
    """Whether the code of a part names a unit, which it does where a group is divided by locus."""
    return any(place.unit.lower() == place_of(code) for place in stratum.places)


def index(code: str, own: Parts, weights: Mapping[Group, float]) -> Expected | None:
    """SMP-6 for the index; None where a group of the index is not asked."""
    if not all(own.get(group) for group, weight in weights.items() if weight):
        return None
    terms = [
        (weight, [one.key for one in own[group]], [one.allocation for one in own[group]])
        for group, weight in weights.items()
        if weight
    ]
    return expect_index(terms, code=code)


def lines(
    strata: Iterable[PlannedStratum], foreseen: Mapping[str, Expected], institution: Institution | None
) -> list[Line]:
    """The strata of one institution in words."""
    units = {row.code.lower(): row.name for row in Unit.objects.filter(institution=institution)}

    def called(code: str) -> str:
        word = place_of(code)
        return units.get(word) or inside(word)

    order = list(GROUPS)
    return [
        Line(
            name=called(one.key.code),
            group=str(GROUPS[one.group]),
            planned=one,
            expected=foreseen[one.key.code],
            merged=tuple(called(part.code) for part in one.parts if part.code != one.key.code),
        )
        for one in sorted(strata, key=lambda each: (order.index(each.group), each.key.code))
    ]
