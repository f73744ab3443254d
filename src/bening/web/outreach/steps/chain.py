"""Heads are invited, acknowledge, and say how many they have told; staff say that they have read it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F

from bening.core.kinds import Tier
from bening.core.outreach import zone
from bening.core.problems import refuse
from bening.crypto import fields
from bening.web.outreach.models import Head, Link, Reading, Relay
from bening.web.outreach.steps.links import new_link
from bening.web.outreach.steps.people import CATEGORIES, eligible_staff
from bening.web.outreach.steps.places import Places, places
from bening.web.registry.models import Institution, Round, Unit
from bening.web.registry.steps import record

EMAIL = "outreach.head"  # what a ciphertext is for
LEAST = 20  # readings a day that are always counted in a unit and category


class Invited(NamedTuple):
    """A head and the token of the page made for it just now."""

    head: Head
    token: str


@transaction.atomic
def enter_address(*, by: str, round: Round, institution: Institution, post: str, email: str) -> Head:
    """The e-mail address of an office, "" to take it away; the same again changes nothing (OUTREACH-104)."""
    head = entered(places(round=round, institution=institution), post)
    if address_of(head) != email:
        secret = settings.SECRET("fields")
        head.email = fields.encrypt(secret, email, field=EMAIL) if email else None
        head.save(update_fields=["email"])
        record(by=by, verb="enter_address", on=str(head))
    return head


@transaction.atomic
def invite_heads(
    *, by: str, round: Round, institution: Institution, tier: Tier, now: datetime
) -> list[Invited]:
    """A link for every head of a level who has not acknowledged; earlier links stay valid."""
    found = places(round=round, institution=institution)
    due = [post.key for post in found.posts if post.tier == tier and post.key not in found.acknowledged]
    return issue(by, [entered(found, key) for key in due], now)


@transaction.atomic
def invite_office(
    *, by: str, round: Round, institution: Institution, post: str, now: datetime
) -> list[Invited]:
    """A link for one office, because its sheet was lost or somebody new has come (OUTREACH-104)."""
    return issue(by, [entered(places(round=round, institution=institution), post)], now)


def issue(by: str, heads: list[Head], now: datetime) -> list[Invited]:
    """Links for these offices, and the day of the first invitation."""
    made = []
    for head in heads:
        day = today(head.institution, now)
        if head.invited is None:
            head.invited = day
            head.save(update_fields=["invited"])
        made.append(Invited(head, new_link(round=head.round, head=head, day=day)))
    if made:
        record(by=by, verb="invite_heads", on=str(made[0].head.institution), detail={"heads": len(made)})
    return made


def entered(found: Places, post: str) -> Head:
    """The row of a post, made when it is first needed (OUTREACH-104)."""
    place = next((each for each in found.posts if each.key == post), None)
    if place is None:
        raise refuse("OUTREACH-104", post=post)
    head, _ = Head.objects.get_or_create(
        round=found.round, institution=found.institution, tier=place.tier, unit=found.units.get(post)
    )
    return head


def address_of(head: Head) -> str:
    """The e-mail address of an office, opened; "" without one."""
    return fields.decrypt(settings.SECRET("fields"), bytes(head.email), field=EMAIL) if head.email else ""


@transaction.atomic
def purge_addresses(*, by: str, round: Round) -> dict[str, int]:
    """Deletes the addresses of offices and all links of a round; what was read and passed on stays."""
    counts = {
        "addresses": Head.objects.filter(round=round, email__isnull=False).update(email=None),
        "links": Link.objects.filter(round=round).delete()[0],
    }
    if any(counts.values()):
        record(by=by, verb="purge_addresses", on=round.code, detail=dict(counts))
    return counts


@transaction.atomic
def acknowledge(*, head: Head, now: datetime) -> Head:
    """The head has answered the questions rightly and agreed to the pledge; again changes nothing."""
    row = Head.objects.select_for_update().get(pk=head.pk)
    if row.acknowledged is None:
        row.acknowledged = today(head.institution, now)
        row.save(update_fields=["acknowledged"])
        record(by="link", verb="acknowledge", on=str(row))
    return row


@transaction.atomic
def pass_on(*, head: Head, day: date, means: str, briefed: Mapping[str, int], now: datetime) -> Relay:
    """A head says to how many it was passed on; leader and inspectorate pass on to heads, not to staff.

    Refused before the head has acknowledged (OUTREACH-105) and, for heads of units, without a number
    (OUTREACH-107). The same report again changes nothing.
    """
    row = Head.objects.select_for_update().get(pk=head.pk)
    counts = {category: n for category, n in briefed.items() if n and category in CATEGORIES}
    if row.acknowledged is None:
        raise refuse("OUTREACH-105")
    if row.unit_id and not counts:
        raise refuse("OUTREACH-107")
    relay, new = Relay.objects.get_or_create(
        head=row, day=min(day, today(head.institution, now)), means=means, briefed=counts
    )
    if new:
        record(by="link", verb="pass_on", on=str(row), detail={"staff": sum(counts.values())})
    return relay


@transaction.atomic
def take_back(*, head: Head, relay: int) -> bool:
    """A report that was wrong is taken away; only the head who made it can."""
    gone, _ = Relay.objects.filter(head=head, pk=relay).delete()
    if gone:
        record(by="link", verb="take_back", on=str(head))
    return bool(gone)


@transaction.atomic
def post_notice(*, by: str, round: Round, unit: Unit, now: datetime) -> str:
    """The token of a notice for everybody of a unit; notices that hang already stay valid."""
    token = new_link(round=round, unit=unit, day=today(unit.institution, now))
    record(by=by, verb="post_notice", on=f"{round.code}/{unit.institution.code}/{unit.code}")
    return token


@transaction.atomic
def read_notice(*, link: Link, category: str, now: datetime) -> bool:
    """One more of a unit has read it: a counter a day and category, no row, no time, no device.

    Not counted beyond as many a day as the locus lists, so that nobody can blow the figure up by tapping.
    No audit row: it would keep the time.
    """
    unit = link.unit
    assert unit is not None  # noqa: S101  the caller looked
    found = places(round=link.round, institution=unit.institution)
    listed = eligible_staff(round=link.round, institution=unit.institution)
    most = max(LEAST, listed.get((found.locus(unit) or "", category), 0))
    counter, _ = Reading.objects.get_or_create(
        round=link.round, unit=unit, category=category, day=today(unit.institution, now)
    )
    return bool(Reading.objects.filter(pk=counter.pk, count__lt=most).update(count=F("count") + 1))


def today(institution: Institution, now: datetime) -> date:
    """The day where the institution is."""
    return now.astimezone(zone(institution.province)).date()
