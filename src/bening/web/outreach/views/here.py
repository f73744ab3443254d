"""What the pages of an institution share: where they are, and the way to their neighbours."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_noop

from bening.core.problems import Refused, say
from bening.web.outreach import steps
from bening.web.registry.guard import Staff, institution_for
from bening.web.registry.models import Round

READERS = ("inspectorate", "officer", "leader")
WORKERS = ("inspectorate", "officer")
PAGES = (
    ("outreach-ready", gettext_noop("Readiness"), READERS),
    ("outreach-coverage", gettext_noop("Coverage"), READERS),
    ("outreach-meetings", gettext_noop("Meetings"), WORKERS),
    ("outreach-heads", gettext_noop("Heads"), WORKERS),
    ("outreach-materials", gettext_noop("Materials"), WORKERS),
    ("outreach-announcements", gettext_noop("Announcements"), WORKERS),
    ("outreach-calls", gettext_noop("To call"), WORKERS),
)


def found(request: Staff, code: str) -> steps.Places:
    """The places of an institution in the current round; not found for whoever does not reach it."""
    institution = institution_for(request.role, code)
    round_ = Round.current()
    if round_ is None or not round_.participants.filter(institution=institution).exists():
        raise Http404
    return steps.places(round=round_, institution=institution)


def frame(request: Staff, places: steps.Places, **words: Any) -> dict[str, Any]:
    """The words that every page of an institution carries."""
    pages = [(name, title) for name, title, roles in PAGES if request.role.name in roles]
    return {"round": places.round, "institution": places.institution, "pages": pages, **words}


def sentences(refused: Refused, language: str) -> list[str]:
    """What was refused and why, as people read it."""
    return [say(problem, language) for problem in refused.problems]


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when it was nothing: an empty form is answered too."""
    return request.POST if request.method == "POST" else None


def pdf(content: bytes, name: str) -> HttpResponse:
    """A file to print."""
    page = HttpResponse(content, content_type="application/pdf")
    page["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    page["Cache-Control"] = "no-store"
    return page
