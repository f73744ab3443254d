"""The worked example of calibration: ten people before and after, beside the frame (WGT-3, WGT-5)."""

import numpy as np

from bening.core.estimate import Distance, Margin, kish, to_margins
from tests.specs.pictures.paper import DEEP, FAINT, GREY, INK, Paper, scale

JOB, SEX = np.array([0] * 6 + [1] * 4), np.array([0, 0, 0, 0, 1, 1, 0, 1, 1, 1])
CLASSES = (("teachers", JOB, 0, 70), ("clerks", JOB, 1, 30), ("men", SEX, 0, 45), ("women", SEX, 1, 55))


def calibrated():
    """The weights of the page's example."""
    margins = [Margin("job", JOB, np.array([[70.0, 30]])), Margin("sex", SEX, np.array([[45.0, 55]]))]
    return to_margins(np.full(10, 10.0), np.zeros(10, int), margins, distance=Distance.RAKING)[0]


def draw():
    """Left: the classes; right: the ten weights."""
    weight = calibrated()
    paper = Paper(600, 270, f"Calibrated, ten answers match the frame, and count as {kish(weight)[1]:.1f}")
    x = scale(0, 100, 90, 330)
    for row, (name, code, class_, people) in enumerate(CLASSES):
        y = 78 + 36 * row
        paper.text(80, y + 4, name, anchor="end")
        paper.line(90, y, 330, y, stroke=FAINT)
        paper.line(x(people), y - 12, x(people), y + 12, stroke=INK, stroke_width=2)
        paper.ring(x(100 * (code == class_).mean()), y)
        paper.dot(x(100 * weight[code == class_].sum() / weight.sum()), y)
    for percent in (0, 50, 100):
        paper.text(x(percent), 212, f"{percent} %", anchor="middle", fill=GREY)
    paper.text(90, 240, "line: frame · ring: answers as they came")
    paper.text(90, 257, "dot: answers with their weights")
    width = scale(0, 16, 0, 140)
    paper.text(400, 56, "weight of each person", fill=GREY)
    for row, each in enumerate(weight):
        paper.box(400, 66 + 14 * row, width(each), 9, fill=DEEP)
        paper.text(576, 75 + 14 * row, f"{each:.1f}", anchor="end", size=11)
    paper.line(400 + width(10), 62, 400 + width(10), 206, stroke=INK, stroke_dasharray="3 3")
    paper.text(400 + width(10), 222, "10 before", anchor="middle", size=11)
    return paper.svg()
