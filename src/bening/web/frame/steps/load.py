"""A roster comes in: gate, reader, rules, and then one new version or none."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from bening.core.frame import Cleaned, Terms
from bening.core.kinds import ContactKind, Group, Place, Problem, Submission
from bening.core.problems import refuse
from bening.crypto import fields
from bening.files import phones, reader
from bening.methods import load
from bening.web.frame.models import ContactPoint, Roster
from bening.web.frame.steps.check import open_file, rules_digest
from bening.web.frame.steps.keep import NAME as NAME
from bening.web.frame.steps.keep import POINT as POINT
from bening.web.frame.steps.keep import WORDS, Keeper
from bening.web.frame.steps.references import statistic, titles
from bening.web.frame.steps.twice import mark_twice
from bening.web.registry.models import Institution, Locus, Participant, Round
from bening.web.registry.steps import record

LIVE = ("submitted", "accepted", "frozen")  # versions that stand for a list
AGENCY_ONLY = ("FRAME-152",)  # tells about another institution


@transaction.atomic
def load_roster(
    *,
    by: str,
    round: Round,
    institution: Institution,
    group: Group,
    data: bytes,
    name: str,
    now: datetime,
    draft: bool = False,
    notes: Mapping[str, str] | None = None,
    passing: Callable[[], None] | None = None,
) -> Roster:
    """A new version of an institution's list, or the one that the same file made before.

    A draft is looked at and not yet handed over; `notes` are the submission sheet of a file that has none;
    `passing` is called for every row that goes by. A file that cannot be judged changes nothing: Refused with
    all problems (FRAME-151, 170, 177, 180–183).
    """
    stop_if_closed(round, institution)
    digest = digest_of(hashlib.sha256(data).hexdigest(), notes or {})
    versions = Roster.objects.filter(round=round, institution=institution, group=group)
    known = versions.filter(digest=digest).first()
    if known:
        return known
    opened = open_file(reader.read(data, name=name), name=name, group=group, notes=notes, passing=passing)
    stop_strangers(opened.submission, institution, Place(name, ""))
    loci = list(
        Locus.objects.filter(round=round, unit__institution=institution).values_list(
            "unit__code", "unit__echelon", "unit_id"
        )
    )
    terms = terms_of(round, institution, group, {code: echelon for code, echelon, _ in loci})
    roster = Roster.objects.create(
        round=round,
        institution=institution,
        group=group,
        version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
        digest=digest,
        source=opened.submission.source[:200],
        extracted=opened.submission.extracted,
        declared=dict(opened.submission.declared),
        state="draft" if draft else "submitted",
        received=now,
        rules=rules_digest(terms.method, group, round.reference),
    )
    keeper = Keeper(roster, {code: unit for code, _, unit in loci})
    cleaned = opened.judge(terms=terms, take=keeper.take)
    keeper.finish(opened.submission, cleaned)
    settle(roster, cleaned, {code for code, _, _ in loci})
    counts = {"rows": roster.rows, "accepted": roster.accepted, "version": roster.version}
    record(by=by, verb="load_roster", on=subject(roster), detail={**counts, "digest": digest})
    return roster


def settle(roster: Roster, cleaned: Cleaned, loci: Collection[str]) -> None:
    """What the list came to: rows, accepted rows, frame quality by locus, staff of other institutions."""
    roster.rows, roster.accepted = cleaned.rows, cleaned.accepted
    parts: dict[str, list[int]] = defaultdict(lambda: [0] * 5)
    for locus, part in cleaned.quality.items():
        code = locus if locus in loci else ""  # what is no code may be anything, even a name
        own = (part.rows, part.accepted, part.reachable, part.decided, part.usable)
        parts[code] = list(map(sum, zip(parts[code], own, strict=True)))
    roster.loci = dict(parts)
    roster.save(update_fields=["rows", "accepted", "loci"])
    if roster.group == Group.INTERNAL:
        mark_twice([*others(roster), roster.pk], on=[roster.pk])


def others(roster: Roster) -> list[int]:
    """The newest standing staff lists of all other institutions."""
    lists = Roster.objects.filter(round=roster.round, group=Group.INTERNAL, state__in=LIVE)
    lists = lists.exclude(institution=roster.institution).order_by("version")
    return list({row.institution_id: row.pk for row in lists}.values())


def subject(roster: Roster) -> str:
    """A roster in the audit trail."""
    return f"{roster.round.code}/{roster.institution.code}/{roster.group}/{roster.version}"


def digest_of(file: str, notes: Mapping[str, str]) -> str:
    """The digest of a file, and of what a form said in its stead where it has no submission sheet."""
    if not notes:
        return file
    return hashlib.sha256(json.dumps([file, dict(notes)], sort_keys=True).encode()).hexdigest()


def stop_if_closed(round: Round, institution: Institution, *, wait: bool = True) -> None:
    """Refuses strangers (FRAME-178) and latecomers (FRAME-176).

    Takes the institution's lock unless told not to: whoever checks a list holds it for as long as that takes.
    The lock is on this one row and lets keys point at its round and institution: other rows are written
    meanwhile, and with a wider lock their commits would wait while they hold the end of the audit trail.
    """
    places = Participant.objects.filter(round=round, institution=institution).order_by()
    if not (places.select_for_update(of=("self",), no_key=True) if wait else places).first():
        raise refuse("FRAME-178", institution=institution.name, round=round.code)
    if Roster.objects.filter(round=round, state="frozen").exists():
        raise refuse("FRAME-176", round=round.code)


def stop_strangers(submission: Submission, institution: Institution, place: Place) -> None:
    """Refuses a list whose submission sheet names another institution (FRAME-177)."""
    found, wanted = submission.institution, institution.code
    if found.casefold() != wanted.casefold():
        raise refuse("FRAME-177", place, what="instansi", found=found[:40], wanted=wanted)


def terms_of(round: Round, institution: Institution, group: Group, loci: Mapping[str, int]) -> Terms:
    """What this list is judged by; other groups are compared with the staff list as far as it is there."""
    staff = set() if group == Group.INTERNAL else staff_indexes(round, institution)
    key = settings.SECRET("index")

    def is_staff(staff_id: str | None, points: Sequence[tuple[ContactKind, str]]) -> bool | None:
        if not staff:
            return None
        return any(fields.blind_index(key, value, field=POINT) in staff for _, value in points)

    made = Terms(load(round.method_id), group, loci, round.reference, phones.parse, is_staff)
    if group != Group.INTERNAL:
        return made
    return replace(
        made, titles=titles(round, institution), statistic=statistic(round, institution, frozenset(loci))
    )


def staff_indexes(round: Round, institution: Institution) -> set[bytes]:
    """Keyed hashes of every contact point on the newest standing staff list; empty while there is none."""
    newest = (
        Roster.objects.filter(round=round, institution=institution, group=Group.INTERNAL, state__in=LIVE)
        .order_by("-version")
        .first()
    )
    found = ContactPoint.objects.filter(contact__roster=newest).values_list("index", flat=True)
    return {bytes(index) for index in found} if newest else set()


def problems(*, roster: Roster, file: str, agency: bool = True) -> Iterable[Problem]:
    """The problems of a stored roster in order of rows, words opened; the agency alone sees other lists."""
    secret = settings.SECRET("fields")
    for row in roster.faults.all() if agency else roster.faults.exclude(code__in=AGENCY_ONLY):
        words = json.loads(fields.decrypt(secret, bytes(row.words), field=WORDS))
        yield Problem(row.code, Place(file, row.sheet, row.row, row.column), words)
