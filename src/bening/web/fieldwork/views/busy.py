"""`/jam-sibuk`: which groups answered within few hours. A sign to look into, no proof; the agency alone."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bening.web.fieldwork.steps.busy import rush
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Round

MOST = 50  # rows
STRIKING = 70  # per cent of a group's rights in two hours


@guard("officer")
@require_safe
def busy(request: Staff) -> HttpResponse:
    """The busiest two hours of each group, the greatest share first."""
    round_ = Round.current()
    rows = rush(round=round_) if round_ else []
    words = {
        "round": round_,
        "rows": rows[:MOST],
        "striking": sum(one.percent >= STRIKING for one, _, _ in rows),
        "percent": STRIKING,
    }
    return render(request, "fieldwork/jam_sibuk.html", words)
