"""A roster comes in: gate, reader, rules, encryption, one new version or none."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from bening.core.frame import Cleaned, Terms
from bening.core.kinds import (
    Candidate,
    ContactKind,
    Eligibility,
    Fact,
    Group,
    Method,
    Place,
    Problem,
    Submission,
)
from bening.core.problems import refuse, severity
from bening.crypto import fields
from bening.files import phones
from bening.methods import load
from bening.web.frame.models import Contact, ContactPoint, Fault, Handover, Roster
from bening.web.frame.steps.check import check_file, rules_digest
from bening.web.registry.models import Institution, Locus, Participant, Round
from bening.web.registry.steps import record

BATCH = 5000
NAME, POINT, STAFF, WORDS = (
    "frame.name",
    "frame.point",
    "frame.staff",
    "frame.words",
)  # what a ciphertext is for
LIVE = ("submitted", "accepted", "frozen")  # versions that stand for a list


@transaction.atomic
def load_roster(
    *, by: str, round: Round, institution: Institution, group: Group, data: bytes, name: str, now: datetime
) -> Roster:
    """A new version of an institution's list, or the one that the same file made before.

    A file that cannot be judged changes nothing: Refused with all problems (FRAME-151, 170, 177, 180–183).
    """
    stop_if_closed(round, institution)
    digest = hashlib.sha256(data).hexdigest()
    versions = Roster.objects.filter(round=round, institution=institution, group=group)
    known = versions.filter(digest=digest).first()
    if known:
        return known
    method = load(round.method_id)
    loci = {
        code: (echelon, unit)
        for code, echelon, unit in Locus.objects.filter(
            round=round, unit__institution=institution
        ).values_list("unit__code", "unit__echelon", "unit_id")
    }
    terms = terms_of(
        round, institution, group, method, {code: echelon for code, (echelon, _) in loci.items()}
    )
    submission, cleaned = check_file(
        data, name=name, group=group, terms=partial(agreed, terms, institution, Place(name, ""))
    )
    roster = Roster.objects.create(
        round=round,
        institution=institution,
        group=group,
        version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
        digest=digest,
        source=submission.source[:200],
        extracted=submission.extracted,
        declared=dict(submission.declared),
        rows=cleaned.rows,
        accepted=len(cleaned.people),
        received=now,
        rules=rules_digest(method, group, round.reference),
    )
    keep(roster, submission, cleaned, {code: unit for code, (_, unit) in loci.items()})
    counts = {"rows": roster.rows, "accepted": roster.accepted, "version": roster.version}
    record(by=by, verb="load_roster", on=subject(roster), detail={**counts, "digest": digest})
    return roster


def subject(roster: Roster) -> str:
    """A roster in the audit trail."""
    return f"{roster.round.code}/{roster.institution.code}/{roster.group}/{roster.version}"


def stop_if_closed(round: Round, institution: Institution) -> None:
    """Takes the lock of an institution in a round; refuses strangers (FRAME-178), latecomers (FRAME-176)."""
    place = Participant.objects.select_for_update().filter(round=round, institution=institution).first()
    if place is None:
        raise refuse("FRAME-178", institution=institution.name, round=round.code)
    if Roster.objects.filter(round=round, state="frozen").exists():
        raise refuse("FRAME-176", round=round.code)


def terms_of(
    round: Round, institution: Institution, group: Group, method: Method, loci: dict[str, int]
) -> Terms:
    """What this list is judged by; other groups are compared with the staff list as far as it is there."""
    staff = set() if group == Group.INTERNAL else staff_indexes(round, institution)
    key = settings.SECRET("index")

    def is_staff(staff_id: str | None, points: Sequence[tuple[ContactKind, str]]) -> bool | None:
        if not staff:
            return None
        return any(fields.blind_index(key, value, field=POINT) in staff for _, value in points)

    return Terms(method, group, loci, round.reference, phones.parse, is_staff)


def staff_indexes(round: Round, institution: Institution) -> set[bytes]:
    """Keyed hashes of every contact point on the newest standing staff list; empty while there is none."""
    newest = (
        Roster.objects.filter(round=round, institution=institution, group=Group.INTERNAL, state__in=LIVE)
        .order_by("-version")
        .first()
    )
    found = ContactPoint.objects.filter(contact__roster=newest).values_list("index", flat=True)
    return {bytes(index) for index in found} if newest else set()


def agreed(terms: Terms, institution: Institution, place: Place, submission: Submission) -> Terms:
    """The terms, once the submission sheet names this institution (FRAME-177)."""
    if submission.institution.casefold() != institution.code.casefold():
        raise refuse(
            "FRAME-177", place, what="instansi", found=submission.institution[:40], wanted=institution.code
        )
    return terms


def keep(roster: Roster, submission: Submission, cleaned: Cleaned, units: dict[str, int]) -> None:
    """People, contact points, faults and the persons behind the list, encrypted."""
    secret, index = settings.SECRET("fields"), settings.SECRET("index")
    said = {
        "prepared_by": submission.prepared_by,
        "checked_by": submission.checked_by,
        "contact": submission.contact,
        "gaps": submission.gaps,
    }
    Handover.objects.create(roster=roster, words=fields.encrypt(secret, json.dumps(said), field=WORDS))
    contacts = [contact(roster, who, verdict, units, secret, index) for who, verdict in cleaned.people]
    Contact.objects.bulk_create(contacts, batch_size=BATCH)
    ContactPoint.objects.bulk_create(
        (
            point(row, kind, value, secret, index)
            for row, (who, _) in zip(contacts, cleaned.people, strict=True)
            for kind, value in who.points
        ),
        batch_size=BATCH,
    )
    Fault.objects.bulk_create(
        (fault(roster, problem, units.get(cleaned.units.get(problem.place.row or 0, "")), secret)
         for problem in cleaned.problems),
        batch_size=BATCH,
    )  # fmt: skip


def contact(
    roster: Roster, who: Candidate, verdict: Eligibility, units: dict[str, int], secret: bytes, index: bytes
) -> Contact:
    """One person as a row."""
    facts = who.facts
    staff_id = facts.get(Fact.STAFF_ID)
    return Contact(
        roster=roster,
        ref=uuid.uuid4().hex,
        row=who.row,
        unit_id=units.get(who.unit),
        status=str(facts.get(Fact.STATUS) or ""),
        category=str(facts.get(Fact.CATEGORY) or facts.get(Fact.KIND) or "")[:20],
        verdict=verdict.verdict,
        failed=list(verdict.failed),
        unknown=list(verdict.unknown),
        name=fields.encrypt(secret, str(facts[Fact.NAME]), field=NAME),
        staff_index=fields.blind_index(index, str(staff_id), field=STAFF) if staff_id else None,
    )


def point(row: Contact, kind: ContactKind, value: str, secret: bytes, index: bytes) -> ContactPoint:
    """One contact point as a row."""
    return ContactPoint(
        contact=row,
        kind=kind,
        value=fields.encrypt(secret, value, field=POINT),
        index=fields.blind_index(index, value, field=POINT),
    )


def fault(roster: Roster, problem: Problem, unit: int | None, secret: bytes) -> Fault:
    """One problem as a row."""
    return Fault(
        roster=roster,
        code=problem.code,
        severity=severity(problem),
        sheet=problem.place.sheet[:60],
        row=problem.place.row,
        column=problem.place.column[:40],
        words=fields.encrypt(secret, json.dumps(dict(problem.words)), field=WORDS),
        unit_id=unit,
    )


def problems(*, roster: Roster, file: str) -> Iterable[Problem]:
    """The problems of a stored roster in order of rows, words opened."""
    secret = settings.SECRET("fields")
    for row in roster.faults.all():
        words = json.loads(fields.decrypt(secret, bytes(row.words), field=WORDS))
        yield Problem(row.code, Place(file, row.sheet, row.row, row.column), words)


@transaction.atomic
def accept(*, by: str, roster: Roster) -> Roster:
    """The agency takes a submitted list as the institution's list; accepting again changes nothing."""
    row = Roster.objects.select_for_update().get(pk=roster.pk)
    if row.state == "accepted":
        return row
    if row.state != "submitted":
        raise refuse("FRAME-179", state=row.state, verb="diterima")
    row.state = "accepted"
    row.save(update_fields=["state"])
    record(by=by, verb="accept_roster", on=subject(row))
    return row
