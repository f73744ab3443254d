"""What the gate knows and where it changes: rights to answer once, and the secrets that open them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q

from bening.core.kinds import Manifest
from bening.core.problems import refuse
from bening.core.response import closing, from_b64u, load
from bening.crypto import invites, merkle
from bening.crypto.quota import limit
from bening.web.fieldwork.gate import hours
from bening.web.fieldwork.gate.models import Hour, Invite, Right

BATCH = 5000


@dataclass(frozen=True, slots=True)
class Shown:
    """The manifest with what hello needs at hand: where each key stands, and the tree for its path."""

    manifest: Manifest
    index: Mapping[str, int]
    tree: merkle.Tree


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
        index = {entry.kid: place for place, entry in enumerate(manifest.entries)}
        _shown = mark, Shown(manifest, index, merkle.Tree(manifest.leaves))
    return _shown[1]


def path(place: int) -> list[bytes]:
    """The inclusion path of the entry at this place, leaf side first."""
    return shown().tree.inclusion(place)


def modulus(kid: str) -> bytes:
    """The public half of a stratum key (256 bytes)."""
    here = shown()
    return from_b64u(here.manifest.entries[here.index[kid]].n, length=256)


def closed() -> bool:
    """Whether the closing day is over."""
    manifest = shown().manifest
    return settings.NOW() >= closing(manifest, ZoneInfo(manifest.tz))


def find(secret: bytes) -> Right | None:
    """The right a secret opens, None for a void one too: one query, the same in all cases."""
    opened = Invite.objects.filter(hmac=invites.invite_hmac(settings.SECRET("pepper"), secret)).values(
        "right"
    )[:1]
    right = Right.objects.filter(id=opened).first()
    return None if right is None or right.void else right


def state(right_id: str) -> str:
    """The name under which a phone keeps what it knows of this right."""
    return invites.right_state(settings.SECRET("pepper"), right_id)


def issue(*, right: Right, blinded: bytes) -> bool:
    """Spend a right on a blinded value: True the first time and for the same value again, False for another.

    The condition stands in the statement, so that of many at once exactly one wins. It commits before
    anything is signed: a signature given means a right spent.
    """
    mark = hashlib.sha256(blinded).digest()
    if right.issued is not None and bytes(right.issued) == mark:
        return True
    open_or_mine = Right.objects.filter(
        Q(issued=None) | Q(issued=mark), id=right.id, kid=right.kid, void=False
    )
    return open_or_mine.update(issued=mark) == 1


@transaction.atomic(using="gate")
def reissue(*, right_id: str, door: bytes | None = None) -> str:
    """Let a right be used once more: "done", or why not: "unknown", "once", "full" (the share is used up).

    What opened it before opens nothing any more, or the lost phone could spend it again by itself. A right
    that nobody used stays as it is and is not counted, and the answer is the same: whoever asks does not
    learn whether it was used. `door`: the HMAC of a typed secret. Run again it changes nothing.
    """
    right = Right.objects.select_for_update().filter(id=right_id, void=False).first()
    if right is None:
        return "unknown"
    if door and Invite.objects.filter(hmac=door, right=right_id).exists():
        return "done"  # a run that was killed before it could say so
    if right.reissued:
        return "once"
    # The first right of the stratum is the lock behind which its share is counted.
    Right.objects.select_for_update().filter(kid=right.kid).order_by("id").first()
    if Right.objects.filter(kid=right.kid, reissued=True).count() >= share(right.kid):
        return "full"
    Right.objects.filter(id=right_id, issued__isnull=False).update(issued=None, reissued=True)
    Invite.objects.filter(right=right_id).delete()
    if door:
        open_doors(invites=[(door, right_id)])
    return "done"


@transaction.atomic(using="gate")
def void(*, right_id: str) -> None:
    """Close a right for good: of a wrong person, or of one who said no. Whether it was used stays counted."""
    Right.objects.filter(id=right_id).update(void=True)
    Invite.objects.filter(right=right_id).delete()


def share(kid: str) -> int:
    """How many rights of a stratum may be used once more: what the signer signs beyond the people drawn."""
    here = shown()
    sampled = here.manifest.entries[here.index[kid]].sampled
    return limit(sampled) - sampled


def admit(*, rights: Iterable[tuple[str, str]]) -> None:
    """Bulk insert of rights as (id, kid); those already there stay as they are."""
    rows = (Right(id=right_id, kid=kid) for right_id, kid in sorted(rights))
    Right.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def open_doors(*, invites: Iterable[tuple[bytes, str]]) -> None:
    """Bulk insert of the HMACs of secrets as (hmac, right id), before the secrets leave the house."""
    rows = (Invite(hmac=hmac, right=right_id) for hmac, right_id in sorted(invites))
    Invite.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def close_doors(*, invites: Iterable[bytes]) -> None:
    """Delete the HMACs of secrets that are lost; their rights keep every other way in."""
    Invite.objects.filter(hmac__in=list(invites)).delete()


def issued(right_ids: Iterable[str]) -> set[str]:
    """Which of these rights have been used: yes or no, nothing more."""
    return set(
        Right.objects.filter(id__in=list(right_ids), issued__isnull=False).values_list("id", flat=True)
    )


def counts() -> dict[str, tuple[int, int, int]]:
    """Per key: rights, issued, re-issued; `close_round` publishes them.

    A right that was cleared for its re-issue had been issued before, so it counts once more: this is the
    number of values that were signed, and the one place where one person can be counted twice.
    """
    rows = Right.objects.values_list("kid").annotate(
        rights=Count("id"),
        used=Count("id", filter=Q(issued__isnull=False)),
        again=Count("id", filter=Q(reissued=True)),
    )
    return {kid: (rights, used + again, again) for kid, rights, used, again in rows.order_by("kid")}


@transaction.atomic(using="gate")
def keep_hours() -> int:
    """Write what is ten or more of the days that are over, and forget the rest; how many cells were written.

    Done by the night, under its own role: the gate itself writes nothing down.
    """
    try:
        here = shown()
    except FileNotFoundError:  # no round is frozen yet
        return 0
    digest, now = here.manifest.digest, settings.NOW().astimezone(ZoneInfo(here.manifest.tz))
    done = 0
    for day, path in hours.over(settings.GATE_HOURS, digest=digest, now=now):
        rows = [
            Hour(id=f"{kid}{slot}", kid=kid, slot=slot, count=number)
            for (place, hour), number in sorted(hours.whole(path).items())
            for kid, slot in [(here.manifest.entries[place].kid, f"{day}T{hour:02}")]
        ]
        Hour.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        transaction.on_commit(path.unlink, using="gate")
        done += len(rows)
    return done


def busy(*, after: str) -> list[tuple[str, str, int]]:
    """The hours that were written after this slot: key id, slot, number of rights used in it."""
    return list(Hour.objects.filter(slot__gt=after).order_by("id").values_list("kid", "slot", "count"))


def held(*, kids: Sequence[str]) -> dict[str, int]:
    """How many rights and invites stand under these keys."""
    rights = Right.objects.filter(kid__in=kids)
    invites_ = Invite.objects.filter(right__in=rights.values("id"))
    return {"right": rights.count(), "invite": invites_.count()}


def forget(*, kids: Sequence[str]) -> None:
    """Delete every right and invite under these keys, for a round whose counts are published."""
    rights = Right.objects.filter(kid__in=kids)
    Invite.objects.filter(right__in=rights.values("id")).delete()
    rights.delete()
