"""The chain of heads: leader, inspectorate, heads of units, heads of the units inside them, everybody."""

from collections.abc import Collection, Iterator, Mapping

from bening.core.kinds import Post, Tier

LEADER, INSPECTORATE = "@leader", "@inspectorate"  # keys no unit has
Parents = Mapping[str, str | None]  # the unit above each unit, by key


def posts(parents: Parents, loci: Collection[str]) -> tuple[Post, ...]:
    """OUT-1: every head who has to pass a briefing on, upper ones first.

    These are the leader, the inspectorate, and the heads of the loci, of all units above them and of all
    units inside them; a chain with a head left out stops there. Units without a locus near them are left out.
    """
    near = {above for locus in loci for above in (locus, *up(parents, locus))}
    near |= {unit for unit in parents if set(up(parents, unit)) & set(loci)}
    made = [Post(LEADER, Tier.LEADER, None), Post(INSPECTORATE, Tier.INSPECTORATE, LEADER)]
    for unit in sorted(near, key=lambda unit: (len(up(parents, unit)), unit)):
        above = up(parents, unit)
        made.append(Post(unit, Tier.SECTION, above[0]) if above else Post(unit, Tier.UNIT, INSPECTORATE))
    return tuple(made)


def up(parents: Parents, unit: str) -> tuple[str, ...]:
    """The units above a unit, the nearest first; a circle in the register ends where it closes."""
    found: list[str] = []
    above = parents.get(unit)
    while above is not None and above not in found and above != unit:
        found.append(above)
        above = parents.get(above)
    return tuple(found)


def home(parents: Parents, loci: Collection[str], unit: str) -> str | None:
    """The locus under which the staff of a unit are listed: itself or the nearest above; None if none."""
    return next((one for one in (unit, *up(parents, unit)) if one in loci), None)


def whole_chain(parents: Parents, loci: Collection[str], locus: str) -> frozenset[str]:
    """OUT-2: all heads between the leader's office and the staff listed under a locus.

    Lists name the locus of a person and not the school or section inside it, so the heads inside count too:
    only when all of them have acknowledged is it certain that nobody's chain is broken.
    """
    return frozenset({INSPECTORATE, locus, *up(parents, locus), *inside(parents, loci, locus)})


def inside(parents: Parents, loci: Collection[str], locus: str) -> Iterator[str]:
    """The units whose staff are listed under a locus, without the locus itself."""
    return (unit for unit in parents if unit != locus and home(parents, loci, unit) == locus)
