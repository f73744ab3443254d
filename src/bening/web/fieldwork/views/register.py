"""`/cek/daftar/…`: a user of a service asks to be invited. The printed code names a unit alone.

The form asks for no name, and the page says the same whether a number is known or not. It is exempt from the
check against forged forms: there is no cookie and no session that such a form could use.
"""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from bening.web.fieldwork.forms.register import RegisterForm
from bening.web.fieldwork.models import Doorway
from bening.web.fieldwork.steps.register import is_open, take_in
from bening.web.fieldwork.views.public import Buckets, frame, language, public
from bening.web.registry.guard import guard

A_MINUTE = 5
FLOOR = 0.3  # seconds every registration takes, of a known number or a new one
limit = Buckets(A_MINUTE)


@guard("everybody")
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@public
def register(request: HttpRequest, door: str) -> HttpResponse:
    """The form, as long as a wave is to come."""
    started, now = time.monotonic(), settings.NOW()
    doorway = found(door)
    form, busy = RegisterForm(request.POST or None, today=now.date()), False
    open_ = is_open(doorway, now.date())
    if request.method == "POST" and open_ and form.is_valid():
        if limit.allows(request):
            given = form.cleaned_data
            take_in(
                doorway=doorway,
                number=given["number"],
                service=given["service"],
                month=given["month"],
                day=now.date(),
            )
            time.sleep(max(0.0, FLOOR - (time.monotonic() - started)))
            there = reverse("register-taken", kwargs={"door": doorway.token})
            return redirect(f"{there}?{urlencode({'bahasa': language()})}")
        busy = True
    status = 429 if busy else 400 if request.method == "POST" else 200
    words = {**frame(), "doorway": doorway, "form": form, "open": open_, "busy": busy}
    return render(request, "fieldwork/daftar.html", words, status=status)


@guard("everybody")
@require_safe
@public
def taken(request: HttpRequest, door: str) -> HttpResponse:
    """What happens now; the same words for everybody."""
    return render(request, "fieldwork/daftar_diterima.html", {**frame(), "doorway": found(door)})


def found(door: str) -> Doorway:
    """The doorway that a printed code names."""
    rows = Doorway.objects.select_related("unit__institution", "round")
    return get_object_or_404(rows, token=door.upper())
