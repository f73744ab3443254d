"""The design of a round, kept in versions until a commitment fixes the last one."""

import hashlib

from django.conf import settings
from django.db import transaction

from bening.core.kinds import SampleDesign
from bening.core.problems import refuse
from bening.core.sample import plan, write_design
from bening.web.registry.models import Round
from bening.web.registry.steps import record
from bening.web.sample.models import Design, Draw
from bening.web.sample.steps.people import counts


@transaction.atomic
def save_design(*, by: str, round: Round, design: SampleDesign) -> Design:
    """Keep a design that the frame can carry as the newest version; the same words again change nothing."""
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    body = write_design(design)
    digest = hashlib.sha256(body).hexdigest()
    newest = Design.objects.filter(round=round).last()
    if newest and newest.digest == digest:
        return newest
    if Draw.objects.filter(round=round).exists():
        raise refuse("SAMPLE-118", round=round.code)
    plan(counts(round), design)  # refuses what could not be drawn
    version = newest.version + 1 if newest else 1
    made = Design.objects.create(round=round, version=version, body=body, digest=digest, saved=settings.NOW())
    record(by=by, verb="save_design", on=round.code, detail={"version": version, "digest": digest})
    return made
