"""The pages of a release: both languages, relative links, no script."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from bening.core.publish.shape import Site
from bening.web.publish.steps.reading import common, institution, national, people

STYLE = "assets/site.css"


def pages(site: Site) -> dict[str, bytes]:
    """Every page by its path in the release folder, and the style sheet."""
    files = {STYLE: style_sheet()}
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            files |= {path: text.encode() for path, text in pages_in(site, language).items()}
    return files


def style_sheet() -> bytes:
    """The one style sheet of the house, as it stands."""
    found = finders.find("ui/site.css")
    return Path(str(found)).read_bytes()


def pages_in(site: Site, language: str) -> dict[str, str]:
    """The pages of one language; Indonesian stands at the root, English under en/."""
    folder, up = ("", "") if language == "id" else ("en/", "../")
    other = "en/" if language == "id" else "../"
    found = {
        f"{folder}index.html": page(
            "national", site, language, root=up, other=f"{other}index.html", extra=national(site, language)
        ),
        f"{folder}method.html": page(
            "method", site, language, root=up, other=f"{other}method.html", extra=method(site, language)
        ),
    }
    for each in site["institutions"]:
        path = f"institutions/{each['code']}.html"
        other_path = f"../en/{path}" if language == "id" else f"../../{path}"
        found[folder + path] = page(
            "institution",
            site,
            language,
            root=f"../{up}",
            other=other_path,
            extra=institution(site, each, language),
        )
    return found


def page(name: str, site: Site, language: str, *, root: str, other: str, extra: dict[str, Any]) -> str:
    """One page; `other` is the same page in the other language."""
    return render_to_string(f"publish/{name}.html", common(site, language, root) | {"other": other} | extra)


def method(site: Site, language: str) -> dict[str, Any]:
    """What the method page lists: weights by group, classes, digests."""
    groups = [
        {
            "name": people(group["code"]),
            "weight": group["weight"],
            "columns": [
                {"name": column["name"][language], "weight": column["weight"]}
                for column in site["columns"]
                if column["group"] == group["code"]
            ],
        }
        for group in site["groups"]
    ]
    classes = [{**each, "label": each["name"][language]} for each in site["classes"]]
    return {"weights": groups, "bounds": classes, "digests": sorted(site["digests"].items())}
