"""Making a release ready for two people to look at."""

import hashlib
import json
from datetime import datetime
from pathlib import Path

from django.db import transaction

from bening.core.publish.shape import Site, Sources
from bening.core.publish.site import site_data
from bening.methods import load
from bening.web.estimate.models import Run
from bening.web.publish.models import Aggregate, Release
from bening.web.publish.steps import gather
from bening.web.publish.steps.clear import Cleared, clear
from bening.web.registry.models import Round
from bening.web.registry.steps import record


@transaction.atomic
def prepare(*, by: str, run: Run, now: datetime, history: Path | None = None) -> Release:
    """The release of a run. The same content again changes nothing; other content loses its approvals."""
    Round.objects.select_for_update(no_key=True).get(pk=run.round_id)
    cleared = clear(run)
    body = body_of(run, cleared, history)
    digest = digest_of(body)
    known = Release.objects.filter(round=run.round, run=run, digest=digest).last()
    if known is not None:
        return known
    Release.objects.filter(round=run.round, released=None).delete()
    release = Release.objects.create(
        round=run.round, run=run, body=body, digest=digest, report=report_of(cleared), prepared=now, by=by
    )
    enter(release, cleared, body)
    record(by=by, verb="prepare_release", on=run.round.code, detail={"release": release.pk, "digest": digest})
    return release


def body_of(run: Run, cleared: list[Cleared], history: Path | None) -> Site:
    """Everything the release shows."""
    method = load(run.method_id)
    quotes = gather.quotes(history)
    sources = Sources(
        figures=gather.figures(run),
        hidden=frozenset(row for each in cleared for row in each.disclosure.withheld),
        quotes=quotes,
        bounds=gather.bounds([quote for found in quotes.values() for quote in found], method),
    )
    return site_data(gather.heading(run, history), method, members=gather.members(run), sources=sources)


def digest_of(body: Site) -> str:
    """SHA-256 of the body in one spelling."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def report_of(cleared: list[Cleared]) -> dict[str, dict[str, object]]:
    """What the two people see of the disclosure check."""
    return {
        each.institution: {
            "attacks": each.disclosure.attacks,
            "withheld": {row: reason.value for row, reason in sorted(each.disclosure.withheld.items())},
        }
        for each in cleared
    }


def enter(release: Release, cleared: list[Cleared], body: Site) -> None:
    """Write the ledger: only institutions whose numbers are in the body."""
    shown = {page["code"] for page in body["institutions"] if page["index"]["shown"]}
    Aggregate.objects.bulk_create(
        Aggregate(
            release=release,
            family=entry.family,
            aggregate=entry.aggregate,
            rounding=entry.rounding,
            parts=[[str(share), f"{bits:x}"] for share, bits in entry.parts],
        )
        for each in cleared
        if each.institution in shown
        for entry in each.entries
    )
