"""Writing a release: a folder that needs nothing but a static host."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from bening.core.problems import refuse
from bening.core.publish.shape import Site
from bening.web.publish.models import Release
from bening.web.publish.steps import proof
from bening.web.publish.steps.data import tables
from bening.web.publish.steps.folder import sealed, sums_digest, write
from bening.web.publish.steps.pages import pages
from bening.web.registry.steps import record

NEEDED = 2


@transaction.atomic
def release(*, by: str, release: Release, folder: Path, now: datetime) -> Release:
    """Write the folder whole or not at all and close the release; again it restores the same bytes.

    PUBLISH-122 unless two different people have approved this very body (DSC-11).
    """
    locked = Release.objects.select_for_update().get(pk=release.pk)
    count = locked.approvals.filter(digest=locked.digest).values("by").distinct().count()
    if count < NEEDED:
        raise refuse("PUBLISH-122", release=locked.round.code, count=count)
    files = sealed({**files_of(locked.body), **proof.files(locked.round)})
    write(files, folder)
    if locked.released is None:
        locked.released, locked.sums = now, sums_digest(files)
        locked.save(update_fields=["released", "sums"])
        record(by=by, verb="release", on=locked.round.code, detail={"sums": locked.sums})
    return locked


def files_of(body: Site) -> dict[str, bytes]:
    """Every file of the release by its path."""
    return {**pages(body), **tables(body)}
