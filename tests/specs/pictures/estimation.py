"""How often an interval of 95 % holds the truth, for small numbers of answers (EST-6)."""

import numpy as np

from bening.core.estimate import logit_t, student_t
from tests.specs.pictures.paper import BLUE, FAINT, GREY, INK, RED, Paper, scale

SIZES, SAMPLES, TRUTH = (5, 8, 10, 15, 30), 40_000, 75.0  # scores 100·Beta(4.5, 1.5)


def held():
    """Percent of samples whose limits hold the truth: {rule: [per size]}."""
    rules = {"I ± 1.96 se": almost, "I ± t se": student_t, "logit-t": logit_t}
    shares = {name: [] for name in rules}
    for n in SIZES:
        y = 100 * np.random.default_rng(n).beta(4.5, 1.5, (SAMPLES, n))
        value, se, df = y.mean(axis=1), y.std(axis=1, ddof=1) / n**0.5, np.full(SAMPLES, n - 1.0)
        for name, limits in rules.items():
            lower, upper = limits(value, se, df)
            shares[name].append(100 * float(((lower < TRUTH) & (upper > TRUTH)).mean()))
    return shares


def almost(value, se, _df):
    """The limits of the textbook for large samples."""
    return value - 1.96 * se, value + 1.96 * se


def draw():
    """A line a rule over the number of answers."""
    shares = held()
    worst, best = shares["I ± 1.96 se"][0], shares["logit-t"][0]
    paper = Paper(
        600,
        330,
        f"With five answers ±1.96 se holds the truth {worst:.0f} times in 100, logit-t {best:.0f}",
    )
    x, y = scale(np.log(5), np.log(30), 150, 540), scale(84, 97, 270, 46)
    for percent in (85, 90, 95):
        paper.line(150, y(percent), 540, y(percent), stroke=INK if percent == 95 else FAINT)
        paper.text(556, y(percent) + 4, f"{percent} %", fill=GREY)
    for n in SIZES:
        paper.text(x(np.log(n)), 290, str(n), anchor="middle")
    for (name, line), colour in zip(shares.items(), (RED, GREY, BLUE), strict=True):
        points = [(x(np.log(n)), y(share)) for n, share in zip(SIZES, line, strict=True)]
        paper.curve(points, stroke=colour, stroke_width=2.5)
        for at in points:
            paper.dot(*at, fill=colour, r=4)
        paper.text(138, points[0][1] + 4, f"{name}  {line[0]:.1f} %", anchor="end", fill=colour)
    paper.text(345, 316, "answers (skewed scores, mean 75; 40,000 samples of each size)", anchor="middle")
    return paper.svg()
