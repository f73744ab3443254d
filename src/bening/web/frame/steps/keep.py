"""A judged list on its way into the tables: names, numbers and quoted cells encrypted, in batches."""

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.conf import settings

from bening.core.frame import Cleaned
from bening.core.kinds import Candidate, ContactKind, Eligibility, Fact, Problem, Submission
from bening.core.problems import severity
from bening.crypto import fields
from bening.web.frame.models import Contact, ContactPoint, Fault, Handover, Roster

BATCH = 5000
NAME, POINT, STAFF, WORDS = (
    "frame.name",
    "frame.point",
    "frame.staff",
    "frame.words",
)  # what a ciphertext is for


class Keys(NamedTuple):
    """The two keys of the frame: one for values, one for their hashes."""

    values: bytes
    hashes: bytes


class Keeper:
    """Takes the people of one roster as they are judged and writes them batch by batch."""

    def __init__(self, roster: Roster, units: Mapping[str, int]) -> None:
        self.roster, self.units = roster, units
        self.keys = Keys(settings.SECRET("fields"), settings.SECRET("index"))
        self.people: list[tuple[Candidate, Eligibility]] = []

    def take(self, who: Candidate, verdict: Eligibility) -> None:
        """One accepted person."""
        self.people.append((who, verdict))
        if len(self.people) == BATCH:
            self.write()

    def write(self) -> None:
        """The people taken since the last time."""
        contacts = [contact(self.roster, who, verdict, self.units, self.keys) for who, verdict in self.people]
        Contact.objects.bulk_create(contacts)
        ContactPoint.objects.bulk_create(
            point(row, kind, value, self.keys)
            for row, (who, _) in zip(contacts, self.people, strict=True)
            for kind, value in who.points
        )
        self.people.clear()

    def finish(self, submission: Submission, cleaned: Cleaned) -> None:
        """The last people, the problems, the persons behind the list."""
        self.write()
        said = {
            "prepared_by": submission.prepared_by,
            "checked_by": submission.checked_by,
            "contact": submission.contact,
            "gaps": submission.gaps,
        }
        words = fields.encrypt(self.keys.values, json.dumps(said), field=WORDS)
        Handover.objects.create(roster=self.roster, words=words)
        Fault.objects.bulk_create(self.faults(cleaned), batch_size=BATCH)

    def faults(self, cleaned: Cleaned) -> Iterable[Fault]:
        """The problems as rows, each with the unit it is about."""
        for problem in cleaned.problems:
            row = problem.place.row
            locus = cleaned.units.get(row) if row else problem.words.get("locus")
            yield fault(self.roster, problem, self.units.get(str(locus)), self.keys)


def contact(
    roster: Roster, who: Candidate, verdict: Eligibility, units: Mapping[str, int], keys: Keys
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
        name=fields.encrypt(keys.values, str(facts[Fact.NAME]), field=NAME),
        staff_index=fields.blind_index(keys.hashes, str(staff_id), field=STAFF) if staff_id else None,
    )


def point(row: Contact, kind: ContactKind, value: str, keys: Keys) -> ContactPoint:
    """One contact point as a row."""
    return ContactPoint(
        contact=row,
        kind=kind,
        value=fields.encrypt(keys.values, value, field=POINT),
        index=fields.blind_index(keys.hashes, value, field=POINT),
    )


def fault(roster: Roster, problem: Problem, unit: int | None, keys: Keys) -> Fault:
    """One problem as a row."""
    return Fault(
        roster=roster,
        code=problem.code,
        severity=severity(problem),
        sheet=problem.place.sheet[:60],
        row=problem.place.row,
        column=problem.place.column[:40],
        words=fields.encrypt(keys.values, json.dumps(dict(problem.words)), field=WORDS),
        unit_id=unit,
    )
