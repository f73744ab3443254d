"""`/cek`: is this message real? Anybody may ask; nothing is learned from asking."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bening.crypto import invites
from bening.web.fieldwork.models import CheckCode
from bening.web.registry.guard import guard
from bening.web.registry.models import Round


@guard("everybody")
@csrf_exempt  # no cookie, no session: there is nothing a forged form could use
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The sender card, a field for the check code, and whether a code is genuine."""
    words: dict[str, object] = {"round": Round.objects.order_by("-opens").first(), "client": settings.ORIGIN_CLIENT}
    if request.method == "POST":
        words |= verdict(request.POST.get("code", ""))
    page = render(request, "fieldwork/cek.html", words)
    page["Cache-Control"] = "no-store"
    return page


def verdict(text: str) -> dict[str, object]:
    """What the page says about a code: its phrase when it is known, one and the same answer otherwise."""
    code = invites.read_check_code(text) or ""
    known = CheckCode.objects.filter(hmac=invites.check_hmac(settings.SECRET("check"), code)).exists()
    phrase = invites.phrase(settings.SECRET("phrase"), code)
    return {"asked": True, "known": known, "phrase": phrase if known else ""}
