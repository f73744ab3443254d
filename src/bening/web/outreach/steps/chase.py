"""What goes out to offices: invitations, a reminder after three days, a note to the one above after five."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import translation

from bening.core.kinds import Chase
from bening.core.outreach import office_hours, what_is_due
from bening.core.outreach.timing import REMIND_AFTER, WIT
from bening.web.outreach.models import Head
from bening.web.outreach.steps.chain import Invited, address_of, today
from bening.web.outreach.steps.links import address, new_link
from bening.web.outreach.steps.mail import send_letter
from bening.web.outreach.steps.offices import office
from bening.web.outreach.steps.places import places
from bening.web.outreach.steps.texts import words
from bening.web.registry.models import Round
from bening.web.registry.steps import record

LANGUAGE = "id"  # of letters to offices
LIMIT = 50  # offices in one turn of the worker


def send_invitations(*, invited: Iterable[Invited]) -> int:
    """Send the links just made to the offices with an address; the others stay marked as unsent."""
    return sum(sent(one.head, "invite_head", link=address(one.token)) for one in invited)


def remind_heads(*, by: str, round: Round, now: datetime) -> int:
    """Do what is due to heads who have not acknowledged, in office hours where they are; how many it was.

    Each is claimed by a conditional update before anything is sent, so that two workers never write twice.
    """
    long_ago = now.astimezone(WIT).date() - REMIND_AFTER
    waiting = Head.objects.filter(round=round, acknowledged=None, invited__lte=long_ago, told_above=None)
    done = 0
    for head in waiting.select_related("institution", "unit", "round").order_by("invited", "id"):
        if done == LIMIT:
            break
        day = today(head.institution, now)
        due = what_is_due(head.invited, head.reminded, head.told_above, acknowledged=False, today=day)
        if due and office_hours(now, head.institution.province) and claimed(head, due, now):
            remind(head, now) if due == Chase.REMIND else tell_above(head)
            record(by=by, verb=f"{due}_head", on=str(head))
            done += 1
    return done


def claimed(head: Head, due: Chase, now: datetime) -> bool:
    """Whether this worker is the one to do it."""
    name = "reminded" if due == Chase.REMIND else "told_above"
    free = Head.objects.filter(pk=head.pk, acknowledged=None, **{f"{name}__isnull": True})
    return free.update(**{name: today(head.institution, now)}) == 1


def remind(head: Head, now: datetime) -> bool:
    """The letter with a fresh link; without an address somebody has to call."""
    if not head.email:
        return mark(head, went=False)
    with transaction.atomic():
        token = new_link(round=head.round, head=head, day=today(head.institution, now))
    return sent(head, "remind_head", link=address(token))


def tell_above(head: Head) -> bool:
    """Let the office above know which office below it has not read the briefing."""
    found = places(round=head.round, institution=head.institution)
    own = next((post for post in found.posts if found.heads.get(post.key) == head), None)
    above = found.heads.get(own.above or "") if own else None
    with translation.override(LANGUAGE):
        below = office(head)
    if above is None or not above.email:
        return mark(head, went=False)
    return mark(head, went=write(above, "tell_above", below=below))


def sent(head: Head, letter: str, **more: str) -> bool:
    """Send one letter to an office and keep whether it went out."""
    return mark(head, went=bool(head.email) and write(head, letter, **more))


def write(head: Head, letter: str, **more: str) -> bool:
    """Fill in and send."""
    with translation.override(LANGUAGE):
        filled = words(head.round, LANGUAGE, office=office(head), **more)
    return send_letter(letter, to=address_of(head), language=LANGUAGE, filled=filled)


def mark(head: Head, *, went: bool) -> bool:
    """Keep whether the last message went out: if not, a list shows whom to call."""
    Head.objects.filter(pk=head.pk).update(unsent=not went)
    return went
