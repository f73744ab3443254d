"""Letters: printed by a person in batches, confirmed by a person, and closed at the gate if they are lost."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max

from bening.core.kinds import DeliveryState
from bening.core.problems import refuse
from bening.crypto import invites
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.models import Attempt, Batch, CheckCode, Delivery
from bening.web.fieldwork.steps.words import codes_of, fixed_words, message, ways
from bening.web.frame import steps as frame
from bening.web.outreach.channels.letter.send import MOST, made
from bening.web.outreach.channels.letter.settings import configured
from bening.web.outreach.steps import suppressed
from bening.web.registry.models import Round
from bening.web.registry.steps import record
from bening.web.sample.models import Selection

CHANNEL = "letter"


def print_letters(*, by: str, round: Round, now: datetime) -> tuple[Batch, bytes] | None:
    """The next batch as a PDF, of one place and at most 200 letters; None if none waits.

    The file is made here for its one download and kept nowhere. If it is lost on the way, `void_letters`
    closes its doors and the letters wait again.
    """
    rows = claim(round, now)
    if not rows:
        return None
    opened = {row.pk: ways(row) for row in rows}
    pepper = settings.SECRET("pepper")
    doors = {row.pk: opened[row.pk].hmacs(pepper) for row in rows}
    gate.open_doors(invites=[(hmac, row.right) for row in rows for hmac in doors[row.pk]])
    with transaction.atomic():
        batch = start(by, rows, [hmac.hex() for row in rows for hmac in doors[row.pk]], now)
        addresses = frame.reach(points=[row.point_id for row in rows if row.point_id])
        codes, fixed = codes_of(round, [row.contact_ref for row in rows]), fixed_words(round)
        account = configured()
        sheets = [
            message(
                row, addresses[row.point_id], code=codes[row.contact_ref], ways=opened[row.pk], fixed=fixed
            )
            for row in rows
            if row.point_id
        ]
        if account is None:
            raise LookupError("no printer of letters")
        return batch, made(sheets, account)


def claim(round: Round, now: datetime) -> list[Delivery]:
    """Letters that wait, of the first place in order; who has answered or said stop leaves the queue."""
    waiting = Delivery.objects.filter(
        wave__round=round,
        channel=CHANNEL,
        state=DeliveryState.QUEUED,
        due_at__lte=now,
        not_after__gt=now,
        point__isnull=False,
    )
    rows = list(waiting.select_related("point", "wave").order_by("id"))
    used = gate.issued([row.right for row in rows])
    stopped = suppressed([bytes(row.point.index) for row in rows if row.point])
    leave([row for row in rows if row.right in used], "issued")
    leave([row for row in rows if row.point and bytes(row.point.index) in stopped], "opted_out")
    left = [
        row for row in rows if row.right not in used and row.point and bytes(row.point.index) not in stopped
    ]
    places = places_of(round, left)
    left.sort(key=lambda row: (places[row.contact_ref], row.pk))
    first = places[left[0].contact_ref] if left else ""
    return [row for row in left if places[row.contact_ref] == first][:MOST]


def leave(rows: list[Delivery], reason: str) -> None:
    """Take letters out of the queue; nothing says when."""
    ids = [row.pk for row in rows]
    waiting = Delivery.objects.filter(pk__in=ids, state=DeliveryState.QUEUED)
    waiting.update(state=DeliveryState.CANCELLED, reason=reason)


def places_of(round: Round, rows: list[Delivery]) -> dict[str, str]:
    """The stratum of each of these people: letters of one place lie together."""
    refs = [row.contact_ref for row in rows]
    drawn = Selection.objects.filter(stratum__round=round, contact_ref__in=refs)
    found = dict(drawn.values_list("contact_ref", "stratum__label"))
    return {ref: found.get(ref, "") for ref in refs}


def start(by: str, rows: list[Delivery], doors: list[str], now: datetime) -> Batch:
    """The batch on record with an attempt a letter: printed is `accepted`. Two printers share no letter."""
    ids = [row.pk for row in rows]
    held = Delivery.objects.filter(pk__in=ids, state=DeliveryState.QUEUED).select_for_update()
    if held.count() != len(ids):
        raise refuse("FIELD-165", batch="–")
    wave = rows[0].wave
    last = Batch.objects.filter(wave=wave).aggregate(last=Max("number"))["last"] or 0
    place = places_of(wave.round, rows[:1])[rows[0].contact_ref]
    batch = Batch.objects.create(wave=wave, number=last + 1, locus=place, doors=doors, day=now.date(), by=by)
    held.update(state=DeliveryState.ACCEPTED, attempts=F("attempts") + 1, batch=batch)
    for row in rows:
        row.attempts += 1
    Attempt.objects.bulk_create(
        Attempt(
            delivery=row, n=row.attempts, started_at=now, outcome="accepted", status="accepted", status_at=now
        )
        for row in rows
    )
    record(
        by=by, verb="print_letters", on=wave.round.code, detail={"batch": batch.number, "letters": len(rows)}
    )
    return batch


@transaction.atomic
def post_letters(*, by: str, batch: Batch) -> None:
    """The post has them: from now on nobody can close their doors by the batch."""
    row = printed(batch)
    Batch.objects.filter(pk=row.pk).update(state="posted", doors=[])
    row.letters.filter(state=DeliveryState.ACCEPTED).update(state=DeliveryState.SENT)
    record(by=by, verb="post_letters", on=row.wave.round.code, detail={"batch": row.number})


@transaction.atomic
def void_letters(*, by: str, batch: Batch) -> None:
    """They are lost: their secrets open nothing any more, and the letters wait to be printed again."""
    row = printed(batch)
    gate.close_doors(invites=[bytes.fromhex(door) for door in row.doors])
    Batch.objects.filter(pk=row.pk).update(state="void", doors=[])
    row.letters.filter(state=DeliveryState.ACCEPTED).update(state=DeliveryState.QUEUED, batch=None)
    record(by=by, verb="void_letters", on=row.wave.round.code, detail={"batch": row.number})


def printed(batch: Batch) -> Batch:
    """The batch, locked; refused once it was posted or voided (FIELD-165)."""
    row = Batch.objects.select_for_update(of=("self",)).select_related("wave__round").get(pk=batch.pk)
    if row.state != "printed":
        raise refuse("FIELD-165", batch=row.number)
    return row


@transaction.atomic
def letter_returned(*, by: str, round: Round, code: str) -> bool:
    """The post brought a letter back; by its check code, which stands on the envelope. False if nobody's."""
    read = invites.read_check_code(code) or ""
    hmac = invites.check_hmac(settings.SECRET("check"), read)
    known = CheckCode.objects.filter(round=round, hmac=hmac).first()
    rows = Delivery.objects.filter(
        wave__round=round,
        channel=CHANNEL,
        contact_ref=known.contact_ref if known else "",
        state__in=(DeliveryState.ACCEPTED, DeliveryState.SENT),
    )
    if not rows.update(state=DeliveryState.FAILED, code="returned", kind="contact_dead"):
        return False
    record(by=by, verb="letter_returned", on=round.code)
    return True
