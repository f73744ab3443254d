"""Root addresses of the staff door."""

from django.urls import include, path

urlpatterns = [
    path("", include("bening.web.desk.urls")),
    path("", include("bening.web.registry.urls")),
    path("", include("bening.web.frame.urls")),
    path("", include("bening.web.sample.urls")),
    path("", include("bening.web.outreach.urls.pages")),
    path("", include("bening.web.questionnaire.urls")),
    path("", include("bening.web.fieldwork.urls.pages")),
    path("hook/", include("bening.web.outreach.urls")),
]
