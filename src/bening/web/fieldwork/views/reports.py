"""`/laporan-pesan`: what people reported about invitations; the agency alone sees it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bening.web.fieldwork.steps import feedback
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Round


@guard("officer")
@require_safe
def reports(request: Staff) -> HttpResponse:
    """Reports by kind with counts, then the newest messages; never whose they are."""
    round_ = Round.current()
    rows = feedback.by_kind(round=round_) if round_ else []
    words = {
        "round": round_,
        "rows": rows,
        "total": sum(n for _, n, _, _ in rows),
        "coached": sum(n for kind, n, _, _ in rows if kind == "coached"),
        "messages_in": feedback.messages(round=round_) if round_ else [],
    }
    return render(request, "fieldwork/laporan.html", words)
