"""Contact persons are reminded of what they owe: by mail where there is one, else somebody calls them."""

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop, ngettext

from bening.core.kinds import Group
from bening.core.outreach import may_nudge, office_hours
from bening.web.frame.steps import Owed, owed
from bening.web.outreach.models import Nudge
from bening.web.outreach.steps.chain import today
from bening.web.outreach.steps.chase import LANGUAGE
from bening.web.outreach.steps.mail import send_letter
from bening.web.outreach.steps.texts import words
from bening.web.registry.models import ContactPerson, Institution, Round, Unit
from bening.web.registry.steps import record
from bening.web.registry.steps.contacts import contacts_of

LIMIT = 20  # places in one turn of the worker
GROUPS = {
    Group.INTERNAL: gettext_noop("list of staff"),
    Group.EXTERNAL: gettext_noop("list of users of services"),
    Group.EXPERT: gettext_noop("list of experts"),
}
WHAT = {
    "list": gettext_noop("hand over the %(group)s"),
    "hand_over": gettext_noop("finish and hand over the %(group)s"),
    "correct": gettext_noop("correct the %(group)s that was returned"),
}


class Debtor(NamedTuple):
    """An institution or unit with what it owes, whom to ask, and when they were last reminded."""

    institution: Institution
    unit: Unit | None
    owed: tuple[Owed, ...]
    contacts: tuple[ContactPerson, ...]
    last: Nudge | None


def debtors(*, round: Round, institution: Institution) -> list[Debtor]:
    """Everybody of an institution who owes something, in the order of what is due first."""
    return sorted(
        (debtor(owing, last) for owing, last in waiting(round) if owing[0].institution == institution),
        key=lambda one: (earliest(one), str(one.unit or "")),
    )


def waiting(round: Round) -> list[tuple[list[Owed], Nudge | None]]:
    """What each place owes, with its last reminder. A handful of queries, however many institutions."""
    owing: defaultdict[tuple[int, int | None], list[Owed]] = defaultdict(list)
    for one in owed(round=round):
        owing[one.institution.pk, one.unit.pk if one.unit else None].append(one)
    nudges = Nudge.objects.filter(round=round).order_by("day", "id")
    last = {(row.institution_id, row.unit_id): row for row in nudges}
    return [(found, last.get(place)) for place, found in owing.items()]


def debtor(owing: list[Owed], last: Nudge | None) -> Debtor:
    """A place with its contact persons."""
    institution, unit = owing[0].institution, owing[0].unit
    people = tuple(one for one in contacts_of(institution) if one.unit_id == (unit.pk if unit else None))
    return Debtor(institution, unit, tuple(owing), people, last)


def earliest(debtor: Debtor) -> date:
    """The first day something is due; far away where no day was set."""
    return min((one.due for one in debtor.owed if one.due), default=date.max)


def remind_contacts(*, by: str, round: Round, now: datetime) -> int:
    """Remind who owes something and may be reminded: at most once in three days, in office hours; how many.

    The row of the day is made before anything is sent: two workers meet on its constraint, and nobody is
    written to twice. Without a mail server or an address it is the row by which a page says whom to call.
    """
    done = 0
    for owing, last in waiting(round):
        institution = owing[0].institution
        day = today(institution, now)
        if done == LIMIT:
            break
        if not office_hours(now, institution.province) or not may_nudge(last.day if last else None, day):
            continue
        one = debtor(owing, last)
        if claim(by, round, one, day):
            done += 1
            told = [tell(round, one, person) for person in one.contacts if person.email]
            row = Nudge.objects.filter(round=round, institution=institution, unit=one.unit, day=day)
            row.update(mailed=any(told))
    return done


@transaction.atomic
def claim(by: str, round: Round, one: Debtor, day: date) -> bool:
    """Whether this worker is the one to remind them today."""
    _, new = Nudge.objects.get_or_create(
        round=round, institution=one.institution, unit=one.unit, day=day, defaults={"mailed": False}
    )
    if new:
        place = f"{one.institution.code}/{one.unit.code}" if one.unit else one.institution.code
        record(by=by, verb="remind_contact", on=f"{round.code}/{place}", detail={"owed": len(one.owed)})
    return new


def tell(round: Round, one: Debtor, person: ContactPerson) -> bool:
    """The letter to one contact person."""
    with translation.override(LANGUAGE):
        lines = "\n".join(f"- {line}" for line in owed_lines(one))
        filled = words(round, LANGUAGE, place=str(one.unit or one.institution), owed=lines)
    return send_letter("nudge", to=person.email, language=LANGUAGE, filled=filled)


def owed_lines(debtor: Debtor) -> list[str]:
    """What is owed as sentences, in the language of the moment."""
    return [owed_line(one) for one in debtor.owed]


def owed_line(one: Owed) -> str:
    """One thing that is owed, with its day."""
    group = gettext(GROUPS[one.group])
    if one.what == "answer":
        said = ngettext(
            "answer %(n)d question about the %(group)s",
            "answer %(n)d questions about the %(group)s",
            one.number,
        ) % {"n": one.number, "group": group}
    else:
        said = gettext(WHAT[one.what]) % {"group": group}
    if one.due is None:
        return said
    return gettext("%(what)s, due %(day)s") % {"what": said, "day": date_format(one.due, "j F Y")}
