"""The frame is frozen: the newest accepted list of every institution and group, compared with one another."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from bening.core.kinds import Fact, Group, Problem, Verdict
from bening.methods import load
from bening.web.frame.models import Contact, ContactPoint, Piece, Roster
from bening.web.frame.steps.twice import mark_twice
from bening.web.registry.models import Participant, Round
from bening.web.registry.steps import record

SAMPLED = (Group.INTERNAL, Group.EXTERNAL, Group.EXPERT)


@transaction.atomic
def freeze_frame(*, by: str, round: Round, now: datetime) -> str:
    """Freezes the newest accepted list of every institution and group and gives the frame's digest.

    Staff found on other groups' lists are shut out now, whichever list came first. Frozen stays frozen; the
    uploaded files are deleted.
    """
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    if Roster.objects.filter(round=round, state="frozen").exists():
        return frame_digest(round=round)
    for roster in newest(round):
        roster.state = "frozen"
        roster.save(update_fields=["state"])
    settle_staff(round)
    lists = staff_lists(round)
    mark_twice(lists, on=lists)
    Piece.objects.filter(upload__round=round).delete()  # files are kept for marking until here
    digest = frame_digest(round=round)
    frozen = Roster.objects.filter(round=round, state="frozen").count()
    record(
        by=by, verb="freeze_frame", on=round.code,
        detail={"digest": digest, "lists": frozen, "at": now.isoformat()},
    )  # fmt: skip
    return digest


def newest(round: Round) -> Iterable[Roster]:
    """The newest accepted version of every list."""
    accepted = Roster.objects.filter(round=round, state="accepted").order_by("version")
    return {(row.institution_id, row.group): row for row in accepted}.values()


def settle_staff(round: Round) -> None:
    """Decides for every person of the other groups whether they are staff of the same institution."""
    rules = load(round.method_id).eligibility
    frozen = Roster.objects.filter(round=round, state="frozen")
    for roster in frozen.exclude(group=Group.INTERNAL):
        rule = next((r.id for r in rules[Group(roster.group)] if r.field == Fact.MATCHES_INTERNAL), None)
        staff = frozen.filter(institution=roster.institution, group=Group.INTERNAL)
        if rule is None or not staff.exists():
            continue
        indexes = ContactPoint.objects.filter(contact__roster__in=staff).values("index")
        people = Contact.objects.filter(roster=roster)
        matching = people.filter(points__index__in=indexes)
        matched = set(matching.values_list("pk", flat=True))
        changed = [
            decided(row, rule, row.pk in matched) for row in people if row.pk in matched or row.unknown
        ]
        Contact.objects.bulk_update(changed, ["verdict", "failed", "unknown"], batch_size=2000)


def decided(row: Contact, rule: str, staff: bool) -> Contact:
    """The row with one rule decided."""
    row.unknown = [name for name in row.unknown if name != rule]
    if staff:
        row.failed = sorted({*row.failed, rule})
    row.verdict = Verdict.INELIGIBLE if row.failed else Verdict.UNDECIDED if row.unknown else Verdict.ELIGIBLE
    return row


def staff_lists(round: Round) -> list[int]:
    """The frozen staff lists in the order of their institutions."""
    lists = Roster.objects.filter(round=round, state="frozen", group=Group.INTERNAL)
    return list(lists.order_by("institution__code").values_list("pk", flat=True))


def frame_digest(*, round: Round) -> str:
    """SHA-256 over reference, institution, group and unit of everybody eligible, in order of references."""
    digest = hashlib.sha256()
    people = Contact.objects.filter(
        roster__round=round, roster__state="frozen", verdict=Verdict.ELIGIBLE
    ).order_by("ref")
    for row in people.values_list(
        "ref", "roster__institution__code", "roster__group", "unit__code"
    ).iterator():
        digest.update("\0".join(part or "" for part in row).encode() + b"\n")
    return digest.hexdigest()


def missing_lists(*, round: Round) -> list[Problem]:
    """Institutions without an accepted or frozen list of a group (FRAME-173)."""
    there = set(
        Roster.objects.filter(Q(state="accepted") | Q(state="frozen"), round=round).values_list(
            "institution_id", "group"
        )
    )
    return [
        Problem("FRAME-173", words={"institution": place.institution.name, "group": group.value})
        for place in Participant.objects.filter(round=round).select_related("institution")
        for group in SAMPLED
        if (place.institution_id, group.value) not in there
    ]
