"""An upload on its way to being a version: received, introduced, checked under a lease, done or refused."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, connections, transaction
from django.db.models import F, Q, QuerySet

from bening.core.kinds import Group, Place, Problem
from bening.core.problems import Refused
from bening.crypto import fields
from bening.web.frame.models import Piece, Roster, Upload
from bening.web.frame.steps.load import digest_of, load_roster, stop_if_closed
from bening.web.frame.steps.parcel import Parcel, field_of
from bening.web.registry.models import Institution, Round
from bening.web.registry.steps import record

SAID, WHY = "frame.upload", "frame.refusal"  # what a ciphertext is for
LEASE = timedelta(seconds=60)
PULSE = 1.0  # seconds between two signs of life
TRIES = 3  # a file that brings the worker down so often is given up


@transaction.atomic
def receive(
    *, by: str, round: Round, institution: Institution, group: Group, parcel: Parcel, now: datetime
) -> Upload:
    """Keeps an uploaded file and queues it; the same file again is the same upload.

    A file that cannot hold its own submission sheet waits for one (`introduce`).
    """
    stop_if_closed(round, institution, wait=False)
    own = Upload.objects.filter(round=round, institution=institution, group=group)
    own.filter(state="waiting").exclude(digest=parcel.digest).delete()
    try:
        with transaction.atomic():
            upload = Upload.objects.create(
                key=parcel.key, round=round, institution=institution, group=group, digest=parcel.digest,
                size=parcel.size, lines=parcel.lines, received=now, by=by, said=said_of(parcel.name, {}),
                state="queued" if parcel.introduced else "waiting",
            )  # fmt: skip
    except IntegrityError:  # upload_file_once: this file is here already, perhaps since this very moment
        return own.exclude(state="refused").get(digest=parcel.digest)
    for n, data in enumerate(parcel.pieces()):
        Piece.objects.create(upload=upload, n=n, data=data)
    record(by=by, verb="receive_upload", on=subject(upload), detail={"digest": upload.digest})
    return upload


@transaction.atomic
def introduce(*, by: str, upload: Upload, notes: Mapping[str, str]) -> Upload:
    """Gives a waiting file the submission sheet it lacks and queues it; an introduced one stays as it is."""
    row = Upload.objects.select_for_update().get(pk=upload.pk)
    if row.state != "waiting":
        return row
    row.digest = digest_of(row.digest, notes)
    row.said, row.state = said_of(told_name(row), notes), "queued"
    try:
        with transaction.atomic():
            row.save(update_fields=["digest", "said", "state"])
    except IntegrityError:  # the same file with the same words
        Upload.objects.filter(pk=row.pk).delete()
        same = Upload.objects.filter(round=row.round, institution=row.institution, group=row.group)
        return same.exclude(state="refused").get(digest=row.digest)
    record(by=by, verb="introduce_upload", on=subject(row))
    return row


def check_upload(*, now: datetime) -> Upload | None:
    """Checks the upload that waits longest: a version, or the reasons against it. None if none waits."""
    upload = claim(now)
    if upload is None:
        return None
    if upload.attempts > TRIES:
        return give_up(upload, Refused(Problem("FRAME-189", words={"attempts": TRIES})).problems)
    count = Count()
    try:
        with alive(upload, count):
            roster = load_roster(
                by=upload.by, round=upload.round, institution=upload.institution, group=Group(upload.group),
                data=bytes(opened(upload)), name=told_name(upload), notes=told_notes(upload), now=now,
                draft=True, passing=count.one,
            )  # fmt: skip
    except Refused as stop:
        return give_up(upload, stop.problems)
    return finish(upload, roster)


def claim(now: datetime) -> Upload | None:
    """Leases one upload by a conditional update; one whose lease ran out was left by a worker that died."""
    free = Upload.objects.filter(Q(state="queued") | Q(state="checking", lease_until__lt=now))
    for pk in free.values_list("pk", flat=True)[:20]:
        if free.filter(pk=pk).update(
            state="checking", lease_until=now + LEASE, attempts=F("attempts") + 1, rows=0
        ):
            return Upload.objects.select_related("round", "institution").get(pk=pk)
    return None


def held(upload: Upload) -> QuerySet[Upload]:
    """The upload as long as this attempt still holds it."""
    return Upload.objects.filter(pk=upload.pk, state="checking", attempts=upload.attempts)


class Count:
    """Rows that have gone by."""

    def __init__(self) -> None:
        self.rows = 0

    def one(self) -> None:
        """One more."""
        self.rows += 1


@contextmanager
def alive(upload: Upload, count: Count) -> Iterator[None]:
    """Shows progress and renews the lease while a list is checked, beside the transaction that checks it."""
    over = threading.Event()

    def beat() -> None:
        try:
            while not over.wait(PULSE):
                held(upload).update(rows=count.rows, lease_until=settings.NOW() + LEASE)
        finally:
            connections.close_all()  # this thread's own

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@transaction.atomic
def finish(upload: Upload, roster: Roster) -> Upload:
    """The upload is this version; a worker that lost its lease changes nothing."""
    held(upload).update(state="done", roster=roster, rows=roster.rows, lease_until=None)
    return Upload.objects.get(pk=upload.pk)


@transaction.atomic
def give_up(upload: Upload, problems: tuple[Problem, ...]) -> Upload:
    """The upload is refused and its file is not kept."""
    words = json.dumps(
        [[p.code, p.place.sheet, p.place.row, p.place.column, dict(p.words)] for p in problems]
    )
    why = fields.encrypt(settings.SECRET("fields"), words, field=WHY)
    if held(upload).update(state="refused", problems=why, lease_until=None):
        Piece.objects.filter(upload=upload).delete()
        codes = sorted({problem.code for problem in problems})
        record(by=upload.by, verb="refuse_upload", on=subject(upload), detail={"codes": codes})
    return Upload.objects.get(pk=upload.pk)


def opened(upload: Upload) -> bytearray:
    """The file itself; empty when it is no longer kept."""
    key, data = settings.SECRET("fields"), bytearray()
    for n, piece in Piece.objects.filter(upload=upload).values_list("n", "data").iterator(chunk_size=1):
        data += fields.decrypt_bytes(key, bytes(piece), field=field_of(upload.key, n))
    return data


def refusals(*, upload: Upload) -> list[Problem]:
    """Why an upload was refused, words opened."""
    if upload.problems is None:
        return []
    text = fields.decrypt(settings.SECRET("fields"), bytes(upload.problems), field=WHY)
    name = told_name(upload)
    return [
        Problem(code, Place(name, sheet, row, column), words)
        for code, sheet, row, column, words in json.loads(text)
    ]


def said_of(name: str, notes: Mapping[str, str]) -> bytes:
    """Name and submission sheet, encrypted."""
    return fields.encrypt(
        settings.SECRET("fields"), json.dumps({"name": name, "notes": dict(notes)}), field=SAID
    )


def told(upload: Upload) -> dict[str, object]:
    """Name and submission sheet, opened."""
    return json.loads(fields.decrypt(settings.SECRET("fields"), bytes(upload.said), field=SAID))


def told_name(upload: Upload) -> str:
    """The name of the file."""
    return str(told(upload)["name"])


def told_notes(upload: Upload) -> dict[str, str]:
    """What a form said in the stead of a submission sheet; empty where the file has its own."""
    return dict(told(upload)["notes"])  # type: ignore[call-overload]  # written by `said_of`


def subject(upload: Upload) -> str:
    """An upload in the audit trail."""
    return f"{upload.round.code}/{upload.institution.code}/{upload.group}/{upload.key[:8]}"
