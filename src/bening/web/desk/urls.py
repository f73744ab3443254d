"""Addresses of the home pages and of signing in."""

from django.urls import path
from django.views.i18n import set_language

from bening.web.desk import views
from bening.web.registry.guard import guard

urlpatterns = [
    path("", views.home, name="home"),
    path("masuk", views.sign_in, name="sign-in"),
    path("keluar", views.sign_out, name="sign-out"),
    path("bahasa", guard("everybody")(set_language), name="set-language"),
]
