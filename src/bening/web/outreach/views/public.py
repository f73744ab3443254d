"""Pages without an account, for any phone: no cookie, no referrer, no trace of who looked."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Page = Callable[..., HttpResponse]


def public(view: Page) -> Page:
    """The language by `?bahasa=` or the browser's; nothing kept, and no address handed on to another site."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("bahasa", "")
        with translation.override(asked if asked in dict(settings.LANGUAGES) else translation.get_language()):
            page = view(request, *args, **kwargs)
            page["Content-Language"] = translation.get_language()
        page["Referrer-Policy"] = "no-referrer"
        page["Cache-Control"] = "no-store"
        return page

    return shown


def unwritten(view: Page) -> Page:
    """Take the token out of the request before anything can go wrong: errors are logged with the path."""

    @wraps(view)
    def quiet(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        request.path = request.path_info = "/baca/…"
        return view(request, token, *args, **kwargs)

    return quiet
