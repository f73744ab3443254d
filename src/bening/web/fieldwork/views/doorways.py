"""`/pendaftar`: where users may register themselves, how many did, and the poster for each counter."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from bening.core.problems import Refused, say
from bening.web.fieldwork.forms.register import DoorwayForm
from bening.web.fieldwork.models import Doorway, Manifest
from bening.web.fieldwork.steps import posters, register
from bening.web.fieldwork.views.public import language
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Locus, Round, Unit


@guard("officer")
@require_http_methods(["GET", "POST"])
def board(request: Staff) -> HttpResponse:
    """The doorways of the round with counts; a new one until the round is frozen."""
    round_ = Round.current()
    if round_ is None:
        return render(request, "fieldwork/pendaftar.html", {"round": None})
    form = DoorwayForm(request.POST or None, units=units(round_))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            register.declare(
                by=request.user.get_username(),
                round=round_,
                unit=Unit.objects.get(pk=given["unit"]),
                quota=given["quota"],
                expected=given["expected"],
            )
        except Refused as refused:
            for problem in refused.problems:
                form.add_error(None, say(problem, get_language() or "id"))
        else:
            return redirect("doorways")
    rows = register.counted(round=round_)
    words = {
        "round": round_,
        "rows": rows,
        "total": sum(taken for _, _, taken in rows),
        "services": register.services(round=round_),
        "form": form,
        "frozen": Manifest.objects.filter(round=round_).exists(),
    }
    return render(request, "fieldwork/pendaftar.html", words, status=400 if form.errors else 200)


def units(round_: Round) -> list[tuple[str, str]]:
    """The loci of the round that have no doorway yet."""
    taken = Doorway.objects.filter(round=round_).values("unit")
    rows = Locus.objects.filter(round=round_).exclude(unit__in=taken).select_related("unit__institution")
    names = [(str(row.unit_id), f"{row.unit.institution.name} · {row.unit.name}") for row in rows]
    return sorted(names, key=lambda one: one[1])


@guard("officer")
@require_safe
def poster(request: Staff, door: str) -> HttpResponse:
    """The poster of a unit as PDF."""
    rows = Doorway.objects.select_related("unit__institution", "round")
    row = get_object_or_404(rows, token=door, round=Round.current())
    page = HttpResponse(posters.poster(row, language()), content_type="application/pdf")
    page["Content-Disposition"] = f'attachment; filename="poster-{row.token}.pdf"'
    return page
