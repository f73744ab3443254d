"""Staff who stand on the lists of two institutions: found by keyed hashes, told to the agency alone."""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count

from bening.core.frame import plain_name
from bening.core.kinds import ContactKind, Severity
from bening.crypto import fields
from bening.web.frame.models import Contact, ContactPoint, Fault
from bening.web.frame.steps.keep import BATCH, NAME, WORDS


class Entry(NamedTuple):
    """One row of a list that shares its staff number, or name and phone, with a row of another list."""

    key: object
    roster: int
    institution: str
    row: int
    unit: int | None


def mark_twice(rosters: Sequence[int], *, on: Collection[int]) -> None:
    """Marks people who stand on two institutions' lists (FRAME-152) on those of the rosters in `on`.

    The institution first in order keeps the person; the marks of an earlier look are taken back.
    """
    Fault.objects.filter(roster__in=on, code="FRAME-152").delete()
    turn = {roster: place for place, roster in enumerate(rosters)}
    entries = sorted((*by_number(rosters), *by_phone(rosters)), key=lambda one: (turn[one.roster], one.row))
    first: dict[object, str] = {}
    found: dict[tuple[int, int], tuple[Entry, str]] = {}
    for entry in entries:
        other = first.setdefault(entry.key, entry.institution)
        if other != entry.institution and entry.roster in on:
            found.setdefault((entry.roster, entry.row), (entry, other))
    Fault.objects.bulk_create((mark(entry, other) for entry, other in found.values()), batch_size=BATCH)


def mark(entry: Entry, other: str) -> Fault:
    """The finding about one row."""
    words = fields.encrypt(settings.SECRET("fields"), json.dumps({"other": other}), field=WORDS)
    return Fault(
        roster_id=entry.roster,
        code="FRAME-152",
        severity=Severity.WARNING,
        row=entry.row,
        unit_id=entry.unit,
        words=words,
    )


def by_number(rosters: Sequence[int]) -> Iterator[Entry]:
    """Rows whose staff number stands on the lists of two institutions."""
    staff = Contact.objects.filter(roster__in=rosters, staff_index__isnull=False)
    lists = Count("roster__institution", distinct=True)
    twice = staff.values("staff_index").annotate(lists=lists).filter(lists__gt=1)
    columns = ("staff_index", "roster_id", "roster__institution__code", "row", "unit_id")
    rows = staff.filter(staff_index__in=twice.values("staff_index"))
    for index, *place in rows.values_list(*columns).iterator():
        yield Entry(bytes(index or b""), *place)


def by_phone(rosters: Sequence[int]) -> Iterator[Entry]:
    """Rows whose phone and name stand on the lists of two institutions; the names of these few are opened."""
    secret = settings.SECRET("fields")
    numbers = ContactPoint.objects.filter(contact__roster__in=rosters, kind=ContactKind.PHONE)
    lists = Count("contact__roster__institution", distinct=True)
    twice = numbers.values("index").annotate(lists=lists).filter(lists__gt=1)
    columns = (
        "index", "contact__name", "contact__roster_id", "contact__roster__institution__code",
        "contact__row", "contact__unit_id",
    )  # fmt: skip
    rows = numbers.filter(index__in=twice.values("index"))
    for index, name, *place in rows.values_list(*columns).iterator():
        yield Entry((bytes(index), plain_name(fields.decrypt(secret, bytes(name), field=NAME))), *place)
