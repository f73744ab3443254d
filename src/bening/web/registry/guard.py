"""Which roles may enter a view, said where the view is written, and which institutions a role reaches."""

from collections.abc import Callable, Collection
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from bening.web.registry.models import Institution, Role, Unit

View = Callable[..., HttpResponseBase]
ACTING = "role"  # the session's word for the role somebody acts in


class Staff(HttpRequest):
    """A request that passed a guard: somebody signed in, and the one role they act in now."""

    role: Role


def guard(*roles: str) -> Callable[[View], View]:
    """Mark a view with its roles and check them. `guard("everybody")` is a page without sign-in."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: Staff, *args: object, **kwargs: object) -> HttpResponseBase:
            if "everybody" in roles:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect("sign-in")
            request.role = acting(request, roles)
            return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]  # read by the house test on routes
        return guarded

    return mark


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
