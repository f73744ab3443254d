"""The planner: a design, and what it will give, before anybody is asked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from bening.core.kinds import SampleDesign
from bening.core.problems import Refused
from bening.core.sample import read_design
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Round
from bening.web.sample.forms import START, DesignForm
from bening.web.sample.models import Design, Draw
from bening.web.sample.steps import save_design
from bening.web.sample.steps.people import counts, frozen
from bening.web.sample.views.outlook import Outlook, look
from bening.web.sample.views.words import refused


@guard("statistician", "officer")
@require_http_methods(["GET", "POST"])
def planner(request: Staff) -> HttpResponse:
    """Shows what a design would give; the statistician saves it. An officer may try numbers, not save."""
    round_ = Round.current()
    if round_ is None:
        return render(request, "sample/plan.html", {"round": None})
    saving = request.method == "POST" and request.POST.get("do") == "save"
    if saving and request.role.name != "statistician":
        raise PermissionDenied
    newest = Design.objects.filter(round=round_).last()
    known = read_design(bytes(newest.body)) if newest else None
    form = DesignForm(request.POST if request.method == "POST" else None, known)
    problems: list[str] = []
    outlook = None
    try:
        design = typed(form) if request.method == "POST" else known or SampleDesign(START)
        if design and saving:
            made = save_design(by=request.user.get_username(), round=round_, design=design)
            words = {"version": made.version}
            messages.success(request, gettext("The design is saved as version %(version)d.") % words)
            return redirect("sample-plan")
        outlook = foreseen(request, round_, design)
    except Refused as error:
        problems = refused(error)
    part = "sample/outcome.html" if "part" in request.POST else "sample/plan.html"
    words_ = {
        "round": round_,
        "form": form,
        "faults": form.faults() if request.method == "POST" else [],
        "problems": problems,
        "outlook": outlook,
        "frozen": frozen(round_),
        "design": newest,
        "fixed": Draw.objects.filter(round=round_).exists(),
        "may_save": request.role.name == "statistician",
    }
    return render(request, part, words_, status=400 if problems or words_["faults"] else 200)


def typed(form: DesignForm) -> SampleDesign | None:
    """The design that was typed, None while something in it is wrong."""
    return form.design() if form.is_valid() else None


def foreseen(request: Staff, round: Round, design: SampleDesign | None) -> Outlook | None:
    """What the design would give on the lists as they stand."""
    people = counts(round) if design else {}
    chosen = str(request.POST.get("institution") or request.GET.get("institution") or "")
    return look(people, design, round=round, chosen=chosen) if design and people else None
