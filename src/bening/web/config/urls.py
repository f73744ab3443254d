"""Root addresses of the staff door."""

from django.urls import include, path

urlpatterns = [
    path("", include("bening.web.desk.urls")),
    path("hook/", include("bening.web.outreach.urls")),
]
