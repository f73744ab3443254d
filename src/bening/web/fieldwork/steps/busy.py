"""Hours in which many of a stratum answered, as the gate's night kept them: ten people or more, no person."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from bening.core.fieldwork import Rush, rushes
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.models import BusyHour, Manifest
from bening.web.registry.models import Round
from bening.web.registry.steps import record
from bening.web.sample.models import Stratum


@transaction.atomic
def pull_hours(*, by: str = "worker") -> int:
    """Take over what the gate has kept since; how many hours were new. A day comes whole or not at all."""
    last = BusyHour.objects.aggregate(last=Max("slot"))["last"] or ""
    found = gate.busy(after=last)
    if not found:
        return 0
    rounds = {
        kid: (manifest.round, label)
        for manifest in Manifest.objects.select_related("round")
        for label, kid in manifest.keys.items()
    }
    kept = [(*rounds[kid], slot, count) for kid, slot, count in found if kid in rounds]
    rows = [
        BusyHour(round=round_, label=label, slot=slot, count=count) for round_, label, slot, count in kept
    ]
    BusyHour.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        record(by=by, verb="pull_hours", on=rows[0].round.code, detail={"hours": len(rows)})
    return len(rows)


def rush(*, round: Round) -> list[tuple[Rush, Stratum, datetime]]:
    """The busiest hours of every stratum that has any, with the stratum itself and when they began."""
    cells = BusyHour.objects.filter(round=round).values_list("label", "slot", "count")
    strata = {row.label: row for row in Stratum.objects.filter(round=round).select_related("institution")}
    return [
        (one, strata[one.label], datetime.fromisoformat(f"{one.day}T{one.hour:02}:00+00:00"))
        for one in rushes(cells)
        if one.label in strata
    ]
