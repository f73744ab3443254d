"""Preparation meetings: list, minutes, attendance; the agency reads, the inspectorate writes."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext

from bening.core.problems import Refused
from bening.web.outreach import steps
from bening.web.outreach.forms import CAPACITY_WORDS, MeetingForm
from bening.web.outreach.models import Meeting
from bening.web.outreach.views.here import WORKERS, found, frame, posted, sentences
from bening.web.registry.guard import Staff, guard

FIELDS = {"OUTREACH-101": "day", "OUTREACH-103": "decisions"}


@guard(*WORKERS)
def meetings(request: Staff, code: str) -> HttpResponse:
    """Every meeting of an institution, the latest first."""
    places = found(request, code)
    rows = Meeting.objects.filter(round=places.round, institution=places.institution)
    lines = [(row, row.attendances.count()) for row in rows]
    words = {"lines": lines, "loci": len(places.loci), "writes": request.role.name == "inspectorate"}
    return render(request, "outreach/meetings.html", frame(request, places, **words))


@guard("inspectorate")
def write(request: Staff, code: str, number: int | None = None) -> HttpResponse:
    """Enter a meeting or correct one."""
    places = found(request, code)
    row = one_of(places, number) if number else None
    loci = places.listed()
    form = MeetingForm(posted(request), loci=loci, initial=initial(row) if row else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            row = steps.record_meeting(
                by=request.user.get_username(),
                round=places.round,
                institution=places.institution,
                minutes=steps.Minutes(*(given[name] for name in steps.Minutes._fields)),
                present=form.present(),
                now=settings.NOW(),
                meeting=row,
            )
        except Refused as refused:
            for problem, sentence in zip(
                refused.problems, sentences(refused, get_language() or "id"), strict=True
            ):
                form.add_error(FIELDS.get(problem.code), sentence)
        else:
            messages.success(request, gettext("The meeting is recorded."))
            return redirect("outreach-meeting", code, row.pk)
    words = {"form": form, "meeting": row, "rows": list(zip(loci, form.loci(), strict=True))}
    return render(request, "outreach/meeting_form.html", frame(request, places, **words))


def initial(row: Meeting) -> dict[str, object]:
    """A meeting as the form shows it."""
    present = {f"present-{one.unit.code}": one.capacity for one in row.attendances.select_related("unit")}
    return {name: getattr(row, name) for name in steps.Minutes._fields} | present


@guard(*WORKERS)
def minutes(request: Staff, code: str, number: int) -> HttpResponse:
    """Minutes and attendance by locus; prints on one or two sheets."""
    places = found(request, code)
    row = one_of(places, number)
    came = dict(row.attendances.values_list("unit", "capacity"))
    lines = [
        (unit, gettext(CAPACITY_WORDS[came[unit.pk]]) if unit.pk in came else "") for unit in places.listed()
    ]
    words = {
        "meeting": row,
        "lines": sorted(lines, key=lambda line: bool(line[1])),
        "present": len(came),
        "writes": request.role.name == "inspectorate",
    }
    return render(request, "outreach/minutes.html", frame(request, places, **words))


@guard(*WORKERS)
def attendance_sheet(request: Staff, code: str) -> HttpResponse:
    """The sheet to sign at the meeting: every locus, office and signature by hand."""
    places = found(request, code)
    return render(request, "outreach/attendance.html", frame(request, places, loci=places.listed()))


def one_of(places: steps.Places, number: int) -> Meeting:
    """A meeting of this institution."""
    rows = Meeting.objects.filter(round=places.round, institution=places.institution)
    return get_object_or_404(rows, pk=number)
