"""Addresses of this room: the providers' webhooks; the pages are in `pages`."""

from django.urls import path

from bening.web.outreach.views import hooks

urlpatterns = [
    path("whatsapp/", hooks.whatsapp, name="hook-whatsapp"),
    path("sms/", hooks.sms, name="hook-sms"),
]
