"""Visits: an interviewer's own list, results, and assignments for the tablet; officers see counts alone."""

from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from bening.core.kinds import VisitOutcome
from bening.core.problems import Refused, say
from bening.web.fieldwork.forms.visits import OUTCOMES, ResultForm
from bening.web.fieldwork.models import Tablet, Visit, VisitDraw
from bening.web.fieldwork.steps import tablets, visits
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Round


@guard("interviewer", "officer")
def board(request: Staff) -> HttpResponse:
    """The interviewer's own visits; for an officer how far each interviewer is."""
    made = VisitDraw.objects.filter(round=Round.current()).select_related("round").first()
    words: dict[str, Any] = {"round": made.round if made else Round.current(), "made": made}
    if request.role.name == "officer":
        rows = visits.progress(round=made.round) if made else []
        words |= {"rows": rows, "given": sum(row[1] for row in rows), "over": sum(row[2] for row in rows)}
        return kept_by_nobody(render(request, "fieldwork/visits_progress.html", words))
    if made:
        words |= own(request, made.round)
    return kept_by_nobody(render(request, "fieldwork/visits.html", words))


def own(request: Staff, round_: Round) -> dict[str, Any]:
    """An interviewer's visits, and the tablets that were given assignments."""
    who = request.user.get_username()
    lines = visits.lines(round=round_, interviewer=who, now=settings.NOW())
    return {
        "lines": [
            (line, [gettext(OUTCOMES[VisitOutcome(one.outcome)]) for one in line.results]) for line in lines
        ],
        "over": sum(not line.open for line in lines),
        "tablets": [
            (tablet, urlsafe_b64encode(tablet.sealed or b"").rstrip(b"=").decode())
            for tablet in Tablet.objects.filter(round=round_, interviewer=who, lost=False).order_by("id")
        ],
        "key": request.GET.get("tablet", ""),
        "page": f"{settings.ORIGIN_CLIENT}/tablet.html",
        "back": quote(settings.ORIGIN_HALL + reverse("visits"), safe=""),
        "now": settings.NOW(),
    }


@guard("interviewer")
def visit(request: Staff, number: int) -> HttpResponse:
    """Enter what came of a visit of one's own."""
    row = get_object_or_404(
        Visit.objects.select_related("round"),
        round=Round.current(),
        number=number,
        interviewer=request.user.get_username(),
    )
    today = visits.today(row.round, settings.NOW())
    lines = visits.lines(round=row.round, interviewer=row.interviewer, now=settings.NOW())
    line = next((line for line in lines if line.visit == row), None)
    if line is None:  # the list has expired
        raise Http404
    form = ResultForm(
        request.POST if request.method == "POST" else None,
        first=row.round.opens,
        today=today,
        initial={"day": today},
    )
    if request.method == "POST" and form.is_valid():
        try:
            visits.enter_result(by=row.interviewer, visit=row, **form.cleaned_data)
        except Refused as refused:
            for problem in refused.problems:
                form.add_error(None, say(problem, get_language() or "id"))
        else:
            messages.success(request, gettext("The result is kept."))
            return redirect("visits")
    words = {"round": row.round, "line": line, "form": form}
    return kept_by_nobody(render(request, "fieldwork/visit.html", words))


@guard("interviewer", fresh=True)
@require_POST
def want(request: Staff) -> HttpResponse:
    """Ask the worker to seal the open visits for a tablet."""
    made = VisitDraw.objects.filter(round=Round.current()).select_related("round").first()
    if made is None:
        raise Http404
    try:
        tablets.want_assignments(
            by=request.user.get_username(), round=made.round, key=request.POST.get("key", "")
        )
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, say(problem, get_language() or "id"))
    else:
        messages.success(
            request, gettext("The assignments are being prepared. Reload this page in a moment.")
        )
    return redirect("visits")


@guard("interviewer", fresh=True)
@require_POST
def lost(request: Staff, tablet: int) -> HttpResponse:
    """A tablet is lost: nothing that it was given may open anything."""
    row = get_object_or_404(Tablet, pk=tablet, interviewer=request.user.get_username())
    tablets.report_lost(by=row.interviewer, tablet=row)
    messages.success(request, gettext("The assignments on that tablet are being locked."))
    return redirect("visits")


def kept_by_nobody(page: HttpResponse) -> HttpResponse:
    """Names and numbers: no browser and no server on the way keeps the page."""
    page["Cache-Control"] = "no-store"
    return page
