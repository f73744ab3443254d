"""The open tables of a release: the same numbers as its pages, for machines (decimal point, UTF-8)."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from bening.core.publish.shape import Page, Site
from bening.core.publish.tables import Cell

HEAD = (
    "code",
    "name",
    "kind",
    "status",
    "estimate",
    "se",
    "lower",
    "upper",
    "n_band",
    "class",
    "rank_lower",
    "rank_upper",
    "rank_set_size",
    "p_top3_percent",
    "flags",
)


def tables(site: Site) -> dict[str, bytes]:
    """Every table by its path."""
    return {
        "index.json": document(site),
        "index.csv": sheet(site, HEAD, (index_row(page) for page in site["institutions"])),
        "dimensions.csv": sheet(
            site,
            (
                "code",
                "group",
                "dimension",
                "estimate",
                "se",
                "lower",
                "upper",
                "n_band",
                "shown",
                "shared",
                "flags",
            ),
            (row for page in site["institutions"] for row in dimension_rows(page)),
        ),
        "loci.csv": sheet(
            site,
            (
                "code",
                "unit",
                "unit_name",
                "unit_kind",
                "dimension",
                "estimate",
                "band",
                "lower",
                "upper",
                "n_band",
                "shown",
            ),
            (row for page in site["institutions"] for row in locus_rows(site, page)),
        ),
        "history.csv": sheet(
            site,
            (
                "code",
                "edition",
                "score",
                "lower",
                "upper",
                "class",
                "origin",
                "certainty",
                "breaks",
                "source",
                "note",
            ),
            (row for page in site["institutions"] for row in history_rows(page)),
        ),
    }


def document(site: Site) -> bytes:
    """index.json."""
    body = {
        "edition": site["edition"],
        "round": site["round"],
        "method": site["method"],
        "profile": site["profile"],
        "label": {language: site["label"][language] for language in ("id", "en")},
        "official": site["official"],
        "demo": site["demo"],
        "institutions": [entry(page) for page in site["institutions"]],
    }
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def entry(page: Page) -> dict[str, Any]:
    """One institution of index.json; every number is null unless published."""
    cell = page["index"]
    return {
        "code": page["code"],
        "name": page["name"],
        "kind": page["kind"],
        "status": page["status"],
        "estimate": cell["value"],
        "se": cell["se"],
        "lower": cell["lower"],
        "upper": cell["upper"],
        "n_band": cell["n_band"],
        "class": page["class_code"] or None,
        "rank_lower": page["rank_lower"],
        "rank_upper": page["rank_upper"],
        "rank_set_size": page["rank_set_size"] or None,
        "p_top3_percent": page["p_top3"] or None,
        "flags": cell["flags"],
    }


def sheet(site: Site, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV; every row carries the name of the weights."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*head, "method_label"])
    label = f"{site['label']['id']} / {site['label']['en']}"
    for row in rows:
        writer.writerow([*("" if value is None else value for value in row), label])
    return text.getvalue().encode()


def index_row(page: Page) -> list[Any]:
    """One institution of index.csv, from the same words as index.json."""
    found = entry(page)
    return [" ".join(found[name]) if name == "flags" else found[name] for name in HEAD]


def numbers(cell: Cell) -> list[Any]:
    """Value, standard error, limits, band of answers."""
    return [cell["value"], cell["se"], cell["lower"], cell["upper"], cell["n_band"]]


def dimension_rows(page: Page) -> Iterable[list[Any]]:
    """Groups (empty dimension), then dimensions; withheld rows are named, without a number."""
    for group in page["groups"]:
        cell = group["cell"]
        yield [
            page["code"],
            group["group"],
            "",
            *numbers(cell),
            yes(cell["shown"]),
            yes(group["shared"]),
            " ".join(cell["flags"]),
        ]
    shared = {group["group"]: group["shared"] for group in page["groups"]}
    for row in page["dimensions"]:
        cell = row["cell"]
        yield [
            page["code"],
            row["group"],
            row["dimension"],
            *numbers(cell),
            yes(cell["shown"]),
            yes(shared.get(row["group"], False)),
            " ".join(cell["flags"]),
        ]


def locus_rows(site: Site, page: Page) -> Iterable[list[Any]]:
    """Units by internal dimension; the first line of each is all dimensions together."""
    columns = ["", *(column["code"] for column in site["columns"] if column["group"] == "internal")]
    for row in page["loci"]:
        for column, cell in zip(columns, row["cells"], strict=True):
            yield [
                page["code"],
                row["code"],
                row["name"],
                row["kind"],
                column,
                cell["value"],
                cell["band"],
                cell["lower"],
                cell["upper"],
                cell["n_band"],
                yes(cell["shown"]),
            ]


def history_rows(page: Page) -> Iterable[list[Any]]:
    """Quoted figures and ours."""
    for point in page["history"]:
        yield [
            page["code"],
            point["edition"],
            point["score"],
            point["lower"],
            point["upper"],
            point["class_code"],
            "computed" if point["computed"] else "published",
            point["certainty"],
            " ".join(point["breaks"]),
            point["source"],
            point["note"],
        ]


def yes(flag: bool) -> str:
    """Words that every program reads the same way."""
    return "true" if flag else "false"
