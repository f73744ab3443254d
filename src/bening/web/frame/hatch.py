"""The hatch of a locked room: counts pass, no name does."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from bening.core.frame.score import waiting
from bening.core.kinds import Group, Quality, Severity, Verdict
from bening.methods import load
from bening.web.frame.models import Contact, Deadline, Fault, Question, Roster
from bening.web.registry.models import Institution, Round, Unit

Place = tuple[int, int | None]  # an institution and one of its units, or the whole of it


@dataclass(frozen=True, slots=True)
class Counts:
    """One list of an institution, or the part of one unit in it."""

    group: Group
    state: str
    version: int
    received: datetime
    accepted: int
    eligible: int
    undecided: int  # something is missing in the row; who waits for the staff list alone is not among them
    stopped: int  # rows that were not accepted
    quality: Quality  # of the list as it was handed over
    open: int = 0  # questions without an answer
    due: date | None = None  # the day by which the list is wanted


def status(*, round: Round, institution: Institution, unit: Unit | None = None) -> list[Counts]:
    """The newest version of each list: how many rows are in, eligible, undecided, not accepted."""
    return board(round=round, institution=institution)[institution.pk, unit.pk if unit else None]


def board(*, round: Round, institution: Institution | None = None) -> dict[Place, list[Counts]]:
    """The counts of every institution's lists; of one institution also those of each unit. Seven queries."""
    own = {"institution": institution} if institution else {}
    versions = Roster.objects.filter(round=round, **own).order_by("version")
    newest = {(row.institution_id, Group(row.group)): row for row in versions}
    lists = {"roster__in": list(newest.values())}
    tallies: defaultdict[Place, Counter[str]] = defaultdict(Counter)  # by roster and unit
    late = [[rule] for rules in load(round.method_id).eligibility.values() for rule in waiting(rules)]
    waits = Count("id", filter=Q(verdict=Verdict.UNDECIDED, unknown__in=late))
    people = Contact.objects.filter(**lists).order_by().values_list("roster", "unit", "verdict")
    for roster, unit, verdict, n, waiters in people.annotate(n=Count("id"), waits=waits):
        for part in {unit, None}:
            tallies[roster, part] += Counter({verdict: n - waiters, "accepted": n})
    errors = Fault.objects.filter(**lists, severity=Severity.ERROR).order_by()
    rows = Count("row", distinct=True)  # a row with two errors is one row
    for roster, n in errors.values_list("roster").annotate(rows):
        tallies[roster, None]["stopped"] = n
    for roster, unit, n in errors.exclude(unit=None).values_list("roster", "unit").annotate(rows):
        tallies[roster, unit]["stopped"] = n
    asked = open_questions(round, own)
    due = dict(Deadline.objects.filter(round=round).values_list("group", "due"))
    units = Unit.objects.filter(institution=institution) if institution else Unit.objects.none()
    codes = dict(units.values_list("pk", "code"))
    parts = [(institution.pk, unit) for unit in codes] if institution else []
    found: defaultdict[Place, list[Counts]] = defaultdict(list)
    for one, part in [*dict.fromkeys((one, None) for one, _ in newest), *parts]:
        for group in Group:
            if row := newest.get((one, group)):
                n = tallies[row.pk, part]
                amounts = (n["accepted"], n[Verdict.ELIGIBLE], n[Verdict.UNDECIDED], n["stopped"])
                place = (group, row.state, row.version, row.received)
                more = (row.quality(codes.get(part or 0)), asked[one, group, part], due.get(group))
                found[one, part].append(Counts(*place, *amounts, *more))
    return found


def open_questions(round: Round, own: dict[str, Institution]) -> Counter[tuple[int, str, int | None]]:
    """Questions without an answer by institution and group: of the whole list (None), and of each unit."""
    about = {f"roster__{name}": value for name, value in own.items()}
    rows = Question.objects.filter(roster__round=round, answered=None, **about).order_by()
    found: Counter[tuple[int, str, int | None]] = Counter()
    for institution, group, unit in rows.values_list("roster__institution", "roster__group", "unit"):
        for part in {unit, None}:
            found[institution, group, part] += 1
    return found
