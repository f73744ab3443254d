"""The public log: once a day the new ballots' hashes, sorted, under a signed root; none can be taken back."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connections, transaction

from bening.core.response import LogLeaf, landmarks
from bening.crypto import merkle, notes
from bening.web.response.box.models import Ballot, Checkpoint, Leaf
from bening.web.response.box.steps.keep import shown

BATCH = 5000
NEW = """SELECT b.h FROM box_ballot b WHERE NOT EXISTS
  (SELECT 1 FROM box_leaf l WHERE l.data = %s::bytea || b.h) ORDER BY b.h"""


class Proof(NamedTuple):
    """Where a ballot stands in the log."""

    place: int
    size: int
    path: Sequence[bytes]
    checkpoint: str


@transaction.atomic(using="box")
def log_day(*, extra: Iterable[bytes] = ()) -> Checkpoint | None:
    """Append what is new, in sorted order, with its checkpoint: all in one transaction, so a day is whole.

    `extra`: leaves of other kinds (`LogLeaf`). The first batch begins with manifest and client bundle. When
    nothing is new, nothing is written and the last checkpoint stands.
    """
    with connections["box"].cursor() as cursor:
        cursor.execute("LOCK TABLE box_leaf IN EXCLUSIVE MODE")  # two nightly runs pass one by one
        cursor.execute(NEW, [LogLeaf.BALLOT])
        found = [LogLeaf.BALLOT + bytes(h) for (h,) in cursor.fetchall()]
    have = leaves()
    first = [] if have else frozen_leaves()
    known = set(have)
    fresh = [leaf for leaf in (*first, *found, *sorted(set(extra))) if leaf not in known]
    last = Checkpoint.objects.order_by("-size").first()
    if not fresh:
        return last
    rows = (Leaf(place=len(have) + at, data=leaf) for at, leaf in enumerate(fresh))
    Leaf.objects.bulk_create(rows, batch_size=BATCH)
    tree = merkle.Tree([*have, *fresh])
    origin = shown().manifest.log["origin"]
    text = notes.checkpoint(origin, len(tree), tree.root())
    return Checkpoint.objects.create(size=len(tree), note=notes.signed(text, origin, settings.SECRET("log")))


def frozen_leaves() -> list[bytes]:
    """What was fixed before the first ballot: the manifest and the client that phones run."""
    digest = bytes.fromhex(shown().manifest.digest)
    bundles = sorted(path.name for path in (settings.CLIENT_DIR / "c").glob("*") if len(path.name) == 64)
    return [LogLeaf.MANIFEST + digest, *(LogLeaf.CLIENT + bytes.fromhex(name) for name in bundles)]


def leaves() -> list[bytes]:
    """The whole log, in its order."""
    return [bytes(data) for data in Leaf.objects.order_by("place").values_list("data", flat=True)]


def publish_log(*, folder: Path) -> int:
    """Write `leaves`, `landmarks`, `checkpoints` and the newest `checkpoint` as anybody may fetch them.

    The checkpoint comes last: what it signs is there before it is. Returns the log's size.
    """
    last = Checkpoint.objects.order_by("-size").first()
    if last is None:
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    rows = leaves()[: last.size]
    whole(folder / "leaves", rows)
    whole(folder / "landmarks", [landmarks(rows, merkle.Tree(rows).inclusion, note=last.note)])
    whole(folder / "checkpoints", every_note())
    whole(folder / "checkpoint", [last.note.encode()])
    return last.size


def export(*, folder: Path) -> int:
    """Log what is left, then write all ballots by hash, the leaves and every checkpoint; how many ballots.

    A file appears under its name only when it is whole, so a killed export is simply run again.
    """
    log_day()
    folder.mkdir(parents=True, exist_ok=True)
    rows = Ballot.objects.order_by("h").values_list("body", flat=True)
    count = whole(folder / "ballots.bin", (bytes(body) for body in rows.iterator(chunk_size=1000)))
    whole(folder / "leaves.bin", leaves())
    whole(folder / "checkpoints.txt", every_note())
    return count


def every_note() -> list[bytes]:
    """All checkpoints, the first one first, an empty line after each."""
    rows = Checkpoint.objects.order_by("size").values_list("note", flat=True)
    return [f"{note}\n".encode() for note in rows]


_published: tuple[object, merkle.Tree, dict[bytes, int], str] | None = None


def proof(*, h: bytes, size: int | None) -> Proof | None:
    """The place of a ballot under the published checkpoint, or under an older size that a witness saw.

    None while the ballot is in no published batch. Reads the published files, once a night.
    """
    tree, places, note = published()
    size = len(tree) if size is None else size
    index = places.get(LogLeaf.BALLOT + h)
    if index is None or not index < size <= len(tree):
        return None
    return Proof(index, size, tree.inclusion(index, size), note)


def published() -> tuple[merkle.Tree, dict[bytes, int], str]:
    """The log as it was last published: as far as its checkpoint goes, which is written last."""
    global _published
    path = settings.LOG_DIR / "checkpoint"
    if not path.exists():
        return merkle.Tree([]), {}, ""
    mark = (path.stat().st_mtime_ns, path)
    if _published is None or _published[0] != mark:
        note = path.read_text(encoding="utf-8")
        data = (settings.LOG_DIR / "leaves").read_bytes()[: LogLeaf.SIZE * int(note.split("\n")[1])]
        rows = [data[at : at + LogLeaf.SIZE] for at in range(0, len(data), LogLeaf.SIZE)]
        _published = mark, merkle.Tree(rows), {leaf: at for at, leaf in enumerate(rows)}, note
    return _published[1], _published[2], _published[3]


def whole(path: Path, parts: Iterable[bytes]) -> int:
    """Write a file completely before it gets its name; returns the number of parts."""
    count = 0
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        for count, data in enumerate(parts, start=1):  # noqa: B007  the last number is the count
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return count
