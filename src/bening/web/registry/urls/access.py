"""Addresses of arriving by invitation, and of who may act."""

from django.urls import path

from bening.web.registry.views import access, arrival

urlpatterns = [
    path("undangan", arrival.arrive, name="arrive"),
    path("undangan/terima", arrival.accept, name="arrive-accept"),
    path("orang", access.people, name="people"),
    path("orang/undang", access.invite, name="invite-person"),
    path("orang/undangan/<int:pk>/tarik", access.withdraw, name="withdraw-invitation"),
    path("orang/<int:pk>", access.person, name="person"),
    path("orang/<int:pk>/atur-ulang", access.reset, name="reset-person"),
    path("orang/peran/<int:pk>/cabut", access.take_role, name="take-role"),
    path("peran", access.act, name="acting"),
]
