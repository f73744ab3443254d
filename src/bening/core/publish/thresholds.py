"""How many respondents must stand behind a number before it may be shown."""

from collections.abc import Mapping
from enum import StrEnum

from bening.core.kinds import Output
from bening.core.problems import refuse

FLOORS: Mapping[Output, int] = {
    Output.MEAN: 10,
    Output.INSTITUTION: 30,
    Output.PREVALENCE: 30,
    Output.THEME: 20,
    Output.CHANGE: 30,
    Output.CENSUS: 20,
    Output.PARTICIPATION: 20,
}
NEARLY_ALL = 0.9  # share of one sensitive answer from which a small group is dominated
FEW = 30  # below this a dominated group is published one level up


class Dominance(StrEnum):
    """What to do with a group that answers with one voice (DSC-8)."""

    SHOW = "show"
    LEVEL_UP = "level_up"  # publish the level above instead
    SAY_SAME = "say_same"  # the words "all answered the same"


def floor(output: Output, floors: Mapping[str, int], *, census: bool = False) -> int:
    """DSC-1: the fewest unweighted respondents to that item or index; `floors` comes from the method file.

    A method may be stricter than DSC-1, never laxer (PUBLISH-101). A census stratum raises the floor, because
    whoever owns the staff list knows who was asked.
    """
    needed = 0
    for key in (output, Output.CENSUS) if census else (output,):
        chosen = floors.get(key, FLOORS[key])
        if chosen < FLOORS[key]:
            raise refuse("PUBLISH-101", output=key.value, floor=chosen, least=FLOORS[key])
        needed = max(needed, chosen)
    return needed


def dominance(n: int, largest: int, *, sensitive: bool) -> Dominance:
    """DSC-8: `largest` of `n` respondents gave the same answer to one item."""
    if sensitive and n < FEW and largest > NEARLY_ALL * n:
        return Dominance.LEVEL_UP
    if not sensitive and n >= FEW and largest == n:
        return Dominance.SAY_SAME
    return Dominance.SHOW


def comparable(n_before: int, n_now: int, *, floors: Mapping[str, int], recut: bool) -> bool:
    """DSC-7: whether a change may be shown; `recut` when the unit was split or merged between the years.

    After a new cut only the old or the new figures stand in a release: their difference would be people.
    """
    return not recut and min(n_before, n_now) >= floor(Output.CHANGE, floors)
