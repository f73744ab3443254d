"""Who is visited, and the secrets on their way to a tablet: the worker's half, which asks and tells the gate.

Secrets are made here and sealed at once to a key that never leaves the tablet: no list of them lies
anywhere, and the doors of a lost tablet can be closed.
"""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from bening.core import canonical
from bening.core.fieldwork import dealt, visit_counts
from bening.core.kinds import Group
from bening.core.problems import refuse
from bening.core.sample import draw
from bening.crypto import invites, seal
from bening.web.fieldwork.gate import steps as gate
from bening.web.fieldwork.models import Delivery, Tablet, Visit, VisitDraw
from bening.web.fieldwork.steps.tablets import INFO
from bening.web.fieldwork.steps.visits import over, today
from bening.web.outreach.steps import suppressed
from bening.web.registry.models import Role, Round
from bening.web.registry.steps import record
from bening.web.sample.models import Selection

VISITED = (Group.INTERNAL, Group.EXTERNAL)  # experts choose whom they rate, which takes their own phone
LIFE = timedelta(days=14)  # of a list, and never longer than the round
OUT = ("opted_out", "not_eligible")  # why a message to somebody was cancelled for good


@transaction.atomic
def draw_visits(
    *,
    by: str,
    round: Round,
    percent: int,
    interviewers: Sequence[str],
    now: datetime,
    seed: bytes | None = None,
) -> VisitDraw:
    """Draw who is visited, by stratum and with one known chance, and deal them out; once a round.

    `seed` (32 bytes) is for a demo that has to be repeatable. Refuses accounts that are no interviewers
    (FIELD-142) and a round where nobody waits (FIELD-140).
    """
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    if made := VisitDraw.objects.filter(round=round).first():
        return made
    known = set(Role.objects.filter(name="interviewer").values_list("user__username", flat=True))
    if not interviewers or not known.issuperset(interviewers):
        raise refuse("FIELD-142", names=", ".join(sorted(set(interviewers) - known)) or "–")
    rights, strata = waiting(round)
    if not rights:
        raise refuse("FIELD-140", round=round.code)
    counts = visit_counts({label: len(refs) for label, refs in strata.items()}, percent)
    seed = seed or os.urandom(32)
    drawn = [ref for one in draw(strata, counts, seed) for ref in one.drawn]
    made = VisitDraw.objects.create(
        round=round,
        seed=seed,
        counts={label: [len(strata[label]), counts[label]] for label in counts},
        percent=percent,
        expires=min(today(round, now) + LIFE, round.closes),
        by=by,
    )
    Visit.objects.bulk_create(
        Visit(round=round, number=number, contact_ref=ref, right=rights[ref], interviewer=who)
        for number, (ref, who) in enumerate(dealt(drawn, interviewers), 1)
    )
    record(by=by, verb="draw_visits", on=round.code, detail={"percent": percent, "drawn": len(drawn)})
    return made


def waiting(round: Round) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Who was invited, has not answered and may be written to: the right of each, and refs by stratum."""
    rows = Delivery.objects.filter(wave__round=round)
    out = set(rows.filter(reason__in=OUT).values_list("contact_ref", flat=True))
    points = list(rows.filter(point__isnull=False).values_list("contact_ref", "point__index"))
    stopped = suppressed(bytes(index) for _, index in points)
    out |= {ref for ref, index in points if bytes(index) in stopped}
    rights = dict(rows.exclude(contact_ref__in=out).order_by("-id").values_list("contact_ref", "right"))
    used = gate.issued(rights.values())
    rights = {ref: right for ref, right in rights.items() if right not in used}
    drawn = Selection.objects.filter(
        stratum__round=round, stratum__group__in=VISITED, contact_ref__in=rights
    ).order_by("contact_ref")
    strata: dict[str, list[str]] = {}
    for ref, label in drawn.values_list("contact_ref", "stratum__label"):
        strata.setdefault(label, []).append(ref)
    return {ref: rights[ref] for refs in strata.values() for ref in refs}, strata


def tend_tablets(*, now: datetime) -> int:
    """Close the doors of lost tablets and seal what others wait for; how many were tended."""
    lost = list(Tablet.objects.filter(lost=True).exclude(doors=[]))
    for tablet in lost:
        gate.close_doors(invites=map(bytes.fromhex, tablet.doors))
        Tablet.objects.filter(pk=tablet.pk).update(doors=[])
    wanted = list(Tablet.objects.filter(wanted=True, lost=False).select_related("round"))
    for tablet in wanted:
        load(tablet, now)
    return len(lost) + len(wanted)


def load(tablet: Tablet, now: datetime) -> None:
    """Fresh secrets for the open visits: to the gate first, then sealed into the row."""
    made = VisitDraw.objects.get(round=tablet.round)
    visits = Visit.objects.filter(round=tablet.round, interviewer=tablet.interviewer)
    still = [visit for visit in visits.prefetch_related("results") if not over(list(visit.results.all()))]
    used = gate.issued(visit.right for visit in still)
    if today(tablet.round, now) > made.expires:
        still = []
    secrets = {visit: invites.new_secret() for visit in still if visit.right not in used}
    pepper = settings.SECRET("pepper")
    doors = {invites.invite_hmac(pepper, secret): visit.right for visit, secret in secrets.items()}
    with transaction.atomic():
        # Kept before they open anything: a crash in between leaves doors that are known, never unknown ones.
        row = Tablet.objects.select_for_update().get(pk=tablet.pk)
        Tablet.objects.filter(pk=row.pk).update(doors=[*row.doors, *(door.hex() for door in doors)])
    gate.open_doors(invites=doors.items())
    words = {
        "expires": made.expires.isoformat(),
        "visits": [
            {"number": visit.number, "secret": invites.link_text(secret)} for visit, secret in secrets.items()
        ],
    }
    sealed = seal.seal(canonical.dump(words), INFO, key=bytes(tablet.key))
    Tablet.objects.filter(pk=tablet.pk, lost=False).update(wanted=False, sealed=sealed)
