"""Excess agreement against its null: the units of a simulated country, 30 of 540 coached (QLT-4)."""

import numpy as np

from bening.core.quality import agreement, flagged
from tests.core.quality.steering import Scenario, country
from tests.specs.pictures.paper import DEEP, GREY, INK, RED, Paper, scale

STEP, LOW, HIGH = 0.5, -4.0, 14.0


def found():
    """z of tested honest and of tested coached units, how many units there are, how many are flagged."""
    rng = np.random.default_rng(7)
    codes, unit, pool, coached = country(Scenario("key", 0.6, (5, 15)), rng)
    tested = [one for one in agreement(codes, unit, pool=pool, rng=rng) if not one.reason]
    picked = {int(name) for name in flagged(tested)}
    honest = np.array([one.z for one in tested if int(one.unit) not in coached])
    steered = np.array([one.z for one in tested if int(one.unit) in coached])
    least = min(one.z for one in tested if int(one.unit) in picked)
    units = len(np.unique(unit))
    return honest, steered, (units, len(coached)), (len(picked & coached), len(picked - coached), least)


def draw():
    """Bars: honest units; curve: what chance gives; dots: coached units."""
    honest, steered, (units, coached), (caught, wrong, least) = found()
    others = units - coached
    paper = Paper(
        600,
        330,
        f"{caught} of {coached} coached units found, {wrong} of {others} honest ones wrongly flagged",
    )
    x, y = scale(LOW, HIGH, 40, 580), scale(0, 120, 270, 76)
    bounds = np.arange(LOW, HIGH + STEP, STEP)
    for left, count in zip(bounds, np.histogram(honest, bounds)[0], strict=False):
        if count:
            paper.box(x(left) + 1, y(count), x(STEP) - x(0) - 2, 270 - y(count), fill="#b9cde0")
    at = np.linspace(LOW, 4, 81)
    null = len(honest) * STEP * np.exp(-(at**2) / 2) / np.sqrt(2 * np.pi)
    paper.curve(zip(x(at), y(null), strict=True), stroke=DEEP, stroke_width=2)
    columns, heights = np.unique(steered // STEP, return_counts=True)
    for column, height in zip(columns, heights, strict=True):
        for level in range(height):
            paper.dot(x((column + 0.5) * STEP), 263 - 12 * level, fill=RED)
    paper.line(40, 270, 580, 270)
    paper.line(x(least), 150, x(least), 270, stroke=INK, stroke_dasharray="4 4")
    paper.text(x(least) + 6, 160, f"flagged from z = {least:.1f} (q ≤ 0.01)")
    for z in range(-4, 15, 2):
        paper.text(x(z), 288, str(z), anchor="middle", fill=GREY)
    paper.text(310, 316, "z = (observed − expected agreement)/sd", anchor="middle")
    paper.text(
        16,
        44,
        f"{units} simulated units of 5 to 15 people, {units - len(honest) - len(steered)} too small to test",
        fill=GREY,
    )
    paper.text(16, 60, "bars: honest · curve: chance alone · dots: coached, 60 % follow a key", fill=GREY)
    return paper.svg()
