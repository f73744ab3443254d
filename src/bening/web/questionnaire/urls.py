"""Addresses of the questionnaires."""

from django.urls import path

from bening.web.questionnaire import views

VERSION = "kuesioner/<slug:name>/<int:number>"

urlpatterns = [
    path("kuesioner", views.board, name="questionnaires"),
    path(f"{VERSION}", views.one, name="questionnaire"),
    path(f"{VERSION}/bekukan", views.freeze, name="questionnaire-freeze"),
    path(
        f"{VERSION}/beda/<slug:other>/<int:other_number>", views.difference, name="questionnaire-difference"
    ),
    path(f"{VERSION}/pratinjau/", views.preview, {"file": "preview.html"}, name="questionnaire-preview"),
    path(f"{VERSION}/pratinjau/<str:file>", views.preview, name="questionnaire-preview-file"),
]
