"""The yes of one person; a release needs two."""

from datetime import datetime

from django.db import transaction

from bening.core.problems import refuse
from bening.web.publish.models import Approval, Release
from bening.web.registry.steps import record


@transaction.atomic
def approve(*, by: str, release: Release, now: datetime) -> Approval:
    """Approve exactly this body; the same person twice is PUBLISH-121."""
    locked = Release.objects.select_for_update().get(pk=release.pk)
    approval, new = Approval.objects.get_or_create(
        release=locked, by=by, defaults={"at": now, "digest": locked.digest}
    )
    if not new:
        raise refuse("PUBLISH-121", by=by)
    record(by=by, verb="approve_release", on=locked.round.code, detail={"digest": locked.digest})
    return approval
