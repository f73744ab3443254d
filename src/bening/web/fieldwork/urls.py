"""Addresses of the check process."""

from django.urls import path

from bening.web.fieldwork import views

urlpatterns = [path("", views.check, name="check"), path("cek", views.check, name="cek")]
