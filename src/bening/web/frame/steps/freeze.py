"""The frame is frozen: the newest accepted list of every institution and group, compared with one another."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from bening.core.kinds import Fact, Group, Problem, Severity, Verdict
from bening.crypto import fields
from bening.methods import load
from bening.web.frame.models import Contact, ContactPoint, Fault, Roster
from bening.web.frame.steps.load import WORDS
from bening.web.registry.models import Participant, Round
from bening.web.registry.steps import record

SAMPLED = (Group.INTERNAL, Group.EXTERNAL, Group.EXPERT)


@transaction.atomic
def freeze_frame(*, by: str, round: Round, now: datetime) -> str:
    """Freezes the newest accepted list of every institution and group and gives the frame's digest.

    Staff found on other groups' lists are shut out now, whichever list came first. Frozen stays frozen.
    """
    Round.objects.select_for_update().get(pk=round.pk)
    if Roster.objects.filter(round=round, state="frozen").exists():
        return frame_digest(round=round)
    for roster in newest(round):
        roster.state = "frozen"
        roster.save(update_fields=["state"])
    settle_staff(round)
    mark_twice(round)
    digest = frame_digest(round=round)
    lists = Roster.objects.filter(round=round, state="frozen").count()
    record(
        by=by, verb="freeze_frame", on=round.code,
        detail={"digest": digest, "lists": lists, "at": now.isoformat()},
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


def mark_twice(round: Round) -> None:
    """Marks staff who stand on the lists of two institutions (FRAME-152): for the agency's eyes only."""
    secret = settings.SECRET("fields")
    staff = (
        Contact.objects.filter(roster__round=round, roster__state="frozen", staff_index__isnull=False)
        .order_by("roster__institution__code", "row")
        .values_list("staff_index", "roster_id", "roster__institution__code", "row", "unit_id")
    )
    first: dict[bytes, str] = {}
    found = []
    for index, roster, institution, row, unit in staff.iterator():
        other = first.setdefault(bytes(index or b""), institution)
        if other != institution:
            words = fields.encrypt(secret, json.dumps({"other": other}), field=WORDS)
            found.append(
                Fault(
                    roster_id=roster,
                    code="FRAME-152",
                    severity=Severity.WARNING,
                    row=row,
                    unit_id=unit,
                    words=words,
                )
            )
    Fault.objects.bulk_create(found, batch_size=2000)


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
