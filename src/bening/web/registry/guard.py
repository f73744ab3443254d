"""Which roles may enter a view, said where the view is written."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from bening.web.registry.models import Role

View = Callable[..., HttpResponseBase]


def guard(*roles: str) -> Callable[[View], View]:
    """Mark a view with its roles and check them. `guard("everybody")` is a page without sign-in."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if "everybody" in roles:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect("sign-in")
            if not Role.objects.filter(user=request.user, name__in=roles).exists():
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]  # read by the house test on routes
        return guarded

    return mark
