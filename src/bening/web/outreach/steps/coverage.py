"""How far the briefings of an institution have come; knows nothing of the sample."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum

from bening.core.kinds import Reached, Tier
from bening.core.outreach import by_category, by_place, chain_coverage, level_coverage, reach
from bening.web.outreach.models import Reading, Relay
from bening.web.outreach.steps.people import Staff, eligible_staff
from bening.web.outreach.steps.places import Places

TEACHERS = "guru"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Levels as (done, expected); cells by locus and category; chains and readings by category and place."""

    levels: dict[Tier, tuple[int, int]]
    cells: dict[tuple[str, str], Reached]
    places: dict[str, Reached]
    categories: dict[str, Reached]
    chains: dict[str, Reached]
    read_by_place: dict[str, int]
    read_by_category: dict[str, int]
    loci: int
    below: int  # loci whose head told at least one of the staff

    @property
    def whole(self) -> Reached:
        """Everybody eligible, and how many are said to be briefed."""
        return Reached(
            sum(each.eligible for each in self.places.values()),
            sum(each.covered for each in self.places.values()),
        )

    @property
    def teachers(self) -> Reached:
        """The same for teachers, who were missed most often."""
        return self.categories.get(TEACHERS, Reached())

    @property
    def beyond(self) -> set[str]:
        """Loci where more were briefed in some category than are listed."""
        return {locus for (locus, _), cell in self.cells.items() if cell.beyond}

    @property
    def chain(self) -> Reached:
        """Everybody eligible, and how many stand under an unbroken chain."""
        parts = self.chains.values()
        return Reached(sum(each.eligible for each in parts), sum(each.covered for each in parts))


def coverage(found: Places) -> Coverage:
    """Everything about one institution, from its heads' reports and the counters of its notices."""
    eligible = eligible_staff(round=found.round, institution=found.institution)
    cells = reach(eligible, briefed(found))
    by_unit = by_place(cells)
    read = readings(found)
    return Coverage(
        levels=level_coverage(found.posts, found.acknowledged),
        cells=cells,
        places=by_unit,
        categories=by_category(cells),
        chains=chain_coverage(found.parents, found.loci, eligible, found.acknowledged),
        read_by_place=totals(read, 0),
        read_by_category=totals(read, 1),
        loci=len(found.loci),
        below=len({locus for (locus, _), cell in cells.items() if cell.briefed and locus in found.loci}),
    )


def briefed(found: Places) -> Staff:
    """Staff briefed by locus and category, as heads say; what heads inside a locus told counts for it."""
    counts: Counter[tuple[str, str]] = Counter()
    relays = Relay.objects.filter(head__round=found.round, head__institution=found.institution)
    for unit, told in relays.filter(head__unit__isnull=False).values_list("head__unit", "briefed"):
        locus = found.locus(found.units[str(unit)])
        for category, n in told.items():
            counts[locus or str(unit), category] += n
    return dict(counts)


def readings(found: Places) -> Staff:
    """How often staff said that they have read the notice, by locus and category."""
    counts: Counter[tuple[str, str]] = Counter()
    rows = Reading.objects.filter(round=found.round, unit__institution=found.institution)
    for unit, category, n in rows.order_by().values_list("unit", "category").annotate(Sum("count")):
        counts[found.locus(found.units[str(unit)]) or str(unit), category] += n
    return dict(counts)


def totals(counts: Staff, part: int) -> dict[str, int]:
    """Sums by locus (0) or category (1)."""
    added: Counter[str] = Counter()
    for key, n in counts.items():
        added[key[part]] += n
    return dict(added)
