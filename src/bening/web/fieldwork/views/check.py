"""`/cek`: is this message real? Anybody may ask; nothing is learned from asking."""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bening.crypto import invites
from bening.web.fieldwork.models import Attempt, CheckCode
from bening.web.fieldwork.views.public import Buckets, frame, public
from bening.web.registry.guard import guard

FLOOR = 0.3  # seconds every answer takes, so that its time tells nothing
CHANNELS = {"whatsapp": "WhatsApp", "sms": "SMS", "email": "e-mail", "letter": gettext_noop("letter")}
MESSAGES = 5  # as many as fit into SIZE
LONGEST = 20  # characters of a typed code that are shown again
SIZE = 8192  # bytes; every page is filled up to a multiple, so that its length tells nothing
A_MINUTE = 10  # codes typed from one bucket of networks
limit = Buckets(A_MINUTE)


@guard("everybody")
@csrf_exempt  # no cookie, no session: there is nothing a forged form could use
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@public
def check(request: HttpRequest) -> HttpResponse:
    """The sender card, a field for the check code, and whether a code is genuine."""
    started = time.monotonic()
    words, status = frame(), 200
    if request.method == "POST":
        if limit.allows(request):
            words |= verdict(request.POST.get("code", ""))
        else:  # before any look at the code: a guess too many learns nothing
            words["busy"], status = True, 429
    page = render(request, "fieldwork/cek.html", words, status=status)
    page.content += b"\n" * (-len(page.content) % SIZE)
    if request.method == "POST":
        time.sleep(max(0.0, FLOOR - (time.monotonic() - started)))
    return page


def verdict(text: str) -> dict[str, object]:
    """What the page says about a code: its phrase when it is known, one and the same answer otherwise."""
    code = invites.read_check_code(text) or ""
    found = CheckCode.objects.filter(hmac=invites.check_hmac(settings.SECRET("check"), code)).first()
    phrase = invites.phrase(settings.SECRET("phrase"), code)
    if found is None:
        return {"asked": True, "known": False, "code": text[:LONGEST]}
    return {"asked": True, "known": True, "code": code, "phrase": phrase, "sent": sent(found)}


def sent(code: CheckCode) -> list[tuple[object, str]]:
    """When and through which channel the newest messages with this code went out; never to whom."""
    tries = Attempt.objects.filter(
        delivery__contact_ref=code.contact_ref, delivery__wave__round=code.round, outcome="accepted"
    )
    rows = tries.order_by("-started_at").values_list("started_at", "delivery__channel")[:MESSAGES]
    return [(at, gettext(CHANNELS.get(channel, channel))) for at, channel in rows]
