"""The draw: committed to before, repeatable after."""

import hashlib
from collections.abc import Mapping

from django.db import transaction

from bening.core.kinds import Group
from bening.core.problems import refuse
from bening.core.sample import commitment, draw
from bening.web.frame import steps as frame
from bening.web.registry.models import Round
from bening.web.registry.steps import record
from bening.web.sample.models import Draw, Selection, Stratum
from bening.web.sample.steps.plan import GroupDesign, Planned, plan

BATCH = 5000


@transaction.atomic
def draw_sample(*, by: str, round: Round, design: Mapping[Group, GroupDesign], seed: bytes) -> Draw:
    """Plan the strata, draw them (SMP-7), keep references. A round is drawn once: again changes nothing."""
    Round.objects.select_for_update().get(pk=round.pk)
    known = Draw.objects.filter(round=round).first()
    if known:
        return known
    strata = plan(frame.eligible(round=round), design)
    if not strata:
        raise refuse("SAMPLE-115", round=round.code)  # an empty draw would stand for ever
    made = Draw.objects.create(
        round=round, commitment=commitment(seed), frame_digest=frame_digest(strata), seed=seed
    )
    sampled = {stratum.allocation.code: stratum.allocation.sampled for stratum in strata}
    drawn = draw({stratum.allocation.code: stratum.refs for stratum in strata}, sampled, seed)
    rows = {stratum.allocation.code: keep(round, stratum) for stratum in strata}
    for result in drawn:
        Selection.objects.bulk_create(
            [
                Selection(stratum=rows[result.code], contact_ref=ref, place=place, drawn=True)
                for place, ref in enumerate(result.drawn, 1)
            ],
            batch_size=BATCH,
        )
    record(
        by=by,
        verb="draw_sample",
        on=round.code,
        detail={"commitment": made.commitment, "frame": made.frame_digest, "strata": len(strata)},
    )
    return made


def keep(round: Round, stratum: Planned) -> Stratum:
    """The row of a stratum."""
    return Stratum.objects.create(
        round=round,
        label=stratum.allocation.code,
        institution=stratum.institution,
        group=stratum.group,
        unit=stratum.unit,
        name_id=stratum.name.id,
        name_en=stratum.name.en,
        merge=list(stratum.merge),
        population=stratum.allocation.population,
        sampled=stratum.allocation.sampled,
    )


def frame_digest(strata: list[Planned]) -> str:
    """SHA-256 over every stratum with its sorted refs: what the auditor's frame must give too."""
    digest = hashlib.sha256()
    for stratum in strata:
        digest.update(f"{stratum.allocation.code}\n".encode())
        digest.update("\n".join(sorted(stratum.refs)).encode() + b"\n\n")
    return digest.hexdigest()
