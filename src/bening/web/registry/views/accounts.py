"""allauth's pages, each behind a guard of ours; what is not named here has no address."""

from typing import Any

from allauth.account import views as account
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from bening.web.registry.adapters import SignedTokens
from bening.web.registry.guard import View, guard

everybody = guard("everybody")


def page(view: View) -> View:
    """An allauth view as a page without a role; nothing of it stays in a cache."""
    return everybody(never_cache(view))


def mailed(view: View) -> View:
    """A page that exists only where letters can be sent."""

    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.EMAIL_URL:
            raise Http404
        return view(request, *args, **kwargs)

    return page(shown)


class SignInView(account.LoginView):
    """Signing in, with the agency's own provider beside it where there is one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page offers besides the form."""
        return super().get_context_data(**kwargs) | {
            "mail": bool(settings.EMAIL_URL),
            "provider": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        }


def to_provider(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Leave for the agency's provider, to sign in and for nothing else: accounts are not linked."""
    if request.method != "POST" or "process" in request.POST or "process" in request.GET:
        raise Http404
    return oidc(OAuth2LoginView, request, provider_id)


def from_provider(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Come back from the agency's provider."""
    return oidc(OAuth2CallbackView, request, provider_id)


def oidc(view: Any, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """One half of the round trip, with our check of the token; not found if the settings name no provider."""
    try:
        made: View = view.adapter_view(SignedTokens(request, provider_id))
        return made(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
