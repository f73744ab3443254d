"""`/cek/lapor`: somebody says that an invitation is wrong, unwanted or a fraud, or answers were dictated.

The form asks for no name and the page tells nobody whether a code exists. It is exempt from the check against
forged forms: there is no cookie and no session that such a form could use.
"""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from bening.web.fieldwork.forms.report import REASONS, ReportForm
from bening.web.fieldwork.steps.feedback import take_in
from bening.web.fieldwork.views.public import Buckets, frame, language, public
from bening.web.registry.guard import guard
from bening.web.registry.models import Round

A_MINUTE = 5
FLOOR = 0.3  # seconds every report takes, with a code or without
limit = Buckets(A_MINUTE)


@guard("everybody")
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@public
def report(request: HttpRequest) -> HttpResponse:
    """The form; `?alasan=` of the phone's page chooses a reason beforehand."""
    started = time.monotonic()
    around, busy = frame(), False
    form = ReportForm(request.POST or None, initial={"reason": request.GET.get("alasan", "")})
    if request.method == "POST" and around["round"] and form.is_valid():
        if limit.allows(request):
            keep(around["round"], form)
            time.sleep(max(0.0, FLOOR - (time.monotonic() - started)))
            there = urlencode({"bahasa": language(), "alasan": form.cleaned_data["reason"]})
            return redirect(f"{reverse('report-taken')}?{there}")
        busy = True
    status = 429 if busy else 400 if request.method == "POST" else 200
    words = {**around, "form": form, "optional": [form["code"], form["words"]], "busy": busy}
    return render(request, "fieldwork/lapor.html", words, status=status)


def keep(round_: Round, form: ReportForm) -> None:
    """One report, to the day."""
    given = form.cleaned_data
    take_in(
        round=round_,
        kind=given["reason"],
        source="web",
        code=given["code"],
        words=given["words"],
        day=settings.NOW().date(),
    )


@guard("everybody")
@require_safe
@public
def taken(request: HttpRequest) -> HttpResponse:
    """What happens now; the same words for everybody with the same reason."""
    reason = request.GET.get("alasan", "")
    words = {**frame(), "reason": reason if reason in REASONS else "other"}
    return render(request, "fieldwork/lapor_diterima.html", words)
