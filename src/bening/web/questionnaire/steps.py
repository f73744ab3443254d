"""The verbs of the questionnaire room."""

import hashlib

from django.db import transaction

from bening.core.problems import refuse
from bening.core.questionnaire import dump, load
from bening.web.questionnaire.models import Instrument
from bening.web.registry.models import Round
from bening.web.registry.steps import record


@transaction.atomic
def freeze_instrument(*, by: str, round: Round, data: bytes) -> Instrument:
    """Check a questionnaire and freeze it for the round; the same one again changes nothing."""
    form = load(data)
    body = dump(form)
    digest = hashlib.sha256(body).hexdigest()
    row, new = Instrument.objects.get_or_create(
        round=round,
        name=form.name,
        version=form.version,
        defaults={"group": form.group, "body": body, "digest": digest},
    )
    if row.digest != digest:
        raise refuse("QUEST-126", name=form.name, version=form.version)
    if new:
        record(by=by, verb="freeze_instrument", on=f"{round.code}/{form.name}", detail={"digest": digest})
    return row
