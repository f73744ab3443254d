"""The commitment: seed, frame and design are fixed and their digests public before anybody is drawn."""

import os
import shutil

from django.conf import settings
from django.db import transaction

from bening.core import canonical
from bening.core.problems import refuse
from bening.core.sample import commitment
from bening.web.frame import steps as frame
from bening.web.registry.models import Round
from bening.web.registry.steps import record
from bening.web.sample.models import Design, Draw, Seed
from bening.web.sample.steps import people


@transaction.atomic
def commit_seed(*, by: str, round: Round, seed: bytes | None = None) -> Draw:
    """Make a seed, record what it will be used on, publish its digest. A round is committed to once.

    `seed` (32 bytes) is for a demo that has to be repeatable; everywhere else the process makes it. Again
    only writes the public file again.
    """
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    made = Draw.objects.filter(round=round).first() or fixed(by, round, seed or os.urandom(32))
    publish(made)
    return made


def fixed(by: str, round: Round, seed: bytes) -> Draw:
    """The row of the coming draw, with its seed apart."""
    design = Design.objects.filter(round=round).last()
    if design is None:
        raise refuse("SAMPLE-124", round=round.code)
    if not people.frozen(round) or not people.counts(round):
        raise refuse("SAMPLE-115", round=round.code)  # an empty draw would stand for ever
    made = Draw.objects.create(
        round=round,
        design=design,
        commitment=commitment(seed),
        frame_digest=frame.frame_digest(round=round),
        committed=settings.NOW(),
        committed_by=by,
    )
    Seed.objects.create(draw=made, value=seed)
    record(
        by=by,
        verb="commit_seed",
        on=round.code,
        detail={"commitment": made.commitment, "frame": made.frame_digest, "design": design.digest},
    )
    return made


def publish(draw: Draw) -> None:
    """`m/draw.json` of the static host, beside the manifest that will follow: digests, no count."""
    path = settings.CLIENT_DIR / "m" / "draw.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    said = {
        "round": draw.round.code,
        "commitment": draw.commitment,
        "frame": draw.frame_digest,
        "design": draw.design.digest,
        "committed": draw.committed.isoformat(),
    }
    part = path.with_suffix(".part")
    part.write_bytes(canonical.dump(said))
    shutil.move(part, path)
