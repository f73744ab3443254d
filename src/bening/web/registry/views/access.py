"""Who may act: people with their roles, invitations, taking both back, and the role somebody acts in."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bening.core.problems import Refused, say
from bening.web.registry.forms.access import InviteForm
from bening.web.registry.guard import ACTING, SECOND_FACTORS, Staff, guard, institution_for, unit_for
from bening.web.registry.models import Invitation, Role
from bening.web.registry.steps import (
    GIVES,
    invite_person,
    reset_second_factor,
    revoke,
    withdraw_invitation,
)
from bening.web.registry.views.letters import letter, send_letter

EVERY_ROLE = (*Role.AGENCY, *Role.LOCAL)
SHOWN = 50  # people on a page


def reached(role: Role) -> QuerySet[Role]:
    """The roles somebody may look at: all for an officer, those of its institution for an inspectorate."""
    factor = Authenticator.objects.filter(user=OuterRef("user"), type__in=SECOND_FACTORS)
    rows = Role.objects.select_related("user", "institution", "unit").annotate(factor=Exists(factor))
    return rows.filter(institution=role.institution) if role.institution_id else rows


def invitations(role: Role) -> QuerySet[Invitation]:
    """The invitations somebody may look at, likewise; those that let people back in are an officer's."""
    rows = Invitation.objects.select_related("institution", "unit").filter(accepted=None, withdrawn=None)
    return rows.filter(institution=role.institution) if role.institution_id else rows


@guard("officer", "inspectorate")
def people(request: Staff) -> HttpResponse:
    """Who may act, and who has been invited."""
    asked = request.GET.get("q", "").strip()[:80]
    rows = reached(request.role).order_by("institution__name", "name", "user__first_name", "id")
    if asked:
        rows = rows.filter(
            Q(user__first_name__icontains=asked)
            | Q(user__username__icontains=asked)
            | Q(institution__name__icontains=asked)
            | Q(institution__code__icontains=asked)
        )
    waiting = list(invitations(request.role))
    words = {
        "asked": asked,
        "count": rows.values("user").distinct().count(),
        "page": Paginator(rows, SHOWN).get_page(request.GET.get("h")),
        "waiting": waiting,
        "open": sum(row.state == "open" for row in waiting),
    }
    return render(request, "registry/access_people.html", words)


@guard("officer", "inspectorate", fresh=True)
@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: Staff) -> HttpResponse:
    """Invite somebody: the code goes out by e-mail, or onto the page that comes back."""
    if request.method == "POST":
        refuse_foreign(request)
    form = InviteForm(request.role, request.POST or None, mail=bool(settings.EMAIL_URL))
    if request.method != "POST" or not form.is_valid():
        return render(request, "registry/access_invite.html", {"form": form})
    given = form.cleaned_data
    where = institution_for(request.role, given["institution"]) if given.get("institution") else None
    where = request.role.institution or where
    unit = unit_for(request.role, where, given["unit"]) if where and given.get("unit") else None
    facts = {"name": given["name"], "role": given["role"], "institution": where, "unit": unit}
    return hand_over(request, given.get("email", ""), lambda email: invite_person(
        by=request.user.get_username(), giver=request.role.name, email=email, **facts
    ))  # fmt: skip


def refuse_foreign(request: Staff) -> None:
    """A form nobody was given: another institution does not exist, another role is not theirs to give."""
    if request.role.institution and request.POST.get("institution"):
        institution_for(request.role, request.POST["institution"])
    if request.POST.get("role") and request.POST["role"] not in GIVES[request.role.name]:
        raise PermissionDenied


def hand_over(request: HttpRequest, email: str, made: Any) -> HttpResponse:
    """Send the code, or show the page to print; a code that could not be sent is made anew and printed."""
    invitation, code = made(email)
    if not email:
        return letter(request, invitation, code)
    if send_letter(invitation, code):
        messages.success(request, gettext("The invitation is on its way to {email}.").format(email=email))
        return redirect("people")
    return letter(request, *made(""), unsent=True)


@guard("officer", "inspectorate")
@require_POST
def withdraw(request: Staff, pk: int) -> HttpResponse:
    """Take an invitation back."""
    withdraw_invitation(
        by=request.user.get_username(), invitation=get_object_or_404(invitations(request.role), pk=pk)
    )
    return redirect("people")


@guard("officer", "inspectorate")
def person(request: Staff, pk: int) -> HttpResponse:
    """One account: its roles, its second factor, what can be done about it."""
    roles = list(reached(request.role).filter(user=pk).order_by("id"))
    account = get_object_or_404(User, pk=roles[0].user_id if roles else 0)
    words = {
        "account": account,
        "roles": [(row, may_take(request.role, row)) for row in roles],
        "factor": bool(roles) and roles[0].factor,  # type: ignore[attr-defined]  # annotated
        "may_reset": request.role.name == "officer" and account != request.user,
        "mail": bool(settings.EMAIL_URL),
    }
    return render(request, "registry/access_person.html", words)


def may_take(role: Role, row: Role) -> bool:
    """Whether somebody takes away a role: officers any, an inspectorate those it gives."""
    return role.name == "officer" or row.name in GIVES.get(role.name, ())


@guard("officer", "inspectorate", fresh=True)
@require_POST
def take_role(request: Staff, pk: int) -> HttpResponse:
    """Take a role away."""
    row = get_object_or_404(reached(request.role), pk=pk)
    if not may_take(request.role, row):
        raise PermissionDenied
    try:
        revoke(by=request.user.get_username(), role=row)
    except Refused as refused:
        return again(request, refused, row.user_id)
    return redirect("people")


@guard("officer", fresh=True)
@never_cache
@require_POST
def reset(request: Staff, pk: int) -> HttpResponse:
    """Lock an account and hand out the code that lets its owner in again."""
    account = get_object_or_404(User, pk=pk)
    email = account.email if settings.EMAIL_URL and request.POST.get("how") == "mail" else ""
    try:
        return hand_over(request, email, lambda email: reset_second_factor(
            by=request.user.get_username(), user=account, email=email
        ))  # fmt: skip
    except Refused as refused:
        return again(request, refused, pk)


def again(request: HttpRequest, refused: Refused, pk: int) -> HttpResponse:
    """Back to the person, with what stood in the way."""
    for each in refused.problems:
        messages.error(request, say(each, get_language() or "id"))
    return redirect("person", pk)


@guard(*EVERY_ROLE)
@require_http_methods(["GET", "POST"])
def act(request: Staff) -> HttpResponse:
    """Choose the role to act in, among one's own."""
    own = Role.objects.filter(user=request.user.pk).select_related("institution", "unit").order_by("id")
    if request.method == "POST":
        chosen = request.POST.get("role", "")
        request.session[ACTING] = get_object_or_404(own, pk=int(chosen) if chosen.isdecimal() else 0).pk
        return redirect("home")
    return render(request, "registry/access_act.html", {"own": own})
