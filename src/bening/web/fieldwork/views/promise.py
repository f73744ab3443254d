"""`/janji`: what respondents are promised, its limits, and what holds, is noticed or breaks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from bening.core.fieldwork import VERSION
from bening.core.kinds import Claim
from bening.web.fieldwork import claims
from bening.web.fieldwork.views.public import frame, language, public
from bening.web.outreach.claims import claim
from bening.web.registry.guard import guard


@guard("everybody")
@require_safe
@public
def promise(request: HttpRequest) -> HttpResponse:
    """The whole page; without a round the promise has no dates and is not made."""
    around = frame()
    round_, own = around["round"], claim()
    until = date_format(round_.closes, "j F Y") if round_ else ""
    words = {
        **around,
        "own": own.value,
        "withheld": own is Claim.NONE,
        "promise": claims.promise(own, language(), {"until": until}) if round_ else [],
        "limits": claims.limits(language()),
        "threats": claims.threats(language()),
        "accidents": claims.accidents(language()),
        "version": VERSION,
    }
    return render(request, "fieldwork/janji.html", words)
