"""One list on its way back and forth: versions, questions, answers, handing over, taking back, accepting."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bening.core.kinds import Group
from bening.core.problems import Refused
from bening.web.frame.forms import QuestionForm
from bening.web.frame.models import Question, Roster, Upload
from bening.web.frame.steps import (
    Asked,
    accept,
    answer,
    deadlines,
    open_list,
    return_roster,
    submit,
    withdraw,
)
from bening.web.frame.views import words
from bening.web.frame.views.place import READERS, WORDS, List, is_frozen, list_of, who
from bening.web.frame.views.result import units_of
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Unit

ASKED = ("to", "words", "due", "unit", "row", "column")
MOST = 20  # questions at a time
MOVES = {
    "submit": ("inspectorate", submit, gettext_noop("The list is handed over. The agency looks at it now.")),
    "withdraw": ("inspectorate", withdraw, gettext_noop("The list is a draft again.")),
    "accept": ("officer", accept, gettext_noop("The list is accepted.")),
}


@guard(*READERS)
@require_GET
def one(request: Staff, code: str, group: str) -> HttpResponse:
    """Where a list stands, whose turn it is, what was asked and answered, every version with its digest."""
    return page(request, list_of(request, code, group))


def page(
    request: Staff, spot: List, kept: dict[int, tuple[str, str]] | None = None, status: int = 200
) -> HttpResponse:
    """The page of a list; `kept` are words that could not be taken as an answer, and why."""
    versions = spot.versions()
    newest = versions[0] if versions else None
    today = settings.NOW().date()
    due = deadlines(round=spot.round).get(spot.group)
    context: dict[str, Any] = {
        "round": spot.round, "spot": spot, "group_word": words.GROUPS[spot.group], "newest": newest,
        "versions": [(row, words.state_word(row.state)) for row in versions], "due": due,
        "late": late(due, newest, today), "state": words.state_word(newest.state if newest else ""),
        "frozen": is_frozen(spot.round), "today": today, "upload": running(spot),
        "open": own(spot).filter(answered=None).count(),
    }  # fmt: skip
    if spot.reads and newest:
        behind, thread = open_list(by=who(request), roster=newest, unit=spot.unit)
        kept = kept or {}
        context |= {"behind": behind, "thread": [(row, kept.get(row.pk)) for row in thread]}
    return render(request, "frame/list.html", context, status=status)


def late(due: Any, newest: Roster | None, today: Any) -> int:
    """Days since a list should have been handed over; 0 where it is not late."""
    waits = newest is None or newest.state in ("draft", "returned")
    return (today - due).days if due and waits and due < today else 0


def own(spot: List) -> Any:
    """Questions about this list, or those to one unit."""
    rows = Question.objects.filter(
        roster__round=spot.round, roster__institution=spot.institution, roster__group=spot.group
    )
    return rows.filter(unit=spot.unit) if spot.unit else rows


def running(spot: List) -> Upload | None:
    """An upload that is not done yet."""
    if spot.role.name != "inspectorate":
        return None
    rows = Upload.objects.filter(round=spot.round, institution=spot.institution, group=spot.group)
    return rows.filter(state__in=("waiting", "queued", "checking")).order_by("-received").first()


@guard("inspectorate", "officer")
@require_POST
def move(request: Staff, code: str, group: str, verb: str) -> HttpResponse:
    """Hands over, takes back or accepts the version that the page showed."""
    spot = list_of(request, code, group)
    role, step, said = MOVES[verb]
    number = request.POST.get("version", "")
    try:
        newest = spot.newest()
        if spot.role.name != role or str(newest.version) != number:
            messages.error(request, gettext("The list has changed meanwhile. Nothing was done."))
        else:
            step(by=who(request), roster=newest)
            messages.success(request, gettext(said))
    except Refused as stop:
        messages.error(request, words.refusal(stop))
    return redirect("frame-list", code=code, group=group)


@guard("officer")
@require_http_methods(["GET", "POST"])
def give_back(request: Staff, code: str, group: str) -> HttpResponse:
    """Returns a list with questions, each to a person by a day."""
    spot = list_of(request, code, group)
    roster = spot.newest()
    forms = questions_of(request, spot)
    status = 200
    if request.method == "POST" and "more" not in request.POST and forms.is_valid():
        try:
            asked = [asked_by(form.cleaned_data, spot) for form in forms if form.has_changed()]
            return_roster(by=who(request), roster=roster, questions=asked, now=settings.NOW())
            messages.success(request, gettext("The list went back with your questions."))
            return redirect("frame-list", code=code, group=group)
        except Refused as stop:
            messages.error(request, words.refusal(stop))
            status = 400
    context = {
        "round": spot.round, "spot": spot, "group_word": words.GROUPS[spot.group], "roster": roster,
        "forms": forms, "numbered": list(enumerate(forms, start=1)),
    }  # fmt: skip
    return render(request, "frame/give_back.html", context, status=status)


def questions_of(request: Staff, spot: List) -> Any:
    """The forms: those that came back and, if more were asked for, an empty one; or one about a finding."""
    make = formset_factory(QuestionForm, extra=1, max_num=MOST, absolute_max=MOST, min_num=0)
    units = {"units": units_of(spot)}
    if request.method == "GET":
        first = {name: request.GET[name] for name in ("unit", "row", "column") if name in request.GET}
        made = formset_factory(QuestionForm, extra=0 if first else 1, max_num=MOST)
        return made(initial=[first] if first else None, form_kwargs=units)
    data = request.POST.copy()
    if "more" in data:
        count = int(said) if (said := request.POST.get("form-TOTAL_FORMS", "")).isdigit() else 0
        data["form-TOTAL_FORMS"] = str(min(count + 1, MOST))
        given = [{name: data.get(f"form-{n}-{name}", "") for name in ASKED} for n in range(count)]
        return formset_factory(QuestionForm, extra=1, max_num=MOST)(initial=given, form_kwargs=units)
    return make(data, form_kwargs=units)


def asked_by(said: dict[str, Any], spot: List) -> Asked:
    """A question as the step wants it."""
    unit = (
        Unit.objects.filter(institution=spot.institution, code=said["unit"]).first() if said["unit"] else None
    )
    return Asked(said["to"], said["words"], said["due"], unit, said["row"], said["column"])


@guard(*WORDS)
@require_POST
def reply(request: Staff, pk: int) -> HttpResponse:
    """An answer where the question stands; words that cannot be taken stay in their field."""
    row = get_object_or_404(Question.objects.select_related("roster__institution", "roster__round"), pk=pk)
    spot = list_of(request, row.roster.institution.code, row.roster.group)
    get_object_or_404(own(spot), pk=pk)
    text = request.POST.get("answer", "")
    try:
        answer(by=who(request), question=row, words=text, now=settings.NOW())
    except Refused as stop:
        return page(request, spot, {pk: (text, words.refusal(stop))}, status=400)
    messages.success(request, gettext("The answer is on record."))
    return redirect("frame-list", code=spot.institution.code, group=Group(row.roster.group).value)
