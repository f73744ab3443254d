"""What only a whole list shows: people listed twice, shared numbers, dates and counts that do not fit."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from bening.core.frame.contact import Finding, Point
from bening.core.frame.rules import Value
from bening.core.kinds import ContactKind, Fact, Group, ImpreciseDate

LETTERS = re.compile(r"[^a-z]+")
UNIFORM = {Group.INTERNAL: Fact.START_INSTITUTION, Group.EXTERNAL: Fact.LAST_CONTACT}


class Listed(Protocol):
    """A row as far as a list has to know it."""

    number: int
    facts: dict[str, Value]
    points: list[Point]
    findings: list[Finding]


def plain_name(name: object) -> str:
    """A name as it is compared: without degrees behind a comma, capitals, dots and blanks."""
    return LETTERS.sub("", str(name or "").partition(",")[0].casefold())


def phones(row: Listed) -> list[str]:
    """The numbers of a row."""
    return [value for kind, value in row.points if kind == ContactKind.PHONE]


def twice(rows: Sequence[Listed]) -> None:
    """Marks the later of two rows that are one person (FRAME-101) or may be (FRAME-102)."""
    people: dict[object, int] = {}
    names: dict[object, int] = {}
    for row in rows:
        name, staff_id = plain_name(row.facts.get(Fact.NAME)), row.facts.get(Fact.STAFF_ID)
        keys: list[object] = [("id", staff_id)] if staff_id else []
        keys += [(name, number) for number in phones(row) if name]
        other = next((people[key] for key in keys if key in people), None)
        alike = names.get((name, row.facts.get(Fact.LOCUS))) if name else None
        if other is not None:
            row.findings.append(("FRAME-101", Fact.NAME, {"other": other}))
        elif alike is not None:
            row.findings.append(("FRAME-102", Fact.NAME, {"other": alike}))
        for key in keys:
            people.setdefault(key, row.number)
        names.setdefault((name, row.facts.get(Fact.LOCUS)), row.number)


def shared(rows: Sequence[Listed], *, least: int) -> None:
    """Marks rows that share one number: two of them FRAME-102, more of them or a head's FRAME-103."""
    holders: dict[str, list[Listed]] = defaultdict(list)
    for row in rows:
        for number in phones(row):
            holders[number].append(row)
    for sharing in holders.values():
        if len({plain_name(row.facts.get(Fact.NAME)) for row in sharing}) < 2:
            continue
        head = any(row.facts.get(Fact.IS_HEAD) is True for row in sharing)
        code = "FRAME-103" if head or len(sharing) >= least else "FRAME-102"
        for row in sharing if code == "FRAME-103" else sharing[1:]:
            other = next(one.number for one in sharing if one is not row)
            row.findings.append((code, Fact.PHONE, {"other": other, "rows": len(sharing)}))


def consecutive(rows: Sequence[Listed], *, least: int) -> None:
    """Marks the first row of a run of numbers that count upward: numbers are not dealt out like that."""
    run: list[Listed] = []
    last = 0
    for row in [*rows, None]:
        numbers = phones(row) if row else []
        number = int(numbers[0]) if numbers else 0
        if not run or number != last + 1:
            if len(run) >= least:
                run[0].findings.append(("FRAME-103", Fact.PHONE, {"other": run[-1].number, "rows": len(run)}))
            run = []
        if row is not None and number:
            run.append(row)
        last = number


def uniform(rows: Iterable[Listed], group: Group, config: Mapping[str, float]) -> Iterator[Finding]:
    """Loci where nearly all rows carry the same date (FRAME-134)."""
    fact = UNIFORM.get(group)
    dates: dict[str, Counter[ImpreciseDate]] = defaultdict(Counter)
    for row in rows if fact else ():
        value = row.facts.get(fact) if fact else None
        if isinstance(value, ImpreciseDate):
            dates[str(row.facts.get(Fact.LOCUS))][value] += 1
    for locus, counted in dates.items():
        (day, most), total = counted.most_common(1)[0], sum(counted.values())
        if fact and total >= config["uniform_rows"] and most >= config["uniform_share"] * total:
            yield (
                "FRAME-134",
                fact,
                {"locus": locus, "day": day.first.isoformat(), "rows": most, "total": total},
            )


def counted(rows: Sequence[Listed], declared: Mapping[str, int], loci: Iterable[str]) -> Iterator[Finding]:
    """Counts that differ from the declared ones (FRAME-171, "" is the whole list), empty loci (FRAME-172)."""
    found = Counter(str(row.facts.get(Fact.LOCUS) or "") for row in rows)
    for locus, wanted in sorted(declared.items()):
        there = found[locus] if locus else len(rows)
        if there != wanted:
            yield "FRAME-171", Fact.LOCUS, {"locus": locus or "*", "rows": there, "declared": wanted}
    for locus in sorted(set(loci) - found.keys()):
        yield "FRAME-172", Fact.LOCUS, {"locus": locus}
