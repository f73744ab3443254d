"""What only a whole list shows: people listed twice, shared numbers, dates and counts that do not fit.

Rows go by once. What must be remembered of them is kept in a few bytes each, so that a million rows fit.
"""

import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Protocol

from bening.core.frame.contact import Finding, Point, Words
from bening.core.frame.rules import Value
from bening.core.frame.score import Tally
from bening.core.frame.seen import Seen
from bening.core.kinds import ContactKind, Fact, Group, ImpreciseDate, Quality

LETTERS = re.compile(r"[^a-z]+")
UNIFORM = {Group.INTERNAL: Fact.START_INSTITUTION, Group.EXTERNAL: Fact.LAST_CONTACT}
Late = tuple[int, Finding]  # a finding about a row that has gone by


class Listed(Protocol):
    """A row as far as a list has to know it."""

    number: int
    facts: dict[str, Value]
    points: list[Point]
    findings: list[Finding]


def plain_name(name: object) -> str:
    """A name as it is compared: without degrees behind a comma, capitals, dots and blanks."""
    return LETTERS.sub("", str(name or "").partition(",")[0].casefold())


def phones(points: Iterable[Point]) -> list[str]:
    """The numbers of a row, each once."""
    return list(dict.fromkeys([value for kind, value in points if kind == ContactKind.PHONE]))


def identity(facts: Mapping[str, Value], name: str, numbers: Iterable[str]) -> list[Hashable]:
    """What makes a row the same person as another: the staff number, or name and phone together."""
    staff_id = facts.get(Fact.STAFF_ID)
    keys: list[Hashable] = [("id", staff_id)] if staff_id else []
    return [*keys, *((name, number) for number in numbers)] if name else keys


class Listing:
    """The rows of a list that have gone by."""

    def __init__(self, group: Group, config: Mapping[str, float]) -> None:
        self.config, self.dated = config, UNIFORM.get(group)
        self.people, self.names, self.numbers = Seen(), Seen(), Seen()
        self.rows, self.units = array("I"), array("I")  # by position in the list
        self.called, self.heads = array("q"), bytearray()
        self.loci: dict[str, int] = {}
        self.tallies: dict[str, Tally] = {}
        self.kinds: Counter[tuple[str, str]] = Counter()  # rows by locus and category or status
        self.dates: dict[str, Counter[ImpreciseDate]] = defaultdict(Counter)
        self.sharing: dict[tuple[int, str], list[int]] = {}
        self.run = Run()

    def add(self, row: Listed) -> list[Hashable]:
        """Takes in a row and marks it when it was there before (FRAME-101, 102); gives its identity."""
        facts = row.facts
        name, numbers = plain_name(facts.get(Fact.NAME)), phones(row.points)
        keys = identity(facts, name, numbers)
        self.remember(row, name, numbers)
        self.twice(row, name, keys)
        self.run.step(row.number, int(numbers[0]) if numbers else 0, least=int(self.config["phone_run"]))
        day = facts.get(self.dated) if self.dated else None
        if isinstance(day, ImpreciseDate):
            self.dates[str(facts.get(Fact.LOCUS) or "*")][day] += 1
        return keys

    def remember(self, row: Listed, name: str, numbers: list[str]) -> None:
        """A few bytes of a row, and the counts it belongs to."""
        facts, position = row.facts, len(self.rows)
        locus = str(facts.get(Fact.LOCUS) or "")
        self.rows.append(row.number)
        self.called.append(hash(name))
        self.heads.append(facts.get(Fact.IS_HEAD) is True)
        if locus not in self.loci:
            self.loci[locus], self.tallies[locus] = len(self.loci), Tally()
        self.tallies[locus].rows += 1
        self.units.append(self.loci[locus])
        for fact in (Fact.CATEGORY, Fact.STATUS):
            if kind := facts.get(fact):
                self.kinds[locus, str(kind)] += 1
        for number in numbers:
            earlier = self.numbers.first(("phone", number), position)
            if earlier is not None:
                self.sharing.setdefault((earlier, number), [earlier]).append(position)

    def twice(self, row: Listed, name: str, keys: list[Hashable]) -> None:
        """Marks the later of two rows that are one person (FRAME-101) or may be (FRAME-102)."""
        found = [self.people.first(key, row.number) for key in keys]
        other = next((one for one in found if one is not None), None)
        alike = self.names.first((name, row.facts.get(Fact.LOCUS)), row.number) if name else None
        if other is not None:
            row.findings.append(("FRAME-101", Fact.NAME, {"other": other}))
        elif alike is not None:
            row.findings.append(("FRAME-102", Fact.NAME, {"other": alike}))

    def quality(self) -> dict[str, Quality]:
        """Frame quality by locus code; "" holds the rows without one."""
        return {locus: tally.quality() for locus, tally in self.tallies.items()}

    def locus(self, number: int) -> str:
        """The locus of a row by its number; rows came in ascending order."""
        wanted = self.units[bisect_left(self.rows, number)]
        return next(code for code, index in self.loci.items() if index == wanted)

    def late(self) -> Iterator[Late]:
        """What could be said of rows only when all had gone by."""
        yield from self.shared(least=int(self.config["shared_phone_rows"]))
        self.run.close(least=int(self.config["phone_run"]))
        yield from self.run.found

    def shared(self, *, least: int) -> Iterator[Late]:
        """Rows of different people with one number: two are FRAME-102, more of them or a head's FRAME-103."""
        for sharing in self.sharing.values():
            if len({self.called[one] for one in sharing}) < 2:
                continue
            head = any(self.heads[one] for one in sharing)
            code = "FRAME-103" if head or len(sharing) >= least else "FRAME-102"
            first, second = self.rows[sharing[0]], self.rows[sharing[1]]
            for one in sharing if code == "FRAME-103" else sharing[1:]:
                other = second if one == sharing[0] else first
                yield self.rows[one], (code, Fact.PHONE, {"other": other, "rows": len(sharing)})

    def uniform(self) -> Iterator[Finding]:
        """Loci where nearly all rows carry the same date (FRAME-134)."""
        for locus, counted in self.dates.items():
            (day, most), total = counted.most_common(1)[0], sum(counted.values())
            share, least = self.config["uniform_share"], self.config["uniform_rows"]
            if self.dated and total >= least and most >= share * total:
                words: Words = {"locus": locus, "day": day.first.isoformat(), "rows": most, "total": total}
                yield "FRAME-134", self.dated, words

    def counted(self, declared: Mapping[str, int], loci: Iterable[str]) -> Iterator[Finding]:
        """Counts unlike the declared ones (FRAME-171, "" is the whole list), empty loci (FRAME-172)."""
        for locus, wanted in sorted(declared.items()):
            there = self.tallies.get(locus, Tally()).rows if locus else len(self.rows)
            if there != wanted:
                yield "FRAME-171", Fact.LOCUS, {"locus": locus or "*", "rows": there, "declared": wanted}
        for locus in sorted(set(loci) - self.tallies.keys()):
            yield "FRAME-172", Fact.LOCUS, {"locus": locus}


class Run:
    """Numbers that count upward from row to row: they are not dealt out like that (FRAME-103)."""

    __slots__ = ("first", "found", "last", "length", "number")

    def __init__(self) -> None:
        self.first = self.last = self.length = self.number = 0
        self.found: list[Late] = []

    def step(self, row: int, number: int, *, least: int) -> None:
        """The next row; 0 where it has no number."""
        if number and number == self.number + 1:
            self.length += 1
        else:
            self.close(least=least)
            self.first, self.length = row, int(number > 0)
        self.last, self.number = row, number

    def close(self, *, least: int) -> None:
        """The run is over; a long one is marked at its first row."""
        if self.length >= least:
            words: Words = {"other": self.last, "rows": self.length}
            self.found.append((self.first, ("FRAME-103", Fact.PHONE, words)))
        self.length = 0
