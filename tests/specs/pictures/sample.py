"""Half-width against the number of answers (SMP-2)."""

import numpy as np

from bening.core import sample
from tests.specs.pictures.paper import BLUE, GREY, Paper, scale

PEOPLE, SPREAD = 1200, 15


def draw():
    """One curve, two points of it named."""
    fine, rough = (sample.mean_size(half, PEOPLE, sd=SPREAD) for half in (2, 5))
    paper = Paper(560, 300, f"From ±5 points to ±2 takes {fine / rough:.0f} times the answers")
    x, y = scale(0, 700, 50, 520), scale(0, 8, 250, 50)
    halves = np.arange(1, 8.01, 0.1)
    paper.line(50, 250, 520, 250)
    paper.line(50, 50, 50, 250)
    paper.curve(
        [(x(sample.mean_size(half, PEOPLE, sd=SPREAD)), y(half)) for half in halves],
        stroke=BLUE,
        stroke_width=3,
    )
    for half, answers in ((2, fine), (5, rough)):
        paper.dot(x(answers), y(half))
        paper.text(x(answers) + 10, y(half) - 6, f"±{half} points: {np.ceil(answers):.0f} answers")
    for answers in range(0, 701, 100):
        paper.text(x(answers), 268, str(answers), anchor="middle", fill=GREY)
    for half in (2, 4, 6, 8):
        paper.text(42, y(half) + 4, str(half), anchor="end", fill=GREY)
    paper.text(56, 46, "half-width in index points", fill=GREY)
    paper.text(285, 290, "answers (1,200 people, standard deviation 15)", anchor="middle")
    return paper.svg()
