"""What the box knows, and how a ballot gets in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connections, transaction
from django.db.models import BinaryField, F, Func, Value

from bening.core.kinds import Ballot, Entry, Manifest
from bening.core.problems import refuse
from bening.core.response import ballot_hash, closing, load, receipt_message
from bening.core.response.layout import HEAD, OWNER
from bening.core.response.layout import VERSION as BYTES
from bening.crypto import merkle, notes
from bening.web.response.box import models

VERSIONS = 64  # one token must not fill the disk
VERSION = Func(  # of a stored ballot: four bytes after its magic, key, token and signature
    F("body"), Value(HEAD - BYTES + 1), Value(BYTES), function="substring", output_field=BinaryField()
)


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
    """Store a verified ballot and its spent token together; the box reads and inserts, and changes nothing.

    Many posts of one token pass one by one, behind a lock that lives in the server's memory and in no row:
    each sees what the one before stored.
    """
    h, token = ballot_hash(body[:-OWNER]), sha256(ballot.kid + ballot.token).digest()
    with connections["box"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(token[:8], "big", signed=True)])
    mine = models.Ballot.objects.filter(spent=token).annotate(version=VERSION)
    stored = {bytes(known): bytes(version) for known, version in mine.values_list("h", "version")}
    if h in stored:
        return Outcome.KNOWN
    if stored and ballot.version <= int.from_bytes(max(stored.values()), "big"):
        return Outcome.OLDER
    if len(stored) >= VERSIONS:
        return Outcome.FULL
    if not stored:
        models.Spent.objects.bulk_create([models.Spent(id=token)], ignore_conflicts=True)
    models.Ballot.objects.bulk_create([models.Ballot(h=h, spent=token, body=body)])
    return Outcome.STORED


def write_public(*, folder: Path) -> None:
    """The public halves of both keys of the box, 32 bytes each, as files for whoever freezes the round."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("log", "receipt"):
        (folder / f"{name}.pub").write_bytes(notes.public(settings.SECRET(name)))
