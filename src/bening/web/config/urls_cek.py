"""Root addresses of the page where anybody checks a message."""

from django.urls import include, path

urlpatterns = [path("", include("bening.web.fieldwork.urls"))]
