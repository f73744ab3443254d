"""A release as one language reads it: names and sentences chosen, numbers left as they are."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, gettext_noop

from bening.core.publish.shape import Page, Site
from bening.core.publish.tables import Cell
from bening.web.ui.geometry import Axis, axis_for

PEOPLE = {
    "internal": gettext_noop("Staff"),
    "external": gettext_noop("Users of services"),
    "expert": gettext_noop("Experts"),
}
SETS = {
    "province": gettext_noop("Provincial government"),
    "local": gettext_noop("Regencies and cities"),
    "ministry": gettext_noop("Ministries"),
    "agency": gettext_noop("Agencies"),
}
UNITS = {
    "office": gettext_noop("Offices"),
    "district": gettext_noop("Districts"),
    "village": gettext_noop("Urban villages"),
    "service": gettext_noop("Service units"),
    "puskesmas": gettext_noop("Health centres"),
    "rsud": gettext_noop("Hospitals"),
    "school": gettext_noop("Schools"),
    "directorate": gettext_noop("Directorates"),
    "branch": gettext_noop("Branch offices"),
}
BREAKS = {
    "bounds": gettext_noop("the bounds of the classes changed"),
    "gap": gettext_noop("editions between are missing"),
    "conflict": gettext_noop("sources contradict one another"),
    "weights": gettext_noop("our weights are not the official ones"),
}
CERTAINTY = {
    "A": gettext_noop("the agency's own text"),
    "B": gettext_noop("local government or several reports"),
    "C": gettext_noop("one report"),
    "D": gettext_noop("derived"),
    "E": gettext_noop("background"),
    "X": gettext_noop("sources contradict one another"),
}
FLAGS = {
    "pooled_variance": gettext_noop(
        "The margin leans on similar institutions, because too few answers came in from here."
    ),
    "lonely_adjusted": gettext_noop("One small stratum was adjusted when the margin was computed."),
    "strata_collapsed": gettext_noop(
        "Small strata were put together; where experts are few, a whole province shares their mean."
    ),
    "fpc": gettext_noop("Most of those who could be asked were asked, which makes the interval shorter."),
    "zero_variance": gettext_noop("All answered the same; the margin is taken from similar institutions."),
    "no_interval": gettext_noop("Too few answers to say how sure this is."),
}


def said(words: Mapping[str, str], code: str) -> str:
    """A code in the words of the page's language; nothing for a code without words."""
    return gettext(words[code]) if code in words else ""


def common(site: Site, language: str, root: str) -> dict[str, Any]:
    """What every page of a language needs: `root` leads from the page back to the release folder."""
    return {
        "site": site,
        "language": language,
        "root": root,
        "home": root if language == "id" else f"{root}en/",
        "label": site["label"][language],
        "banner_lines": banner_lines(site, language),
        "axis": shared_axis(site),
        "place": place(site),
    }


def banner_lines(site: Site, language: str) -> list[str]:
    """What a reader must know before anything else."""
    lines = [gettext("Demo data: generated people, no real result.")] if site["demo"] else []
    if not site["official"]:
        lines.append(site["label"][language] + ".")
    if not site["confidential"]:
        lines.append(gettext("No confidentiality: all keys lay on one machine."))
    return lines


def shared_axis(site: Site) -> Axis:
    """One scale for all intervals of the release."""
    return axis_for(limits([page["index"] for page in site["institutions"]]))


def limits(cells: Sequence[Cell]) -> list[float]:
    """All values and interval limits that are shown."""
    return [end for cell in cells for end in (cell["value"], cell["lower"], cell["upper"]) if end is not None]


def place(site: Site) -> str:
    """The part of the country this release speaks about."""
    provinces = [page["name"] for page in site["institutions"] if page["kind"] == "province"]
    return provinces[0].removeprefix("Provinsi ") if len(provinces) == 1 else "Indonesia"


def tag(site: Site, code: str, language: str) -> dict[str, str]:
    """A class as the tag shows it."""
    found = next((each for each in site["classes"] if each["code"] == code), None)
    return {"mark": found["mark"], "label": found["name"][language]} if found else {"mark": "", "label": ""}


def headline(site: Site, page: Page, language: str) -> dict[str, Any]:
    """An institution as a line of the list and the answer line of its own page."""
    return {
        **page,
        "tag": tag(site, page["class_code"], language) if page["class_code"] else None,
        "also": [tag(site, code, language) for code in page["could_be"]],
        "status_label": page["status_name"][language],
        "reason_text": page["reason"][language],
        "set_name": said(SETS, page["compared"]),
    }


def national(site: Site, language: str) -> dict[str, Any]:
    """The first page: comparison sets, each sorted by index, and those that are not shown."""
    lines = [headline(site, page, language) for page in site["institutions"]]
    shown = [line for line in lines if line["index"]["shown"]]
    shown.sort(key=lambda line: (-line["index"]["value"], line["name"]))
    sets = [
        {"title": gettext(title), "lines": [line for line in shown if line["compared"] == key]}
        for key, title in SETS.items()
    ]
    counts = [
        {
            "tag": tag(site, each["code"], language),
            "count": sum(line["class_code"] == each["code"] for line in shown),
        }
        for each in reversed(site["classes"])
    ]
    return {
        "sets": [each for each in sets if each["lines"]],
        "counts": counts,
        "unshown": [line for line in lines if not line["index"]["shown"]],
        "finding": finding(shown),
        "shown": len(shown),
    }


def finding(shown: Sequence[dict[str, Any]]) -> str:
    """The title of the first page: whether anybody is surely the best."""
    ranked = [line for line in shown if line["compared"] == "local" and line["rank_lower"] is not None]
    first = [line for line in ranked if line["rank_lower"] == 1]
    if not first:
        return ""
    if len(first) == 1:
        return gettext("%(name)s is clearly in first place") % {"name": first[0]["name"]}
    words = {"count": len(first), "size": first[0]["rank_set_size"]}
    return (
        gettext("%(count)d of %(size)d regencies and cities may be the best; the data cannot tell them apart")
        % words
    )


def institution(site: Site, page: Page, language: str) -> dict[str, Any]:
    """One institution's page."""
    names = {(column["group"], column["code"]): column["name"][language] for column in site["columns"]}
    drivers: list[dict[str, Any]] = [
        {**part, "name": names[part["group"], part["dimension"]], "group_name": people(part["group"])}
        for part in page["drivers"]
    ]
    return {
        "page": headline(site, page, language),
        "groups": [group_line(site, row) for row in page["groups"]],
        "gap": gap(page),
        "below": [part for part in drivers if part["points"] < 0],
        "drivers": strongest(drivers),
        "tables": [dimension_table(site, page, group["code"], names) for group in site["groups"]],
        "heat": heat(site, page, language),
        "past": [past_line(point, language) for point in page["history"]],
        "axis_wide": axis_for(limits([row["cell"] for row in page["groups"]])),
        "axis_past": axis_for(limits([page["index"]]) + [point["score"] for point in page["history"]]),
        "notes": [said(FLAGS, flag) for flag in sorted(page["index"]["flags"])],
    }


def strongest(drivers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The four that pull down most and the two that lift most."""
    down = [part for part in drivers if part["points"] < 0][:4]
    return down + [part for part in drivers if part["points"] > 0][-2:]


def people(group: str) -> str:
    """A respondent group in plain words."""
    return said(PEOPLE, group)


def group_line(site: Site, row: Any) -> dict[str, Any]:
    """One line of the three dots; a shared mean carries a note."""
    return {
        "name": people(row["group"]),
        "cell": row["cell"],
        "note": "shared" if row["shared"] else "",
        **row,
    }


def gap(page: Page) -> dict[str, Any] | None:
    """Between which groups the distance is largest, in shown points."""
    shown = [row for row in page["groups"] if row["cell"]["value"] is not None]
    if len(shown) < 2:
        return None
    shown.sort(key=lambda row: row["cell"]["value"] or 0)
    low, high = shown[0], shown[-1]
    points = round((high["cell"]["value"] or 0) - (low["cell"]["value"] or 0), 1)
    return {"low": people(low["group"]), "high": people(high["group"]), "points": points}


def dimension_table(site: Site, page: Page, group: str, names: dict[tuple[str, str], str]) -> dict[str, Any]:
    """The dimensions of one group, lowest first, withheld ones at the end."""
    rows: list[dict[str, Any]] = [
        {"name": names[group, row["dimension"]], "cell": row["cell"]}
        for row in page["dimensions"]
        if row["group"] == group
    ]
    rows.sort(key=lambda row: (row["cell"]["value"] is None, row["cell"]["value"] or 0.0))
    return {"name": people(group), "rows": rows}


def heat(site: Site, page: Page, language: str) -> dict[str, Any] | None:
    """Loci by kind and name, never by score: units are not ranked."""
    if not page["loci"]:
        return None
    columns = [gettext("All")] + [c["name"][language] for c in site["columns"] if c["group"] == "internal"]
    order = list(UNITS)
    loci = sorted(page["loci"], key=lambda row: (order.index(row["kind"]), row["name"]))
    rows, last = [], ""
    for row in loci:
        heading = said(UNITS, row["kind"]) if row["kind"] != last else ""
        rows.append(
            {"name": row["name"], "cells": row["cells"], "heading": heading, "rest": len(columns) - 1}
        )
        last = row["kind"]
    own = [
        row for row in page["dimensions"] if row["group"] == "internal" and row["cell"]["value"] is not None
    ]
    lowest = min(own, key=lambda row: row["cell"]["value"] or 0, default=None)
    names = {c["code"]: c["name"][language] for c in site["columns"] if c["group"] == "internal"}
    return {
        "columns": columns,
        "rows": rows,
        "shown": sum(row["cells"][0]["shown"] for row in loci),
        "total": len(loci),
        "lowest": names[lowest["dimension"]] if lowest else "",
    }


def past_line(point: Any, language: str) -> dict[str, Any]:
    """One figure of the history in words."""
    return {
        **point,
        "tag": {"mark": point["mark"], "label": point["class_name"][language]} if point["mark"] else None,
        "why": [said(BREAKS, reason) for reason in point["breaks"]],
        "trust": said(CERTAINTY, point["certainty"]),
        "link": point["source"] if point["source"].startswith(("https://", "http://")) else "",
    }
