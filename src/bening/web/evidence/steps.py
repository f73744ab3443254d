"""The verbs of evidence: cases come in with their source; the method says what they take off."""

from django.db import transaction
from django.db.models import Sum

from bening.core.evidence import deduction
from bening.methods import load
from bening.web.evidence.models import Case, Correction
from bening.web.registry.models import Round
from bening.web.registry.steps import record


@transaction.atomic
def weigh_evidence(*, by: str, round: Round) -> int:
    """Write the correction of every participant and component of the method; how many rows changed."""
    method = load(round.method_id)
    if method.correction == "none":
        return 0
    count = 0
    for participant in round.participants.all():
        mine = Case.objects.filter(round=round, institution=participant.institution)
        points = dict(mine.values_list("component").annotate(total=Sum("points")))
        for component, taken in deduction(points, method.corrections).items():
            same = Correction.objects.filter(
                round=round, institution=participant.institution, component=component, points=taken
            )
            if same.exists():
                continue
            Correction.objects.update_or_create(
                round=round,
                institution=participant.institution,
                component=component,
                defaults={"points": taken},
            )
            count += 1
    if count:
        record(by=by, verb="weigh_evidence", on=round.code, detail={"rows": count})
    return count
