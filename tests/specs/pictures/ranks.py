"""The fifteen institutions of oracle 03: the place each holds and the places it may hold (RNK-1)."""

import json
from pathlib import Path

import numpy as np

from bening.core.estimate.ranks import marginal_rank_sets, ranks
from tests.specs.pictures.paper import BLUE, FAINT, GREY, Paper, scale

ORACLE = Path(__file__).parents[2] / "oracles" / "03_ranks.json"


def draw():
    """A row an institution, best on top."""
    given = next(
        case["expected"]
        for case in json.loads(ORACLE.read_text())["cases"]
        if case["id"] == "fifteen_regencies"
    )
    score, se = np.array(given["x"]), np.array(given["se"])
    sets = marginal_rank_sets(score, se**2, np.random.default_rng(1))
    order = np.argsort(-score)
    middle = sets[order[len(order) // 2]]
    paper = Paper(540, 360, f"Place eight of fifteen may be anything from {middle.lower} to {middle.upper}")
    x = scale(1, 15, 90, 510)
    for place in range(1, 16):
        paper.text(x(place), 50, str(place), anchor="middle", fill=GREY)
        paper.line(x(place), 56, x(place), 332, stroke=FAINT)
    for row, one in enumerate(order):
        y = 72 + 18 * row
        paper.text(76, y + 4, f"{score[one]:.1f}", anchor="end")
        paper.line(
            x(sets[one].lower),
            y,
            x(sets[one].upper),
            y,
            stroke=BLUE,
            stroke_width=7,
            stroke_linecap="round",
            opacity=0.45,
        )
        paper.dot(x(ranks(score)[one]), y, r=4)
    paper.text(90, 352, "dot: the place it holds · band: the places the data allow, each taken alone")
    return paper.svg()
