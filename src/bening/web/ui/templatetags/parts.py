"""The drawn page parts; each has its template, parameters and example in templates/ui/<part>/."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django import template
from django.utils.translation import get_language, gettext, gettext_noop

from bening.web.ui.geometry import Axis, class_bands, diverging, interval, rank_bar, share

register = template.Library()

ROLES = {
    "officer": gettext_noop("Agency officer"),
    "statistician": gettext_noop("Statistician"),
    "interviewer": gettext_noop("Interviewer"),
    "trustee": gettext_noop("Trustee"),
    "auditor": gettext_noop("Auditor"),
    "inspectorate": gettext_noop("Inspectorate"),
    "unit_contact": gettext_noop("Contact person of a unit"),
    "leader": gettext_noop("Leader"),
}
SHAPES = {"red": "▼", "yellow": "●", "green": "▲"}


@register.inclusion_tag("ui/class_tag/part.html")
def class_tag(own: Mapping[str, Any], also: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """A class as word and shape; hatched where the interval touches a neighbour."""
    return {"own": own, "shape": shape(own["mark"]), "also": also}


@register.filter
def shape(mark: str) -> str:
    """The sign of a class that works without colour."""
    return SHAPES.get(mark, "")


@register.inclusion_tag("ui/score_bar/part.html")
def score_bar(cell: Mapping[str, Any], classes: Sequence[Mapping[str, Any]], axis: Axis) -> dict[str, Any]:
    """One number on its scale with interval and class bands."""
    return {
        "cell": cell,
        "axis": axis,
        "bands": class_bands(classes, axis, get_language() or "id"),
        "drawn": interval(cell, axis) if cell["shown"] else None,
    }


@register.inclusion_tag("ui/interval/part.html")
def interval_line(
    cell: Mapping[str, Any], classes: Sequence[Mapping[str, Any]], axis: Axis
) -> dict[str, Any]:
    """The same as one slim line for lists; the axis stands once above the list."""
    return {
        "bands": class_bands(classes, axis, get_language() or "id"),
        "drawn": interval(cell, axis) if cell["shown"] else None,
    }


@register.inclusion_tag("ui/axis/part.html")
def class_axis(classes: Sequence[Mapping[str, Any]], axis: Axis) -> dict[str, Any]:
    """The head of a list of intervals: class names, bounds, the break in the scale."""
    return {"bands": class_bands(classes, axis, get_language() or "id"), "axis": axis}


@register.inclusion_tag("ui/rank_range/part.html")
def rank_range(lower: int, upper: int, size: int) -> dict[str, Any]:
    """The places compatible with the data among all places of the set."""
    return {"lower": lower, "upper": upper, "size": size, **rank_bar(lower, upper, size)}


@register.inclusion_tag("ui/dot_row/part.html")
def dot_row(rows: Sequence[Mapping[str, Any]], axis: Axis) -> dict[str, Any]:
    """Who sees what: one dot with interval a respondent group, on one scale."""
    drawn = [{**row, "drawn": interval(row["cell"], axis) if row["cell"]["shown"] else None} for row in rows]
    return {"rows": drawn, "axis": axis, "ticks": [{"x": axis.at(t), "value": t} for t in axis.ticks]}


@register.inclusion_tag("ui/drivers/part.html")
def drivers(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What pulls down and what lifts, in index points against a mean."""
    bars = diverging([part["points"] for part in parts])
    return {"parts": [{**part, "bar": bar} for part, bar in zip(parts, bars, strict=True)]}


@register.inclusion_tag("ui/heat_table/part.html")
def heat_table(caption: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A table of coloured cells with their numbers; first column stays in place."""
    return {"caption": caption, "columns": columns, "rows": rows}


@register.inclusion_tag("ui/history_line/part.html")
def history_line(points: Sequence[Mapping[str, Any]], axis: Axis) -> dict[str, Any]:
    """Figures by edition: joined only where they can be compared."""
    dated = [point for point in points if point["edition"]]
    step = 1 / max(len(dated), 1)
    drawn = [{**point, **marks(point, axis, share((n + 0.5) * step))} for n, point in enumerate(dated)]
    joined = [{"from": a, "to": b} for a, b in pairwise(drawn) if not b["breaks"]]
    gaps = [{"x": share(n * step)} for n, point in enumerate(drawn) if n and point["breaks"]]
    return {"points": drawn, "joined": joined, "gaps": gaps}


def marks(point: Mapping[str, Any], axis: Axis, x: str) -> dict[str, Any]:
    """Where a figure and its interval stand: x in percent, y in pixels of a chart 150 high."""

    def y(score: float) -> float:
        return 28 + 88 * (axis.high - min(max(score, axis.low), axis.high)) / (axis.high - axis.low)

    top = point["score"] if point["upper"] is None else point["upper"]
    found = {"x": x, "y": f"{y(point['score']):.1f}", "label_y": f"{y(top) - 12:.1f}"}
    if point["lower"] is not None:
        found |= {"from": f"{y(point['lower']):.1f}", "to": f"{y(top):.1f}"}
    return found


@register.inclusion_tag("ui/banner/part.html")
def banner(lines: Sequence[str]) -> dict[str, Any]:
    """What a reader must know before anything else; one short line each."""
    return {"lines": lines}


@register.filter
def role_word(name: str) -> str:
    """A role as people call it."""
    return gettext(ROLES[name]) if name in ROLES else name


@register.inclusion_tag("ui/stage_bar/part.html")
def stage_bar(stages: Sequence[tuple[str, bool | date]]) -> dict[str, Any]:
    """A round as stages: done (with its day where that is known), now, later."""
    first = next((n for n, (_, done) in enumerate(stages) if not done), len(stages))
    states = ["done" if done else "now" if n == first else "later" for n, (_, done) in enumerate(stages)]
    return {
        "stages": [
            {"name": name, "state": state, "since": done if isinstance(done, date) else None}
            for (name, done), state in zip(stages, states, strict=True)
        ]
    }


@register.inclusion_tag("ui/status_line/part.html")
def status_line(who: str, what: str, until: str = "") -> dict[str, Any]:
    """Whose turn it is, what stands, until when."""
    return {"who": who, "what": what, "until": until}


@register.inclusion_tag("ui/empty_state/part.html")
def empty_state(what: str, now: str) -> dict[str, Any]:
    """What will be here and what to do now."""
    return {"what": what, "now": now}
