"""What people report about an invitation, and what follows from it. Nothing here reaches the gate."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max

from bening.crypto import fields, invites
from bening.web.fieldwork.models import CheckCode, Feedback
from bening.web.frame.models import ContactPoint
from bening.web.outreach.steps import suppress
from bening.web.registry.models import Round

WORDS = "fieldwork.words"  # what a ciphertext is for
LONGEST = 500  # characters of a message
STOPPING = ("not_me", "not_employee", "never_used", "refuse")  # no further message to this person
BATCH = 500


@transaction.atomic
def take_in(*, round: Round, kind: str, source: str, code: str = "", words: str = "", day: date) -> None:
    """Keep one report. A check code names the person; an unknown one is the same as none.

    Who says that answers were dictated is never named, whatever was typed beside it.
    """
    person = None if kind == "coached" else person_of(round, code)
    secret = settings.SECRET("fields")
    Feedback.objects.create(
        round=round,
        kind=kind,
        source=source,
        contact_ref=person,
        words=fields.encrypt(secret, words[:LONGEST], field=WORDS) if words else None,
        day=day,
    )


def person_of(round: Round, text: str) -> str | None:
    """The person whose check code somebody typed; the same work for one that nobody has."""
    code = invites.read_check_code(text) or ""
    hmac = invites.check_hmac(settings.SECRET("check"), code)
    found = CheckCode.objects.filter(round=round, hmac=hmac).values_list("contact_ref", flat=True).first()
    return found or None


@transaction.atomic
def heed() -> int:
    """Stop the messages to whoever asked for it: the worker's turn; how many reports were done."""
    rows = list(Feedback.objects.filter(heeded=False).select_for_update(skip_locked=True)[:BATCH])
    for row in rows:
        if row.kind in STOPPING and row.contact_ref:
            suppress(indexes=points_of(row.contact_ref), reason=row.kind, source=row.source, day=row.day)
    Feedback.objects.filter(pk__in=[row.pk for row in rows]).update(heeded=True)
    return len(rows)


def points_of(ref: str) -> list[bytes]:
    """The blind indexes of everything by which a person can be reached."""
    rows = ContactPoint.objects.filter(contact__ref=ref).values_list("index", flat=True)
    return [bytes(index) for index in rows]


def by_kind(*, round: Round) -> list[tuple[str, int, int, date]]:
    """Kind, reports, those of them with words, day of the newest; the most frequent first."""
    rows = Feedback.objects.filter(round=round).values_list("kind")
    found = rows.annotate(n=Count("id"), said=Count("words"), newest=Max("day"))
    return sorted(found, key=lambda row: (-row[1], row[0]))


def messages(*, round: Round, newest: int = 50) -> list[tuple[date, str, str]]:
    """Day, kind and words of the newest messages, opened for the agency's page; never whose they are."""
    secret = settings.SECRET("fields")
    rows = Feedback.objects.filter(round=round, words__isnull=False).order_by("-day", "-id")[:newest]
    return [(row.day, row.kind, fields.decrypt(secret, bytes(row.words or b""), field=WORDS)) for row in rows]
