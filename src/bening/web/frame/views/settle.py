"""The agency's part: due dates, what lists are compared with, and the freeze."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from bening.core.kinds import Group, Problem
from bening.core.problems import Refused
from bening.web.frame.forms import DeadlineForm, ReferenceForm
from bening.web.frame.models import Contact, Reference, Roster
from bening.web.frame.steps import (
    deadlines,
    frame_digest,
    freeze_frame,
    load_reference,
    missing_lists,
    set_deadline,
)
from bening.web.frame.views import words
from bening.web.frame.views.place import GROUPS, current, is_frozen, list_of, who
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Participant

NAMES = {group: words.GROUPS[group] for group in GROUPS}
WORST = 50  # problems that are told


@guard("officer")
@require_http_methods(["GET", "POST"])
def due_dates(request: Staff) -> HttpResponse:
    """By when the lists of each group are wanted."""
    round_ = current()
    known = {group.value: day for group, day in deadlines(round=round_).items()}
    form = DeadlineForm(request.POST or None, initial=known, names=NAMES)
    if request.method == "POST" and form.is_valid():
        for group in GROUPS:
            set_deadline(by=who(request), round=round_, group=group, due=form.cleaned_data[group.value])
        messages.success(request, gettext("The due dates are set."))
        return redirect("frame-board")
    return render(
        request, "frame/due_dates.html", {"round": round_, "form": form}, status=400 if form.errors else 200
    )


@guard("officer", "inspectorate")
@require_http_methods(["GET", "POST"])
def references(request: Staff, code: str) -> HttpResponse:
    """The personnel statistic and the job titles that an institution's staff list is compared with."""
    spot = list_of(request, code, "internal")
    form = ReferenceForm(request.POST or None, request.FILES or None)
    errors: list[str] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            load_reference(
                by=who(request), round=spot.round, institution=spot.institution,
                kind=form.cleaned_data["kind"], data=file.read(), name=file.name, now=settings.NOW(),
            )  # fmt: skip
            messages.success(request, gettext("Taken in. The next list is compared with it."))
            return redirect("frame-references", code=code)
        except Refused as stop:
            errors = words.sentences(stop.problems[:WORST])
    elif request.method == "POST":
        errors = [gettext("Choose a file.")]
    rows = {row.kind: row for row in Reference.objects.filter(round=spot.round, institution=spot.institution)}
    context: dict[str, Any] = {
        "round": spot.round, "spot": spot, "errors": errors, "wrong": request.POST.get("kind", ""),
        "statistic": rows.get("statistic"), "titles": rows.get("titles"), "frozen": is_frozen(spot.round),
    }  # fmt: skip
    return render(request, "frame/references.html", context, status=400 if errors else 200)


@guard("officer", fresh=True)
@require_http_methods(["GET", "POST"])
def freeze(request: Staff) -> HttpResponse:
    """What is missing, what freezing means, and the freeze itself."""
    round_ = current()
    unsure, lacking = "", missing_lists(round=round_)
    if request.method == "POST" and not is_frozen(round_):
        if request.POST.get("sure") == "yes":
            freeze_frame(by=who(request), round=round_, now=settings.NOW())
            messages.success(request, gettext("The lists are frozen."))
            return redirect("frame-freeze")
        unsure = gettext("Tick the box to say that nothing has to change any more.")
    context: dict[str, Any] = {
        "round": round_, "frozen": is_frozen(round_), "unsure": unsure,
        "lacking": len(lacking), "missing": by_institution(lacking),
    }  # fmt: skip
    standing = "frozen" if context["frozen"] else "accepted"
    rows = newest(Roster.objects.filter(round=round_, state=standing).order_by("version"))
    people = Contact.objects.filter(roster__in=rows).order_by()
    context |= {
        "lists": len(rows), "total": len(GROUPS) * Participant.objects.filter(round=round_).count(),
        "eligible": people.filter(verdict="eligible").count(),
        "undecided": people.filter(verdict="undecided").count(),
        "digest": frame_digest(round=round_) if context["frozen"] else "",
        "pending": Roster.objects.filter(round=round_, state="submitted").count(),
    }  # fmt: skip
    return render(request, "frame/freeze.html", context, status=400 if unsure else 200)


def by_institution(lacking: list[Problem]) -> list[tuple[str, list[Any]]]:
    """Institutions with the groups whose lists are missing."""
    found: dict[str, list[Any]] = {}
    for problem in lacking:
        group = Group(str(problem.words["group"]))
        found.setdefault(str(problem.words["institution"]), []).append(words.GROUPS[group])
    return list(found.items())


def newest(rows: Any) -> list[int]:
    """The newest of these versions of every list."""
    return list({(row.institution_id, row.group): row.pk for row in rows}.values())
