"""How far briefings have come: by level, by unit, by staff category, and along whole chains."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from bening.core.kinds import Post, Reached, Tier
from bening.core.outreach.cascade import Parents, whole_chain

Staff = Mapping[tuple[str, str], int]  # people by locus and staff category


def level_coverage(posts: Iterable[Post], acknowledged: Collection[str]) -> dict[Tier, tuple[int, int]]:
    """OUT-3: of the heads of each level, how many have acknowledged, and how many there are."""
    expected, done = Counter[Tier](), Counter[Tier]()
    for post in posts:
        expected[post.tier] += 1
        done[post.tier] += post.key in acknowledged
    return {tier: (done[tier], expected[tier]) for tier in Tier if expected[tier]}


def reach(eligible: Staff, briefed: Staff) -> dict[tuple[str, str], Reached]:
    """OUT-4: eligible and briefed staff by locus and category; one that no list names is kept and flagged."""
    return {
        key: Reached(eligible.get(key, 0), briefed.get(key, 0))
        for key in sorted({*eligible, *(key for key, n in briefed.items() if n)})
    }


def by_place(cells: Mapping[tuple[str, str], Reached]) -> dict[str, Reached]:
    """The same by locus. Capped cell by cell: too many teachers do not stand in for absent nurses."""
    return added((locus, cell) for (locus, _), cell in cells.items())


def by_category(cells: Mapping[tuple[str, str], Reached]) -> dict[str, Reached]:
    """The same by staff category, capped in each locus."""
    return added((category, cell) for (_, category), cell in cells.items())


def added(cells: Iterable[tuple[str, Reached]]) -> dict[str, Reached]:
    """Sums of capped cells by word."""
    eligible, covered = Counter[str](), Counter[str]()
    for word, cell in cells:
        eligible[word] += cell.eligible
        covered[word] += cell.covered
    return {word: Reached(eligible[word], covered[word]) for word in eligible}


def chain_coverage(
    parents: Parents, loci: Collection[str], eligible: Staff, acknowledged: Collection[str]
) -> dict[str, Reached]:
    """OUT-5: by staff category, eligible people whose chain of heads has acknowledged as a whole."""
    known = set(acknowledged)
    sound = {locus: whole_chain(parents, loci, locus) <= known for locus in {locus for locus, _ in eligible}}
    return added((category, Reached(n, n * sound[locus])) for (locus, category), n in eligible.items())
