"""Addresses of the check process, which anybody may open; the agency's own pages are in `pages`."""

from django.urls import path

from bening.web.fieldwork.views import check, promise, register, report

urlpatterns = [
    path("", check.check, name="check"),
    path("cek", check.check, name="cek"),
    path("cek/lapor", report.report, name="report"),
    path("cek/lapor/diterima", report.taken, name="report-taken"),
    path("cek/daftar/<str:door>", register.register, name="register"),
    path("cek/daftar/<str:door>/diterima", register.taken, name="register-taken"),
    path("janji", promise.promise, name="promise"),
]
