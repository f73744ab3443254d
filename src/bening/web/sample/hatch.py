"""What leaves the locked room: the design of a round, as counts by label. No reference to a person."""

from typing import NamedTuple

from bening.web.registry.models import Institution, Round, Unit
from bening.web.sample.models import Stratum


class StratumCount(NamedTuple):
    """One stratum of the design: N persons, n of them drawn."""

    label: str
    group: str
    institution: Institution | None
    unit: Unit | None
    population: int
    sampled: int


def strata(round: Round) -> list[StratumCount]:
    """Every stratum of the round."""
    rows = Stratum.objects.filter(round=round).select_related("institution", "unit")
    return [
        StratumCount(row.label, row.group, row.institution, row.unit, row.population, row.sampled)
        for row in rows
    ]
