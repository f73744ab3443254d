"""Which roles may enter a view, said where the view is written, and which institutions a role reaches."""

import time
from collections.abc import Callable, Collection
from functools import wraps

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.utils.http import urlencode

from bening.web.registry.models import Institution, Role, Unit

View = Callable[..., HttpResponseBase]
ACTING = "role"  # the session's word for the role somebody acts in
LONGEST = 12 * 3600  # seconds after which everybody signs in again
SECOND_FACTORS = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)  # recovery codes alone are none


class Staff(HttpRequest):
    """A request that passed a guard: somebody signed in, and the one role they act in now."""

    role: Role


def guard(*roles: str, fresh: bool = False) -> Callable[[View], View]:
    """Mark a view with its roles and check them. `guard("everybody")` is a page without sign-in.

    Outside a demo nobody passes without a second factor: until one is set up, only the pages that set one
    up open. `fresh=True` asks for the password or a second factor again if that was minutes ago: for
    exports, freezes, the draw, releases, rights. In a demo one click signs in, so both would guard nothing.
    """

    def mark(view: View) -> View:
        checked = reauthentication_required(view) if fresh else view

        @wraps(view)
        def guarded(request: Staff, *args: object, **kwargs: object) -> HttpResponseBase:
            end_long_session(request)
            if "everybody" in roles:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect(sign_in_for(request))
            if settings.DEPLOYMENT == "demo":
                request.role = acting(request, roles)
                return view(request, *args, **kwargs)
            if not is_mfa_enabled(request.user, SECOND_FACTORS):
                return redirect("mfa_index")
            request.role = acting(request, roles)
            return checked(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]  # read by the house test on routes
        return guarded

    return mark


def end_long_session(request: HttpRequest) -> None:
    """Sign out whoever signed in LONGEST ago, or through no door of ours; idle sessions end by themselves."""
    if settings.DEPLOYMENT == "demo" or not hasattr(request, "session") or not request.user.is_authenticated:
        return
    steps = get_authentication_records(request, request.user)
    if time.time() - (steps[0]["at"] if steps else 0) > LONGEST:
        logout(request)


def sign_in_for(request: HttpRequest) -> str:
    """The address of signing in that leads back to the page asked for."""
    door = resolve_url("sign-in")
    if request.method != "GET" or request.path == "/":
        return door
    return f"{door}?{urlencode({'next': request.get_full_path()})}"


def acting(request: HttpRequest, roles: Collection[str]) -> Role:
    """The role somebody acts in, if the view is for it: one at a time, the first until another is chosen."""
    own = Role.objects.filter(user=request.user.pk).select_related("institution", "unit").order_by("id")
    role = own.filter(pk=request.session.get(ACTING) or 0).first() or own.first()
    if role is None or role.name not in roles:
        raise PermissionDenied
    return role


def institution_for(role: Role, code: str) -> Institution:
    """An institution by its code if the role reaches it; else not found, as if it did not exist."""
    reached = (
        Institution.objects.filter(pk=role.institution_id) if role.institution_id else Institution.objects
    )
    return get_object_or_404(reached, code=code)


def unit_for(role: Role, institution: Institution, code: str) -> Unit:
    """A unit by its code if the role reaches it: the contact person of a unit reaches that unit alone."""
    units = Unit.objects.filter(institution=institution)
    return get_object_or_404(units.filter(pk=role.unit_id) if role.unit_id else units, code=code)
