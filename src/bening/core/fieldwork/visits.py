"""How many people who have not answered are visited, and by whom."""

from collections.abc import Mapping, Sequence

from bening.core.kinds import VisitOutcome
from bening.core.problems import refuse

# After these nobody comes a second time; the others say that nobody was met.
FINAL = frozenset(VisitOutcome) - {VisitOutcome.NOBODY, VisitOutcome.AWAY}


def visit_counts(waiting: Mapping[str, int], percent: int) -> dict[str, int]:
    """How many of each stratum's non-respondents are visited: the share rounded up, so nobody has chance 0.

    `waiting` counts people by stratum label; the chance of each is its count over that (FIELD-141 for a
    share that is none).
    """
    if not 1 <= percent <= 100:
        raise refuse("FIELD-141", percent=percent)
    return {label: -(-people * percent // 100) for label, people in sorted(waiting.items())}


def dealt(drawn: Sequence[str], interviewers: Sequence[str]) -> list[tuple[str, str]]:
    """Whom each interviewer visits: pieces of the given order that differ by one person at most."""
    return [(ref, interviewers[at * len(interviewers) // len(drawn)]) for at, ref in enumerate(drawn)]
