"""What a version came to, as counts alone: nobody's cell is opened for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import CharField, Count, F, Func, QuerySet

from bening.core.frame.score import waiting
from bening.core.kinds import Group, Quality, Rule, Severity, Text, Verdict
from bening.methods import load
from bening.web.frame.models import Contact, Fault, Roster
from bening.web.registry.models import Unit


@dataclass(frozen=True, slots=True)
class Coded:
    """How often one code was found, and in how many rows."""

    code: str
    severity: str
    faults: int
    rows: int


@dataclass(frozen=True, slots=True)
class Result:
    """One version, or the part of one unit in it."""

    rows: int
    accepted: int
    eligible: int
    undecided: int
    waiting: int  # of the undecided: wait for the staff list alone
    ineligible: int
    stopped: int  # rows with an error, not accepted
    doubtful: int  # rows with a warning and no error
    quality: Quality
    reasons: tuple[tuple[Text, int], ...] = ()  # why people are not eligible; one person may have several
    codes: tuple[Coded, ...] = ()
    units: tuple[tuple[Unit | None, int, int], ...] = field(default=())  # faults and faulty rows by unit

    @property
    def lacking(self) -> int:
        """The undecided whose own row lacks something."""
        return self.undecided - self.waiting


def result(*, roster: Roster, faults: QuerySet[Fault], unit: Unit | None = None) -> Result:
    """Counts of a version from what somebody may know of it (`faults`); of one unit if one is named."""
    people = Contact.objects.filter(roster=roster, **({"unit": unit} if unit else {})).order_by()
    verdicts = dict(people.values_list("verdict").annotate(Count("id")))
    rules = load(roster.round.method_id).eligibility[Group(roster.group)]
    late = [[rule] for rule in waiting(rules)]
    wrong = faults.filter(severity=Severity.ERROR, row__isnull=False)
    doubtful = faults.filter(severity=Severity.WARNING, row__isnull=False).exclude(
        row__in=wrong.values("row")
    )
    quality = roster.quality(unit.code if unit else None)
    return Result(
        rows=quality.rows if unit else roster.rows,
        accepted=sum(verdicts.values()),
        eligible=verdicts.get(Verdict.ELIGIBLE, 0),
        undecided=verdicts.get(Verdict.UNDECIDED, 0),
        waiting=people.filter(verdict=Verdict.UNDECIDED, unknown__in=late).count() if late else 0,
        ineligible=verdicts.get(Verdict.INELIGIBLE, 0),
        stopped=distinct(wrong),
        doubtful=distinct(doubtful),
        quality=quality,
        reasons=reasons(people, rules),
        codes=codes(faults),
        units=() if unit else by_unit(faults),
    )


def distinct(faults: QuerySet[Fault]) -> int:
    """Rows that have one of these faults."""
    return faults.order_by().aggregate(n=Count("row", distinct=True))["n"]


def reasons(people: QuerySet[Contact], rules: Sequence[Rule]) -> tuple[tuple[Text, int], ...]:
    """The rules that leave people out, in the rule's own words, the most frequent first."""
    rule = Func(F("failed"), function="jsonb_array_elements_text", output_field=CharField())
    left_out = people.filter(verdict=Verdict.INELIGIBLE).annotate(rule=rule)
    counted = dict(left_out.values_list("rule").annotate(n=Count("id")))
    return tuple(sorted(((words(rule), counted[rule.id]) for rule in rules if rule.id in counted), key=last))


def last(pair: tuple[Text, int]) -> int:
    """Largest first."""
    return -pair[1]


def words(rule: Rule) -> Text:
    """A rule's sentence with the found value left open."""
    if rule.text is None:
        return Text(rule.id, rule.id)
    said = {"found": "…", "value": rule.value}
    return Text(rule.text.id.format(**said), rule.text.en.format(**said))


def codes(faults: QuerySet[Fault]) -> tuple[Coded, ...]:
    """Faults by code: what stops first, then what is most frequent."""
    order = list(Severity)
    counted = faults.order_by().values_list("code", "severity")
    found = [Coded(*line) for line in counted.annotate(Count("id"), Count("row", distinct=True))]
    return tuple(sorted(found, key=lambda one: (order.index(Severity(one.severity)), -one.faults, one.code)))


def by_unit(faults: QuerySet[Fault]) -> tuple[tuple[Unit | None, int, int], ...]:
    """Faults by unit, the most first; None stands for rows that name no locus of the round."""
    units = Unit.objects.in_bulk()
    counted = faults.order_by().exclude(row=None).values_list("unit")
    found = counted.annotate(n=Count("id"), rows=Count("row", distinct=True))
    return tuple(sorted(((units.get(unit), n, rows) for unit, n, rows in found), key=lambda line: -line[2]))
