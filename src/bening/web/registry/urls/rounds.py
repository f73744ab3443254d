"""Addresses of rounds."""

from django.urls import path

from bening.web.registry.views import rounds

urlpatterns = [
    path("putaran", rounds.rounds, name="rounds"),
    path("putaran/<slug:code>", rounds.round_page, name="round"),
    path("putaran-baru", rounds.round_open, name="round-open"),
]
