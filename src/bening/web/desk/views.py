"""Each role's home page: what stands where, and what to do next."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from bening.web.desk import boards
from bening.web.registry.guard import Staff, guard
from bening.web.registry.models import Role, Round

EVERY_ROLE = (*Role.AGENCY, *Role.LOCAL)


@guard(*EVERY_ROLE)
def home(request: Staff) -> HttpResponse:
    """The home page of the role somebody acts in."""
    round_ = Round.current()
    words = boards.board(request.role, round_) if round_ else {"template": "empty"}
    page = words.pop("template")
    return render(request, f"desk/{page}.html", {"round": round_, **words})


@guard("everybody")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """One click a role, in a demo deployment only; elsewhere the real sign-in."""
    if settings.DEPLOYMENT != "demo":
        if request.method == "POST":
            raise PermissionDenied
        asked = request.GET.urlencode()  # where to go on afterwards
        return redirect(f"{reverse('account_login')}?{asked}" if asked else "account_login")
    if request.method == "POST":
        login(request, get_object_or_404(User, username=request.POST.get("username", "")))
        return redirect("home")
    roles = Role.objects.select_related("user", "institution", "unit").order_by("id")
    agency = Round.objects.order_by("-opens").values_list("agency", flat=True).first() or ""
    rows = [(role, boards.place(role, agency), boards.purpose(role)) for role in roles]
    return render(request, "desk/sign_in.html", {"rows": rows})


@guard("everybody")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect("sign-in")
