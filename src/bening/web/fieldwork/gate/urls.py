"""Addresses of the gate."""

from django.urls import path

from bening.web.fieldwork.gate import counter

urlpatterns = [
    path("g/hello", counter.hello),
    path("g/issue", counter.issue),
    path("g/used", counter.used),
]
