"""For the auditor: the draw once more, the package to repeat it elsewhere, and the proof of the purge."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from bening.core.problems import Refused
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Audit, Round
from bening.web.sample.models import Draw
from bening.web.sample.steps import redraw, take_package
from bening.web.sample.steps.repeat import opened
from bening.web.sample.views.words import refused


@guard("auditor")
@require_http_methods(["GET", "POST"])
def again(request: Staff) -> HttpResponse:
    """What was fixed before the draw; a press of the button draws again and compares."""
    round_ = Round.current()
    problems: list[str] = []
    found = None
    if request.method == "POST" and round_:
        try:
            found = redraw(by=request.user.get_username(), round=round_)
        except Refused as error:
            problems = refused(error)
    return again_page(request, round_, found=found, problems=problems)


@guard("auditor", fresh=True)
@require_POST
def package(request: Staff) -> HttpResponse:
    """The package for a re-draw elsewhere: random references, no name; each download stands in the trail."""
    round_ = Round.current()
    if round_ is None:
        return again_page(request, None, found=None, problems=[])
    try:
        made = take_package(by=request.user.get_username(), round=round_)
    except Refused as error:
        return again_page(request, round_, found=None, problems=refused(error))
    answer = HttpResponse(made.data, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{made.name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def again_page(request: Staff, round: Round | None, *, found: object, problems: list[str]) -> HttpResponse:
    """The page of the second draw."""
    words = {
        "round": round,
        "draw": Draw.objects.filter(round=round).select_related("design").first(),
        "opened": bool(round and opened(round)),
        "found": found,
        "problems": problems,
    }
    return render(request, "sample/again.html", words, status=400 if problems else 200)


@guard("auditor", "officer")
def purged(request: Staff) -> HttpResponse:
    """Which tables were emptied, by whom and when, as the trail holds it."""
    round_ = Round.current()
    row = Audit.objects.filter(verb="purge_round", on=round_.code).last() if round_ else None
    tables = row.detail.get("tables", {}) if row else {}
    words = {
        "round": round_,
        "row": row,
        "tables": [(name, before, after) for name, (before, after) in sorted(tables.items())],
        "deleted": sum(before - after for before, after in tables.values()),
    }
    return render(request, "sample/purged.html", words)
