"""Arriving by invitation: the code, then user name and password, then the second factor."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bening.core.problems import Refused, say
from bening.web.registry.forms.access import ENDED, ArrivalForm, CodeForm
from bening.web.registry.guard import guard
from bening.web.registry.models import Invitation
from bening.web.registry.steps import accept_invitation
from bening.web.registry.views.letters import USES, place_words

SHOWN = "invitation"  # the session's word for the invitation whose code somebody gave


@guard("everybody")
@never_cache
@require_http_methods(["GET", "POST"])
def arrive(request: HttpRequest) -> HttpResponse:
    """Ask for the code. The address itself says nothing and opening it changes nothing: mail scanners do."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.session[SHOWN] = form.cleaned_data["code"].pk
        return redirect("arrive-accept")
    return render(request, "registry/access_code.html", {"form": form})


@guard("everybody")
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """Show what the invitation is for, and make it an account or add its role to the one signed in."""
    rows = Invitation.objects.select_related("institution", "unit", "account")
    invitation = rows.filter(pk=request.session.get(SHOWN, 0)).first()
    if invitation is None:
        return redirect("arrive")
    if invitation.state != "open":
        return render(request, "registry/access_ended.html", {"why": ENDED[invitation.state]})
    user = request.user if isinstance(request.user, User) and not invitation.account else None
    form = None if user else ArrivalForm(invitation, request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            return come_in(request, invitation, user, form)
        except Refused as refused:
            words = {"why": " ".join(say(each, get_language() or "id") for each in refused.problems)}
            return render(request, "registry/access_ended.html", words, status=409)
    words = {"role_words": place_words(invitation), "use": gettext(USES[invitation.role])}
    return render(
        request, "registry/access_accept.html", {"invitation": invitation, "form": form, "own": user} | words
    )


def come_in(
    request: HttpRequest, invitation: Invitation, user: User | None, form: ArrivalForm | None
) -> HttpResponse:
    """Use the invitation; a new account is signed in and, outside a demo, sets up its second factor next."""
    given = form.cleaned_data if form else {}
    person = accept_invitation(
        invitation=invitation,
        user=user,
        username=given.get("username", ""),
        password=given.get("password", ""),
    )
    request.session.pop(SHOWN, None)
    if user is not None:
        return redirect("acting")
    get_adapter(request).login(request, person)
    reauthenticate_by_password(request)  # chosen this second: not asked for again before the second factor
    return redirect("home" if settings.DEPLOYMENT == "demo" else "mfa_index")
