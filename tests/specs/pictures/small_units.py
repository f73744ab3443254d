"""Twelve units of oracle 04: their own few answers, and the conclusion (SAE-1)."""

import json
from pathlib import Path

import numpy as np

from bening.core.estimate import units
from tests.specs.pictures.paper import GREY, INK, Paper, scale

ORACLE = Path(__file__).parents[2] / "oracles" / "04_small_area.json"


def draw():
    """A row a unit, fewest answers on top."""
    case = next(
        one["expected"]
        for one in json.loads(ORACLE.read_text())["cases"]
        if one["id"] == "one_way_random_effects"
    )
    unit, y = np.array(case["unit"]), np.array(case["y"])
    groups = [y[unit == name] for name in np.unique(unit)]
    means, answers = np.array([one.mean() for one in groups]), np.array([len(one) for one in groups])
    squares = sum(((one - one.mean()) ** 2).sum() for one in groups)
    centre, shrunk = units.shrink(means, answers, units.spreads(means, answers, squares=squares))
    few = min(shrunk, key=lambda one: one.share).share
    paper = Paper(
        540,
        340,
        f"{answers.min()} answers move a unit {100 * few:.0f} % of the way from the average to its own mean",
    )
    x = scale(64, 82, 60, 500)
    paper.line(x(centre), 56, x(centre), 300, stroke=GREY, stroke_dasharray="4 4")
    paper.text(x(centre), 50, "average of the institution", anchor="middle", fill=GREY)
    paper.text(8, 50, "answers", fill=GREY)
    for row, one in enumerate(np.argsort(answers, kind="stable")):
        level = 70 + 20 * row
        paper.text(48, level + 4, str(answers[one]), anchor="end")
        paper.line(x(means[one]), level, x(shrunk[one].value), level)
        paper.ring(x(means[one]), level)
        paper.dot(x(shrunk[one].value), level, fill=INK)
    paper.text(60, 330, "ring: its own few answers · dot: the conclusion")
    return paper.svg()
