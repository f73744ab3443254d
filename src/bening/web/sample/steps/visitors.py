"""A stratum that nobody is drawn from: users of one unit who register themselves."""

from django.db import transaction

from bening.core.kinds import Group
from bening.core.sample.plan import NATION
from bening.web.registry.models import Round, Unit
from bening.web.sample.models import Stratum


@transaction.atomic
def add_visitors(*, round: Round, unit: Unit, quota: int, expected: int) -> Stratum:
    """The stratum of a unit's visitors: up to `quota` rights, of so many users as are expected meanwhile."""
    place = unit.institution
    row, _ = Stratum.objects.get_or_create(
        round=round,
        label=f"{place.code}/{Group.VISITOR}/{unit.code}",
        defaults={
            "institution": place,
            "group": Group.VISITOR,
            "unit": unit,
            "name_id": f"Pengguna yang mendaftar sendiri di {unit.name}, {place.name}"[:160],
            "name_en": f"Users who registered themselves at {unit.name}, {place.name}"[:160],
            "merge": [f"{place.code}/{Group.VISITOR}", f"{place.province}/{Group.VISITOR}", NATION],
            "population": expected,
            "sampled": quota,
        },
    )
    return row
