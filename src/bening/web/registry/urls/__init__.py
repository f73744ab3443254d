"""Addresses of the registry, one file a subject."""

from bening.web.registry.urls.access import urlpatterns as access
from bening.web.registry.urls.accounts import urlpatterns as accounts
from bening.web.registry.urls.places import urlpatterns as places
from bening.web.registry.urls.rounds import urlpatterns as rounds

urlpatterns = [*accounts, *access, *places, *rounds]
