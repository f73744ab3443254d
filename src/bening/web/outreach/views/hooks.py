"""The webhook inbox: verify, store, answer. Nothing is understood inside the request."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bening.web.outreach import steps
from bening.web.outreach.channels.sms.events import genuine as sms_genuine
from bening.web.outreach.channels.sms.settings import configured as sms_account
from bening.web.outreach.channels.whatsapp.events import genuine, same
from bening.web.registry.guard import guard

LARGEST = 3 * 1024 * 1024


@guard("everybody")
@csrf_exempt
@require_http_methods(["GET", "POST"])
def whatsapp(request: HttpRequest) -> HttpResponse:
    """The provider's address: a challenge to answer once, then signed reports."""
    if request.method == "GET":
        return challenge(request)
    body = request.read(LARGEST + 1)  # Django's own limit for `request.body` is lower than the provider's
    if len(body) > LARGEST:
        return HttpResponse(status=413)
    signature = request.headers.get("X-Hub-Signature-256", "")
    if not genuine(body, signature, settings.SECRET("whatsapp-app-secret")):
        return HttpResponse(status=403)
    steps.store_webhook(channel="whatsapp", body=body, now=settings.NOW())
    return HttpResponse(status=200)


@guard("everybody")
@csrf_exempt
@require_http_methods(["POST"])
def sms(request: HttpRequest) -> HttpResponse:
    """Delivery reports of the SMS provider, signed as the agency's file says."""
    account = sms_account()
    callback = account.callback if account else {}
    body = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        return HttpResponse(status=413)
    secret = settings.SECRET(callback["secret"]).strip() if callback.get("secret") else b""
    signature = request.headers.get(callback.get("secret_header", "X-Signature"), "")
    if not secret or not sms_genuine(body, signature, secret):
        return HttpResponse(status=403)
    steps.store_webhook(channel="sms", body=body, now=settings.NOW())
    return HttpResponse(status=200)


def challenge(request: HttpRequest) -> HttpResponse:
    """Echo the challenge to whoever knows the verify token."""
    if not same(settings.SECRET("whatsapp-verify").decode(), request.GET.get("hub.verify_token", "")):
        return HttpResponse(status=403)
    return HttpResponse(request.GET.get("hub.challenge", ""), content_type="text/plain")
