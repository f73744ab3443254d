"""Who was drawn is forgotten; the design, the strata and the public digests stay."""

from django.db import transaction

from bening.web.registry.models import Round
from bening.web.registry.steps import record
from bening.web.sample.models import Seed, Selection


@transaction.atomic
def purge(*, by: str, round: Round) -> dict[str, int]:
    """Delete every reference drawn and the seed that would draw them again."""
    counts = {
        "selections": Selection.objects.filter(stratum__round=round).delete()[0],
        "seeds": Seed.objects.filter(draw__round=round).delete()[0],
    }
    record(by=by, verb="purge_sample", on=round.code, detail=dict(counts))
    return counts
