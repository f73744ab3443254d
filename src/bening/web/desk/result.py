"""The leader's page: what was released about the institution, and what follows from it."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from bening.web.action.models import Recommendation
from bening.web.publish.models import Release
from bening.web.publish.steps import reading
from bening.web.registry.models import Institution, Role, Round


def leader(role: Role, round: Round) -> dict[str, Any]:
    """The result as it was released; a prepared one that nobody has released is not looked at."""
    institution = role.institution
    assert institution is not None  # noqa: S101  a constraint of the table
    release = Release.objects.filter(round=round, released__isnull=False).last()
    page = (
        next((p for p in release.body["institutions"] if p["code"] == institution.code), None)
        if release
        else None
    )
    if release is None or page is None:
        return {"page": None}
    language = "en" if get_language() == "en" else "id"
    site = release.body
    return {
        "site": site,
        "label": site["label"][language],
        "axis": reading.shared_axis(site),
        "address": address(institution, language),
        "recommendations": recommendations(round, institution, site, language),
        **reading.institution(site, page, language),
    }


def address(institution: Institution, language: str) -> str:
    """The institution's page in the release."""
    folder = "en/" if language == "en" else ""
    return f"{settings.ORIGIN_RELEASE}/{folder}institutions/{institution.code}.html"


def recommendations(round: Round, institution: Institution, site: Any, language: str) -> list[dict[str, str]]:
    """What the institution is asked to do, each with the dimension that called for it."""
    names = {column["code"]: column["name"][language] for column in site["columns"]}
    return [
        {"dimension": names.get(row.dimension, row.dimension), "text": getattr(row, f"text_{language}")}
        for row in Recommendation.objects.filter(round=round, institution=institution)
    ]
