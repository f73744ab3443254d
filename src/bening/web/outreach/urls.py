"""Addresses of this room: the providers' webhooks."""

from django.urls import path

from bening.web.outreach import views

urlpatterns = [path("whatsapp/", views.whatsapp, name="hook-whatsapp")]
