"""A map of three unit groups and three dimensions, coloured where the level is sure (RSK-3)."""

from bening.core.estimate import risk
from tests.specs.pictures.paper import GREY, Paper

CUTS, DF = (60.0, 68.0, 74.0, 80.0), 40
COLOURS = {"low": "#cfe3d4", "moderate": "#f3e3a6", "high": "#eeb58a", "extreme": "#d98080"}
DIMENSIONS = {"procurement": 5, "staffing": 3, "budget": 2}  # with their impact
SCORES = {  # score and se a dimension
    "schools": ((55.0, 1.6), (77.0, 1.2), (84.0, 1.5)),
    "clinics": ((64.0, 1.5), (71.0, 1.0), (83.0, 1.4)),
    "offices": ((77.0, 1.0), (68.3, 1.8), (82.5, 1.1)),
}


def draw():
    """Colour, or hatching with the words "not certain"."""
    table = risk.product_table()
    cells = {
        (group, name): risk.risk_cell(score, se=se, df=DF, cuts=CUTS, impact=DIMENSIONS[name], table=table)
        for group, row in SCORES.items()
        for name, (score, se) in zip(DIMENSIONS, row, strict=True)
    }
    sure = sum(cell.certain for cell in cells.values())
    paper = Paper(540, 250, f"{sure} of {len(cells)} levels are at least 80 % sure; the rest stays hatched")
    for column, name in enumerate(DIMENSIONS):
        paper.text(177 + 140 * column, 56, name, anchor="middle", fill=GREY)
    for line, group in enumerate(SCORES):
        y = 66 + 54 * line
        paper.text(100, y + 29, group, anchor="end")
        for column, name in enumerate(DIMENSIONS):
            cell, x = cells[group, name], 110 + 140 * column
            fill = COLOURS[cell.level.value] if cell.certain else "url(#hatch)"
            paper.box(x, y, 134, 48, fill=fill, stroke=GREY)
            if not cell.certain:
                paper.box(x + 22, y + 14, 90, 20, fill="#ffffff")
            words = cell.level.value if cell.certain else "not certain"
            paper.text(x + 67, y + 29, words, anchor="middle")
    return paper.svg()
