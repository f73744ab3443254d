"""The two acts that cannot be undone, each on a page of its own and by another person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from bening.core.problems import Refused
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Round
from bening.web.sample.models import Design, Draw
from bening.web.sample.steps import commit_seed, draw_sample
from bening.web.sample.steps.people import frozen
from bening.web.sample.views.state import table
from bening.web.sample.views.words import refused


@guard("statistician", fresh=True)
@require_http_methods(["GET", "POST"])
def commit(request: Staff) -> HttpResponse:
    """Fix design, frame and seed, and publish their digests."""
    round_ = Round.current()
    problems: list[str] = []
    if request.method == "POST" and round_:
        try:
            commit_seed(by=request.user.get_username(), round=round_)
            messages.success(request, gettext("The commitment is public. Somebody else draws now."))
            return redirect("sample")
        except Refused as error:
            problems = refused(error)
    design = Design.objects.filter(round=round_).last()
    words = {
        "round": round_,
        "draw": Draw.objects.filter(round=round_).first(),
        "design": design,
        "table": table(design) if design else [],
        "frozen": bool(round_ and frozen(round_)),
        "problems": problems,
    }
    return render(request, "sample/commit.html", words, status=400 if problems else 200)


@guard("officer", fresh=True)
@require_http_methods(["GET", "POST"])
def draw(request: Staff) -> HttpResponse:
    """Draw with the committed seed; not by the person who committed."""
    round_ = Round.current()
    problems: list[str] = []
    if request.method == "POST" and round_:
        try:
            draw_sample(by=request.user.get_username(), round=round_)
            messages.success(request, gettext("The sample is drawn."))
            return redirect("sample")
        except Refused as error:
            problems = refused(error)
    made = Draw.objects.filter(round=round_).select_related("design").first()
    words = {
        "round": round_,
        "draw": made,
        "table": table(made.design) if made else [],
        "own": bool(made and made.committed_by == request.user.get_username()),
        "problems": problems,
    }
    return render(request, "sample/draw.html", words, status=400 if problems else 200)
