"""The draw: committed to before, repeatable after."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import transaction

from bening.core.kinds import Draw as Drawn
from bening.core.kinds import PlannedStratum, SampleDesign
from bening.core.problems import refuse
from bening.core.sample import draw_by, frame_digest, read_design, selection_digest
from bening.web.registry.models import Institution, Round, Unit
from bening.web.registry.steps import record
from bening.web.sample.models import Draw, Selection, Stratum
from bening.web.sample.steps.names import institution_of, name_of, unit_of
from bening.web.sample.steps.people import lists

BATCH = 5000


@transaction.atomic
def draw_sample(*, by: str, round: Round) -> Draw:
    """Draw with the committed seed (SMP-7) and keep references. A round is drawn once: again changes nothing.

    Whoever committed does not draw, and nothing is drawn from a frame that changed since.
    """
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    made = Draw.objects.filter(round=round).select_related("design", "seed").first()
    if made is None:
        raise refuse("SAMPLE-119", round=round.code)
    if made.drawn:
        return made
    if made.committed_by == by:
        raise refuse("SAMPLE-121", by=by)
    people = lists(round)
    if frame_digest(people) != made.frame_digest:
        raise refuse("SAMPLE-120", round=round.code)
    design = read_design(bytes(made.design.body))
    planned, drawn = draw_by(people, design, bytes(made.seed.value))
    keep(round, design, planned, drawn)
    made.drawn, made.drawn_by, made.selection_digest = settings.NOW(), by, selection_digest(drawn)
    made.save(update_fields=["drawn", "drawn_by", "selection_digest"])
    record(
        by=by,
        verb="draw_sample",
        on=round.code,
        detail={
            "commitment": made.commitment,
            "frame": made.frame_digest,
            "design": made.design.digest,
            "selection": made.selection_digest,
            "strata": len(planned),
        },
    )
    return made


def keep(
    round: Round, design: SampleDesign, planned: Sequence[PlannedStratum], drawn: Sequence[Drawn]
) -> None:
    """The rows of the strata and of those drawn; the order behind them where the design wants a reserve."""
    institutions = {row.code: row for row in Institution.objects.all()}
    units = {(row.institution.code, row.code): row for row in Unit.objects.select_related("institution")}
    rows = {one.key.code: stratum(round, one, institutions, units) for one in planned}
    for one in drawn:
        order = (*one.drawn, *one.reserve) if design.reserve else one.drawn
        Selection.objects.bulk_create(
            (
                Selection(stratum=rows[one.code], contact_ref=ref, place=place, drawn=place <= len(one.drawn))
                for place, ref in enumerate(order, 1)
            ),
            batch_size=BATCH,
        )


def stratum(
    round: Round,
    planned: PlannedStratum,
    institutions: Mapping[str, Institution],
    units: Mapping[tuple[str, str], Unit],
) -> Stratum:
    """The row of a stratum."""
    institution, unit = institution_of(planned, institutions), unit_of(planned, units)
    name = name_of(planned, institution, unit)
    return Stratum.objects.create(
        round=round,
        label=planned.key.code,
        institution=institution,
        group=planned.group,
        unit=unit,
        name_id=name.id,
        name_en=name.en,
        merge=list(planned.key.merge),
        population=planned.allocation.population,
        sampled=planned.allocation.sampled,
    )
