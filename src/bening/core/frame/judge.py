"""One row of a roster, judged: what is wrong with it, and whether the person may be asked."""

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from bening.core.frame.cells import Reading, read_cells, staff_id
from bening.core.frame.contact import Finding, Parse, Point, contacts
from bening.core.frame.rules import Value, eligible, explain, holds
from bening.core.frame.seen import Meet
from bening.core.kinds import Candidate, Eligibility, Fact, Group, ImpreciseDate, Method, Rule, Severity
from bening.core.problems import CATALOGUE

IsStaff = Callable[[str | None, Sequence[Point]], bool | None]
FAILED = {  # the code for a rule that failed, by the field it asks; FRAME-161 for all others
    Fact.LAST_CONTACT: "FRAME-140",
    Fact.VIA_BROKER: "FRAME-141",
    Fact.MATCHES_INTERNAL: "FRAME-150",
    Fact.GENERAL_SUPPORT: "FRAME-160",
    Fact.ECHELON: "FRAME-160",
    "": "FRAME-160",
}
STOPS = frozenset(code for code, entry in CATALOGUE.items() if entry.severity == Severity.ERROR)
ORGANISED = ("penyedia", "mitra")  # kinds that act for an organisation


@dataclass(frozen=True, slots=True)
class Terms:
    """What a list is judged by.

    `is_staff` answers None as long as there is no staff list to compare with; `elsewhere` names another
    institution whose staff list holds the person; `statistic` counts people by locus and category or status.
    """

    method: Method
    group: Group
    loci: Mapping[str, int] | None  # locus of the round -> echelon of its head; None where it is not known
    reference: date
    parse: Parse
    is_staff: IsStaff
    titles: frozenset[str] = frozenset()  # reference list of job titles; empty where there is none
    elsewhere: Meet | None = None
    statistic: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of eligibility for this group."""
        return self.method.eligibility[self.group]


@dataclass(slots=True)
class Row:
    """A row while it is being judged."""

    number: int
    facts: dict[str, Value]
    points: list[Point]
    findings: list[Finding] = field(default_factory=list)

    @property
    def stopped(self) -> bool:
        """Whether a finding keeps the row from being accepted."""
        return any(code in STOPS for code, _, _ in self.findings)


def examine(
    number: int,
    cells: Sequence[str],
    *,
    plan: tuple[Reading, ...],
    at: Mapping[Fact, int],
    terms: Terms,
    extracted: date,
) -> Row:
    """One row by itself; `cells` are stripped and as many as there are headers."""
    findings: list[Finding] = []
    facts = read_cells(cells, plan, findings)
    points, found = contacts(text(cells, at, Fact.PHONE), text(cells, at, Fact.EMAIL), terms.parse)
    findings += found
    if terms.group == Group.INTERNAL:
        findings += staff_id(facts)
        findings += title(facts, terms.titles)
    else:
        facts[Fact.MATCHES_INTERNAL] = terms.is_staff(some(facts.get(Fact.STAFF_ID)), points)
    if facts.get(Fact.KIND) in ORGANISED and facts.get(Fact.ORGANISATION) is None:
        findings.append(("FRAME-126", Fact.ORGANISATION, {"header": "badan", "found": "-"}))
    findings += locus(facts, terms.loci)
    findings += order(facts, terms.reference, extracted)
    if not points and not any(code in STOPS for code, _, _ in findings):
        findings.append(("FRAME-110", Fact.EMAIL, {}))  # an address that cannot be used is the only one
    return Row(number, facts, points, findings)


def some(value: Value) -> str | None:
    """A text fact or None."""
    return value if isinstance(value, str) else None


def text(cells: Sequence[str], at: Mapping[Fact, int], fact: Fact) -> str:
    """The text of a cell whose column may not be there."""
    index = at.get(fact)
    return "" if index is None else cells[index]


def title(facts: Mapping[str, Value], titles: frozenset[str]) -> Iterator[Finding]:
    """A job title that is not in the reference list, with the three nearest (FRAME-121)."""
    found = some(facts.get(Fact.TITLE))
    if titles and found and found.casefold() not in titles:
        yield (
            "FRAME-121",
            Fact.TITLE,
            {"found": found[:60], "near": nearest(found.casefold()[:60], titles, 3)},
        )


@lru_cache(maxsize=4096)
def nearest(found: str, known: frozenset[str], most: int) -> str:
    """The known words most alike; a wrong one stands on many rows and is compared once."""
    return ", ".join(difflib.get_close_matches(found, sorted(known), most)) or "-"


def locus(facts: dict[str, Value], loci: Mapping[str, int] | None) -> Iterator[Finding]:
    """Looks up the locus of a row (FRAME-120)."""
    code = some(facts.get(Fact.LOCUS))
    if code is None or loci is None:
        return
    facts[Fact.LOCUS_LISTED] = code in loci
    facts[Fact.LOCUS_ECHELON] = loci.get(code)
    if code not in loci:
        near = nearest(code[:40], frozenset(loci), 1)
        yield "FRAME-120", Fact.LOCUS, {"found": code[:40], "near": near}


def order(facts: Mapping[str, Value], reference: date, extracted: date) -> Iterator[Finding]:
    """Dates that cannot be: in the future (FRAME-133), or in the unit before the institution (FRAME-131)."""
    for fact in (Fact.START_INSTITUTION, Fact.START_UNIT, Fact.LAST_CONTACT):
        day = facts.get(fact)
        latest = min(reference, extracted) if fact == Fact.LAST_CONTACT else reference
        if isinstance(day, ImpreciseDate) and day.first > latest:
            yield "FRAME-133", fact, {"day": day.first.isoformat(), "latest": latest.isoformat()}
    whole, part = facts.get(Fact.START_INSTITUTION), facts.get(Fact.START_UNIT)
    if isinstance(whole, ImpreciseDate) and isinstance(part, ImpreciseDate) and part.last < whole.first:
        yield "FRAME-131", Fact.START_UNIT, {}


def judge(row: Row, terms: Terms) -> tuple[Candidate, Eligibility] | None:
    """The verdict on a row that nothing stops; its reasons become findings."""
    verdict = eligible(terms.rules, row.facts, terms.reference)
    for rule in terms.rules:
        if rule.id in verdict.failed:
            row.findings.append(shut_out(rule, row.facts, terms.reference))
        elif rule.id in verdict.unknown:
            row.findings.extend(undecided(rule, row, terms.reference))
    if row.stopped:
        return None
    unit = some(row.facts.get(Fact.LOCUS)) or ""
    return Candidate(row.number, terms.group, unit, row.facts, tuple(dict.fromkeys(row.points))), verdict


def shut_out(rule: Rule, facts: Mapping[str, Value], reference: date) -> Finding:
    """Why a rule leaves this person out, in the rule's own sentence."""
    why = explain(rule, facts, reference)
    fact = Fact(rule.field) if rule.field else Fact.IS_HEAD
    code = FAILED.get(rule.field, "FRAME-161")
    return code, fact, {"rule": rule.id, "why": why.id, "why_en": why.en}


def undecided(rule: Rule, row: Row, reference: date) -> Iterator[Finding]:
    """What is missing to decide a rule, unless the cell itself has been named already."""
    for part in rule.of or (rule,):
        value = row.facts.get(part.field)
        if holds(part, row.facts, reference) is not None or part.field == Fact.MATCHES_INTERNAL:
            continue
        if isinstance(value, ImpreciseDate):
            yield "FRAME-132", Fact(part.field), {"found": f"{value.first}–{value.last}"}
        elif value is None and not any(fact == part.field for _, fact, _ in row.findings):
            yield "FRAME-126", Fact(part.field), {"header": part.field, "found": "-"}
