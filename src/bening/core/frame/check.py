"""One roster, read and judged: rows in, people and problems out. Rows go by once and are not kept."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bening.core.frame.cells import readings
from bening.core.frame.columns import columns, letter, match
from bening.core.frame.contact import Finding
from bening.core.frame.coverage import coverage
from bening.core.frame.judge import Row, Terms, examine, judge
from bening.core.frame.listing import Listing
from bening.core.frame.score import decided, reachable, waiting
from bening.core.kinds import (
    Candidate,
    Eligibility,
    Fact,
    Group,
    Place,
    Problem,
    Quality,
    Submission,
    Verdict,
)
from bening.core.problems import refuse

Line = tuple[int, Sequence[str]]
Take = Callable[[Candidate, Eligibility], None]
MOST = 100_000  # problems of one list that are told; more help nobody and would fill the memory


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A judged list: every problem in order of rows, and what was counted. People were taken one by one."""

    problems: tuple[Problem, ...]
    rows: int
    verdicts: Mapping[Verdict, int]  # of the accepted rows
    units: Mapping[int, str]  # row -> locus code, of the rows that have a problem
    quality: Mapping[str, Quality]  # by locus code; "" holds the rows without one

    @property
    def accepted(self) -> int:
        """Rows that nothing stopped."""
        return sum(self.verdicts.values())


def clean(
    lines: Iterable[Line], *, terms: Terms, submission: Submission, place: Place, take: Take
) -> Cleaned:
    """Judges every row of a list against the rules of the round and hands on each accepted person.

    The first line that is not blank holds the headers. A sheet without rows (FRAME-182) or with wrong columns
    (FRAME-183) is refused whole. `place` names file and sheet.
    """
    filled = ((number, cells) for number, cells in lines if any(map(str.strip, cells)))
    number, headers = next(filled, (0, ()))
    wanted = columns(terms.group, terms.method)
    at = match(headers, wanted, Place(place.file, place.sheet, number)) if headers else {}
    headed = [column for column in wanted if column.fact in at]
    told = Told(place, {column.fact: f"{letter(at[column.fact])} {column.header}" for column in headed})
    listing, verdicts = Listing(terms.group, terms.method.config), Counter[Verdict]()
    plan, width, late = readings(wanted, at), len(headers), waiting(terms.rules)
    for number, cells in filled:
        texts = [cell.strip() for cell in cells]
        texts += [""] * (width - len(texts))
        row = examine(number, texts, plan=plan, at=at, terms=terms, extracted=submission.extracted)
        person = pass_by(row, listing, terms)
        locus = str(row.facts.get(Fact.LOCUS) or "")
        if person:
            verdicts[person[1].verdict] += 1
            good = reachable(row.points, row.findings), decided(person[1], late)
            listing.tallies[locus].take(reachable=good[0], decided=good[1])
            take(*person)
        told.row(row.number, locus, row.findings)
    if not listing.rows:
        raise refuse("FRAME-182", place)
    for number, finding in listing.late():
        told.row(number, listing.locus(number), [finding])
    told.whole(listed(listing, terms, submission))
    return Cleaned(told.problems(), len(listing.rows), verdicts, told.units, listing.quality())


def pass_by(row: Row, listing: Listing, terms: Terms) -> tuple[Candidate, Eligibility] | None:
    """A row beside those before it, on this list and on other institutions' (FRAME-152); then its verdict."""
    keys = listing.add(row)
    other = terms.elsewhere(keys) if terms.elsewhere else None
    if other:
        row.findings.append(("FRAME-152", Fact.NAME, {"other": other}))
    return judge(row, terms)


def listed(listing: Listing, terms: Terms, submission: Submission) -> Iterator[Finding]:
    """Findings about the list as a whole."""
    loci = () if terms.group == Group.EXPERT else terms.loci or ()
    yield from listing.uniform()
    yield from listing.counted(submission.declared, loci)
    rows = {code: tally.rows for code, tally in listing.tallies.items()}
    yield from coverage(listing.kinds, rows, terms.statistic)


class Told:
    """The problems of a list as they are found, up to so many that nobody can read them (FRAME-184)."""

    def __init__(self, place: Place, names: Mapping[Fact, str]) -> None:
        self.place, self.names = place, names
        self.list: list[Problem] = []
        self.rows: list[Problem] = []
        self.units: dict[int, str] = {}
        self.left_out = 0

    def row(self, number: int, locus: str, findings: Iterable[Finding]) -> None:
        """Findings about one row, at their cells."""
        for code, fact, words in findings:
            if len(self.rows) == MOST:
                self.left_out += 1
                continue
            self.units[number] = locus
            where = Place(self.place.file, self.place.sheet, number, self.names.get(fact, ""))
            self.rows.append(Problem(code, where, words))

    def whole(self, findings: Iterable[Finding]) -> None:
        """Findings about the list."""
        self.list += [Problem(code, self.place, words) for code, _, words in findings]

    def problems(self) -> tuple[Problem, ...]:
        """The list's own problems, then those of the rows in their order."""
        if self.left_out:
            self.list.append(Problem("FRAME-184", self.place, {"told": MOST, "more": self.left_out}))
        return (*self.list, *sorted(self.rows, key=lambda problem: problem.place.row or 0))
