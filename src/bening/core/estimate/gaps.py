"""What people did not want to answer: it follows fear and is reported as a rate (EST-4)."""

from dataclasses import dataclass

import numpy as np

from bening.core.kinds import MISSING, NOT_ASKED, Answers, Method


@dataclass(frozen=True, slots=True)
class Gap:
    """One item in one group of one institution: persons asked, and those without a scored answer."""

    institution: str
    group: str
    item: str
    asked: int
    declined: int  # "do not know" or "rather not say"
    blank: int  # no answer at all

    @property
    def rate(self) -> float:
        """Percent of those asked who gave no scored answer."""
        return 100 * (self.declined + self.blank) / self.asked


def gaps(method: Method, answers: Answers) -> tuple[Gap, ...]:
    """The gaps of every coded item wherever somebody was asked; rows without institution stand under \"\"."""
    found = []
    size = len(answers.institution.names)
    for item in method.items:
        if item.scale != "codes" or item.id not in answers.items or item.group not in answers.group.names:
            continue
        mine = answers.group.codes == answers.group.names.index(item.group)
        codes, who = answers.items[item.id][mine], answers.institution.codes[mine]
        scored = sum(points is not None for _, points in item.scores)
        asked = np.bincount(who, weights=codes != NOT_ASKED, minlength=size)
        blank = np.bincount(who, weights=codes == MISSING, minlength=size)
        declined = np.bincount(who, weights=(codes >= scored) & (codes < NOT_ASKED), minlength=size)
        found += [
            Gap(
                answers.institution.names[i],
                item.group,
                item.id,
                int(asked[i]),
                int(declined[i]),
                int(blank[i]),
            )
            for i in np.flatnonzero(asked)
        ]
    return tuple(found)
