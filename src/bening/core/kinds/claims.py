"""What may be promised to respondents, and the facts it hangs on."""

from dataclasses import dataclass
from enum import StrEnum


class Claim(StrEnum):
    """How much of the promise a deployment has earned, the weakest first."""

    NONE = "none"  # a demo: the promise is withheld
    APART = "apart"  # invitations and answers are kept apart; who holds the tally key is not proven
    ONE_OPERATOR = "one-operator"  # other people hold the tally key; one operator runs both sides
    FULL = "full"  # and the two sides are run by different parties


@dataclass(frozen=True, slots=True)
class Standing:
    """The facts of a deployment on which the promise hangs."""

    split: str  # demo | one-machine | split, as configured
    trustees: int  # named holders of the tally key
    needed: int  # how many of them open the box
    recorded: bool  # whether the record of the ceremony is published
    overlaps: tuple[str, ...]  # what of both sides meets on this machine, as codes
