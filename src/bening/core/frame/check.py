"""One roster, read and judged: rows in, people and problems out."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bening.core.frame import listing
from bening.core.frame.cells import read_cells, staff_id
from bening.core.frame.columns import columns, letter, match
from bening.core.frame.contact import Finding, Parse, Point, contacts
from bening.core.frame.rules import Value, eligible, explain, holds
from bening.core.kinds import (
    Candidate,
    Column,
    Eligibility,
    Fact,
    Group,
    ImpreciseDate,
    Method,
    Place,
    Problem,
    Rule,
    Severity,
    Submission,
)
from bening.core.problems import CATALOGUE, refuse

Line = tuple[int, Sequence[str]]
IsStaff = Callable[[str | None, Sequence[Point]], bool | None]
FAILED = {  # the code for a rule that failed, by the field it asks; FRAME-161 for all others
    Fact.LAST_CONTACT: "FRAME-140",
    Fact.VIA_BROKER: "FRAME-141",
    Fact.MATCHES_INTERNAL: "FRAME-150",
    Fact.GENERAL_SUPPORT: "FRAME-160",
    Fact.ECHELON: "FRAME-160",
    "": "FRAME-160",
}
ORGANISED = ("penyedia", "mitra")  # kinds that act for an organisation


@dataclass(frozen=True, slots=True)
class Terms:
    """What a list is judged by. `is_staff` answers None as long as there is no staff list to compare with."""

    method: Method
    group: Group
    loci: Mapping[str, int] | None  # locus of the round -> echelon of its head; None where it is not known
    reference: date
    parse: Parse
    is_staff: IsStaff
    titles: frozenset[str] = frozenset()  # reference list of job titles; empty where there is none

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of eligibility for this group."""
        return self.method.eligibility[self.group]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A judged list: accepted people with their verdicts, and every problem in order of rows."""

    people: tuple[tuple[Candidate, Eligibility], ...]
    problems: tuple[Problem, ...]
    rows: int
    units: Mapping[int, str]  # row -> locus code, of all rows


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
        return any(CATALOGUE[code].severity == Severity.ERROR for code, _, _ in self.findings)


def clean(lines: Iterable[Line], *, terms: Terms, submission: Submission, place: Place) -> Cleaned:
    """Judges every row of a list against the rules of the round.

    The first line that is not blank holds the headers. A sheet without rows (FRAME-182) or with wrong columns
    (FRAME-183) is refused whole. `place` names file and sheet.
    """
    filled = (line for line in lines if any(cell.strip() for cell in line[1]))
    number, headers = next(filled, (0, ()))
    wanted = columns(terms.group, terms.method)
    at = match(headers, wanted, Place(place.file, place.sheet, number)) if headers else {}
    rows = [examine(line, wanted, at, terms, submission) for line in filled]
    if not rows:
        raise refuse("FRAME-182", place)
    across(rows, terms.method.config)
    people = [person for row in rows if (person := judge(row, terms)) is not None]
    found = [*listed(rows, terms, submission, place), *told(rows, wanted, at, place)]
    units = {row.number: some(row.facts.get(Fact.LOCUS)) or "" for row in rows}
    return Cleaned(tuple(people), tuple(found), len(rows), units)


def examine(
    line: Line, wanted: tuple[Column, ...], at: Mapping[Fact, int], terms: Terms, submission: Submission
) -> Row:
    """One row by itself."""
    number, cells = line
    findings: list[Finding] = []
    facts = read_cells(cells, wanted, at, findings)
    points, found = contacts(text(cells, at, Fact.PHONE), text(cells, at, Fact.EMAIL), terms.parse)
    findings += found
    if terms.group == Group.INTERNAL:
        findings += staff_id(facts)
        findings += title(facts, terms.titles)
    if facts.get(Fact.KIND) in ORGANISED and facts.get(Fact.ORGANISATION) is None:
        findings.append(("FRAME-126", Fact.ORGANISATION, {"header": "badan", "found": "-"}))
    findings += locus(facts, terms.loci)
    findings += order(facts, terms.reference, submission.extracted)
    facts[Fact.MATCHES_INTERNAL] = terms.is_staff(some(facts.get(Fact.STAFF_ID)), points)
    if not points and not any(CATALOGUE[code].severity == Severity.ERROR for code, _, _ in findings):
        findings.append(("FRAME-110", Fact.EMAIL, {}))  # an address that cannot be used is the only one
    return Row(number, facts, points, findings)


def some(value: Value) -> str | None:
    """A text fact or None."""
    return value if isinstance(value, str) else None


def text(cells: Sequence[str], at: Mapping[Fact, int], fact: Fact) -> str:
    """The text of a cell that may not be there."""
    index = at.get(fact)
    return cells[index].strip() if index is not None and index < len(cells) else ""


def title(facts: Mapping[str, Value], titles: frozenset[str]) -> Iterator[Finding]:
    """A job title that is not in the reference list, with the three nearest (FRAME-121)."""
    found = some(facts.get(Fact.TITLE))
    if titles and found and found.casefold() not in titles:
        near = ", ".join(difflib.get_close_matches(found.casefold(), titles, 3)) or "-"
        yield "FRAME-121", Fact.TITLE, {"found": found[:60], "near": near}


def locus(facts: dict[str, Value], loci: Mapping[str, int] | None) -> Iterator[Finding]:
    """Looks up the locus of a row (FRAME-120)."""
    code = some(facts.get(Fact.LOCUS))
    if code is None or loci is None:
        return
    facts[Fact.LOCUS_LISTED] = code in loci
    facts[Fact.LOCUS_ECHELON] = loci.get(code)
    if code not in loci:
        near = ", ".join(difflib.get_close_matches(code, loci, 1)) or "-"
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


def across(rows: list[Row], config: Mapping[str, float]) -> None:
    """Rows against one another."""
    listing.twice(rows)
    listing.shared(rows, least=int(config["shared_phone_rows"]))
    listing.consecutive(rows, least=int(config["phone_run"]))


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


def listed(rows: list[Row], terms: Terms, submission: Submission, place: Place) -> Iterator[Problem]:
    """Findings about the list as a whole."""
    found = list(listing.uniform(rows, terms.group, terms.method.config))
    loci = () if terms.group == Group.EXPERT else terms.loci or ()
    found += listing.counted(rows, submission.declared, loci)
    return (Problem(code, place, words) for code, _, words in found)


def told(
    rows: Iterable[Row], wanted: tuple[Column, ...], at: Mapping[Fact, int], place: Place
) -> Iterator[Problem]:
    """The findings of all rows with their cells."""
    headers = {column.fact: column.header for column in wanted}
    names = {fact: f"{letter(at[fact])} {headers[fact]}" for fact in at}
    for row in rows:
        for code, fact, words in row.findings:
            yield Problem(code, Place(place.file, place.sheet, row.number, names.get(fact, "")), words)
