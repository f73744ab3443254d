"""What the box knows, and how a ballot gets in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from bening.core.kinds import Ballot, Entry, Manifest
from bening.core.problems import refuse
from bening.core.response import ballot_hash, closing, load, receipt_message
from bening.core.response.layout import OWNER
from bening.crypto import merkle, notes
from bening.web.response.box import models

VERSIONS = 64  # one token must not fill the disk


class Outcome(Enum):
    """What became of a posted ballot."""

    STORED = "stored"
    KNOWN = "known"
    OLDER = "older"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Shown:
    """The manifest with its entries by key."""

    manifest: Manifest
    entries: Mapping[bytes, Entry]


_shown: tuple[object, Shown] | None = None


def shown() -> Shown:
    """The frozen round, read once; read again only if the files change, as in a demo that starts afresh."""
    global _shown
    folder = settings.CLIENT_DIR / "m"
    header, lines = folder / "manifest.json", folder / "manifest.jsonl"
    mark = (header.stat().st_mtime_ns, lines.stat().st_mtime_ns, folder)
    if _shown is None or _shown[0] != mark:
        manifest = load(header.read_bytes(), lines.read_bytes(), merkle.root)
        if manifest.split != settings.DEPLOYMENT or manifest.origins["client"] != settings.ORIGIN_CLIENT:
            raise refuse("BALLOT-116", split=manifest.split, client=manifest.origins["client"])
        _shown = mark, Shown(manifest, {bytes.fromhex(entry.kid): entry for entry in manifest.entries})
    return _shown[1]


def closed() -> bool:
    """Whether the closing day and the hours of grace for queued phones are over."""
    manifest = shown().manifest
    end = closing(manifest, ZoneInfo(manifest.tz))
    return settings.NOW() >= end + timedelta(hours=settings.BOX_GRACE_HOURS)


def receipt(h: bytes) -> bytes:
    """The promise to put this ballot into the log (64 bytes); given only after the ballot is stored."""
    return notes.sign(settings.SECRET("receipt"), receipt_message(h))


@transaction.atomic(using="box")
def keep(*, ballot: Ballot, body: bytes) -> Outcome:
    """Store a verified ballot and its spent token together.

    The row of the token is made without an error if it is there already (the server's log stays empty), then
    locked: many posts of one token pass one by one, and each sees what the one before stored.
    """
    h, token = ballot_hash(body[:-OWNER]), sha256(ballot.kid + ballot.token).digest()
    fresh = models.Spent(id=token, latest=0, versions=0)
    models.Spent.objects.bulk_create([fresh], ignore_conflicts=True)
    spent = models.Spent.objects.select_for_update().get(id=token)
    if spent.versions and models.Ballot.objects.filter(h=h).exists():
        return Outcome.KNOWN
    if ballot.version <= spent.latest:
        return Outcome.OLDER
    if spent.versions >= VERSIONS:
        return Outcome.FULL
    models.Ballot.objects.bulk_create([models.Ballot(h=h, spent=token, body=body)])
    models.Spent.objects.filter(id=token).update(latest=ballot.version, versions=spent.versions + 1)
    return Outcome.STORED
