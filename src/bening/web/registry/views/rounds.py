"""Rounds: those there were, one of them with its rules in plain words, and opening the next."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from bening.core.kinds import Method
from bening.core.problems import Refused
from bening.methods import known, load
from bening.web.registry.forms.rounds import MethodForm, RoundForm
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Role, Round
from bening.web.registry.steps import open_round
from bening.web.registry.steps.rounds import left_out
from bening.web.registry.views.mending import blame

EVERY_ROLE = (*Role.AGENCY, *Role.LOCAL)
WORDS = ("name", "agency", "agency_short", "survey", "sender", "hotline")


@guard(*EVERY_ROLE)
def rounds(request: Staff) -> HttpResponse:
    """Every round, the newest first."""
    counts = {"institutions": Count("participants", distinct=True), "units": Count("loci", distinct=True)}
    rows = Round.objects.annotate(**counts).order_by("-opens", "-id")
    return render(request, "registry/rounds.html", {"round": Round.current(), "rows": rows})


@guard(*EVERY_ROLE)
def round_page(request: Staff, code: str) -> HttpResponse:
    """One round: its dates, its sender, its rules."""
    row = get_object_or_404(Round, code=code)
    return render(request, "registry/round.html", {"round": row, "row": row, **rules(load(row.method_id))})


def rules(method: Method) -> dict[str, object]:
    """A method as a page tells it: weights, who is left out, from how many answers a number is shown."""
    return {
        "method": method,
        "weights": [(method.group_names[group], weight) for group, weight in method.groups.items()],
        "left_out": [(method.group_names[group], texts) for group, texts in left_out(method).items()],
        "floor": method.floors["mean"],
        "whole_floor": method.floors["institution"],
    }


@guard("officer")
@require_http_methods(["GET", "POST"])
def round_open(request: Staff) -> HttpResponse:
    """First the rules are chosen and read, then the dates and words are given."""
    chosen = request.POST.get("method") or request.GET.get("method", "")
    if chosen not in known():
        asked = MethodForm(request.GET if "method" in request.GET else None)
        return render(request, "registry/round_method.html", {"round": Round.current(), "form": asked})
    last, method = Round.current(), load(chosen)
    same = {word: getattr(last, word) for word in WORDS[1:]} if last else {}
    form = RoundForm(request.POST or None, initial=same)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        words = {word: given.pop(word) for word in WORDS}
        given |= {"edition": method.edition, "profile": method.profile}
        try:
            row = open_round(by=request.user.get_username(), words=words, **given)
        except Refused as stop:
            blame(form, stop)
        else:
            messages.success(request, gettext("The round is open. Now list its institutions."))
            return redirect("round", row.code)
    return render(request, "registry/round_open.html", {"round": last, "form": form, **rules(method)})
