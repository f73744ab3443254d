"""What institutions handed out and announced: counts of prints, and announcements to everybody of a kind."""

from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from bening.core.kinds import Audience, Tier
from bening.core.problems import refuse
from bening.web.outreach.models import Announcement, HandedOut
from bening.web.outreach.steps.chain import today
from bening.web.outreach.steps.people import CATEGORIES
from bening.web.outreach.steps.places import places
from bening.web.outreach.steps.texts import PRINTS, version
from bening.web.registry.models import Institution, Round, Unit
from bening.web.registry.steps import record


class Whole(NamedTuple):
    """An audience: everybody of a kind, and which unit, level or category where the kind asks for one."""

    audience: Audience
    unit: Unit | None = None
    tier: str = ""
    category: str = ""


@transaction.atomic
def announce(
    *,
    by: str,
    round: Round,
    institution: Institution,
    to: Whole,
    material: str,
    means: str,
    day: date,
    reached: int,
) -> Announcement:
    """Keep that an institution announced the survey to everybody of a kind (OUTREACH-106, OUTREACH-102).

    The same again on the same day changes nothing. It takes no list of people and knows no other audience.
    """
    needs = {
        Audience.UNIT: (True, False, False),
        Audience.TIER: (False, True, False),
        Audience.CATEGORY: (False, False, True),
    }.get(to.audience, (False, False, False))
    if (
        to.unit is not None,
        to.tier in set(Tier),
        to.category in CATEGORIES,
    ) != needs or material not in PRINTS:
        raise refuse("OUTREACH-106", audience=to.audience)
    if to.unit and to.unit not in places(round=round, institution=institution).units.values():
        raise refuse("OUTREACH-102", unit=to.unit.code)
    row, new = Announcement.objects.get_or_create(
        round=round, institution=institution, day=day, means=means, material=material,
        **to._asdict(), defaults={"reached": reached},
    )  # fmt: skip
    if new:
        record(
            by=by,
            verb="announce",
            on=f"{round.code}/{institution.code}",
            detail={"audience": to.audience, "material": material, "version": version()},
        )
    return row


@transaction.atomic
def hand_out(
    *, round: Round, institution: Institution, material: str, now: datetime, unit: Unit | None = None
) -> None:
    """Count one print that was fetched: by institution and day, never by person."""
    counter, _ = HandedOut.objects.get_or_create(
        round=round, institution=institution, unit=unit, material=material, version=version(),
        day=today(institution, now),
    )  # fmt: skip
    HandedOut.objects.filter(pk=counter.pk).update(count=F("count") + 1)
