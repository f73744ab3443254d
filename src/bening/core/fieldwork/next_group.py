"""Which group a further reminder is worth most (WGT-10). Counts by group only, for the agency's monitor."""

from collections.abc import Iterable

from bening.core.kinds import FieldGroup, NextGroup
from bening.core.problems import refuse

LEAST_INVITED = 10  # a smaller group is not shown, and not steered by
PRIOR = (1, 10)  # a reminder that was never sent is taken to win one token in ten
TRIES, LEAST_YIELD = 3, 0.02  # a group is left in peace after three reminders that each won less than 2 %


def next_groups(groups: Iterable[FieldGroup], *, balance: float) -> tuple[NextGroup, ...]:
    """WGT-10: groups worth another reminder to *all* their open invitations, best first.

    Groups short of their least number come first, the largest need before the smaller; then gain per cost,
    where gain is the fall of the index variance (points²) plus `balance` times how much the group is
    missing. The rate plays no part: chasing easy groups raises it without information.
    """
    open_groups = [group for group in groups if group.invited >= LEAST_INVITED and not exhausted(group)]
    scored = [_score(group, balance) for group in open_groups]
    return tuple(sorted(scored, key=lambda found: (-found.need, -found.priority, found.code)))


def exhausted(group: FieldGroup) -> bool:
    """WGT-10: whether everybody has answered or three reminders in a row have each won less than 2 %."""
    last = group.waves[-TRIES:]
    tired = len(last) == TRIES and all(hits < LEAST_YIELD * sent for sent, hits in last)
    return tired or group.issued >= group.invited


def on_target(indicator: float, half_width: float, *, least_indicator: float, most_half_width: float) -> bool:
    """WGT-10: whether reminders can stop for all: the adjusted R and the half-width (points) are good
    enough.
    """
    return indicator >= least_indicator and half_width <= most_half_width


def _score(group: FieldGroup, balance: float) -> NextGroup:
    _check(group)
    sent, hits = group.waves[-1] if group.waves else (0, 0)
    chance = (PRIOR[0] + hits) / (PRIOR[1] + sent)
    coming = (group.invited - group.issued) * chance
    saved = 1.0 if group.issued == 0 else 1 / group.issued - 1 / (group.issued + coming)
    gain = group.weight**2 * group.sd**2 * saved + balance * max(0.0, -group.missing)
    return NextGroup(group.code, max(0, group.least - group.issued), chance, gain, gain / group.cost)


def _check(group: FieldGroup) -> None:
    if not group.cost > 0:
        raise refuse("FIELD-104", group=group.code, field="cost", value=group.cost)
    if not 0 <= group.issued <= group.invited:
        raise refuse("FIELD-104", group=group.code, field="issued", value=group.issued)
