"""A list beside the personnel statistic of its loci: too few people, or too few of one kind."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bening.core.frame.columns import plain
from bening.core.frame.contact import Finding, Words
from bening.core.kinds import Fact, Place, Problem
from bening.core.problems import Refused

Statistic = Mapping[tuple[str, str], int]  # people by locus and category or status; "" is the whole locus
HEADERS = ("kode_lokus", "kategori", "jumlah")
LOW = 0.8  # FRAME-174: share of the statistic under which a list is short
PICKED = 0.25  # FRAME-175: a kind whose coverage is under this part of its locus's coverage …
FEW = 10  # … and that has at least so many people in the statistic


def coverage(kinds: Statistic, rows: Mapping[str, int], statistic: Statistic) -> Iterator[Finding]:
    """Loci with far fewer rows than people (FRAME-174), kinds of staff nearly left out (FRAME-175).

    `kinds` counts the rows of the list by locus and category or status, `rows` by locus. A locus or a kind
    that the statistic does not name is not looked at.
    """
    for locus in sorted({locus for locus, _ in statistic}):
        people = total(locus, statistic, kinds)
        there = rows.get(locus, 0)
        if there < LOW * people:
            yield "FRAME-174", Fact.LOCUS, {"locus": locus, "rows": there, "people": people}
        for (where, kind), number in sorted(statistic.items()):
            if where == locus and kind and there and number >= FEW:
                listed = kinds.get((locus, kind), 0)
                if listed * people < PICKED * number * there:
                    words: Words = {"locus": locus, "kind": kind, "rows": listed, "people": number}
                    yield "FRAME-175", Fact.CATEGORY, words


def total(locus: str, statistic: Statistic, kinds: Statistic) -> int:
    """People of a locus: its own line, else the larger of the sums of its categories and its statuses."""
    own = statistic.get((locus, ""))
    if own is not None:
        return own
    statuses = sum(n for (where, kind), n in statistic.items() if where == locus and kind.isupper())
    categories = sum(n for (where, kind), n in statistic.items() if where == locus and not kind.isupper())
    return max(statuses, categories)


def read_statistic(lines: Iterable[tuple[int, Sequence[str]]], *, file: str) -> dict[tuple[str, str], int]:
    """The statistic as a table `kode_lokus, kategori, jumlah`; refuses what cannot be read (FRAME-185)."""
    rows = iter(lines)
    number, headers = next(rows, (0, ()))
    if tuple(map(plain, headers)) != HEADERS:
        raise Refused(Problem("FRAME-185", Place(file, row=number or None), {"wanted": ";".join(HEADERS)}))
    found: dict[tuple[str, str], int] = {}
    wrong = []
    for number, cells in rows:
        locus, kind, amount = (*(cell.strip() for cell in cells[:3]), "", "", "")[:3]
        if locus and amount.isdecimal():
            found[locus, code(kind)] = int(amount)
        else:
            wrong.append(Problem("FRAME-185", Place(file, row=number), {"wanted": ";".join(HEADERS)}))
    if wrong:
        raise Refused(*wrong)
    return found


def code(kind: str) -> str:
    """A status in capitals, a category in small letters, as the list itself holds them."""
    word = plain(kind)
    return word.upper() if word in ("pns", "pppk", "non_asn") else word
