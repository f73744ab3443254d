"""Addresses of the box."""

from django.urls import path

from bening.web.response.box import counter

urlpatterns = [
    path("b/ballot", counter.ballot),
    path("b/proof", counter.proof),
]
