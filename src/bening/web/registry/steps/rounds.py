"""Rounds."""

from datetime import date

from django.db import transaction

from bening.methods import load
from bening.web.registry.models import Round
from bening.web.registry.steps.audit import record


@transaction.atomic
def open_round(
    *,
    by: str,
    code: str,
    edition: str,
    profile: str,
    opens: date,
    closes: date,
    reference: date,
    words: dict[str, str],
) -> Round:
    """Open a round; its method must load. Opening it again with the same code changes nothing."""
    load(f"spi-{edition}:{profile}")
    round_, new = Round.objects.get_or_create(
        code=code,
        defaults={
            "edition": edition,
            "profile": profile,
            "opens": opens,
            "closes": closes,
            "reference": reference,
            **words,
        },
    )
    if new:
        record(by=by, verb="open_round", on=code)
    return round_
