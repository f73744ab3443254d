"""What respondents may be promised: never more than the deployment has earned (docs/methods/promise.md)."""

from bening.core.kinds import Claim, Standing

VERSION = "2026.1"  # of the promise's wording; raise it with every change
FEWEST = 2  # one holder of the tally key would be one operator


def earned(standing: Standing) -> Claim:
    """The strongest claim that these facts allow; an unknown split allows none."""
    held = has_holders(standing)
    match standing.split:
        case "split" if held and not standing.overlaps:
            return Claim.FULL
        case "split" | "one-machine":
            return Claim.ONE_OPERATOR if held else Claim.APART
        case _:
            return Claim.NONE


def has_holders(standing: Standing) -> bool:
    """Whether other people hold the tally key and everybody can see how they came to it."""
    return standing.recorded and FEWEST <= standing.needed <= standing.trustees


def overclaims(standing: Standing) -> list[str]:
    """Codes of what contradicts the configured split; empty when it claims no more than it earns.

    Only `split` can claim too much by itself: the texts of `one-machine` follow the facts, a demo makes none.
    """
    if standing.split not in ("demo", "one-machine", "split"):
        return ["unknown_split"]
    if standing.split != "split":
        return []
    return [*standing.overlaps, *([] if has_holders(standing) else ["no_holders"])]


def marked(claim: Claim) -> str:
    """How a manifest says which text in which wording respondents were shown, as `2026.1/full`."""
    return f"{VERSION}/{claim}"


def shown(mark: str) -> Claim:
    """The claim in a manifest's mark; no claim for what is no mark."""
    word = mark.rpartition("/")[2]
    return Claim(word) if word in set(Claim) else Claim.NONE


def weaker(one: Claim, other: Claim) -> Claim:
    """The weaker of two: a frozen round never says more than the installation still earns."""
    return min(one, other, key=list(Claim).index)
