"""Addresses of the agency's own pages about fieldwork; an institution enters `partisipasi` alone."""

from django.urls import path

from bening.web.fieldwork.views import busy, desk, doorways, picture, rates, reports, visits

urlpatterns = [
    path("bantuan", desk.find, name="desk"),
    path("bantuan/orang", desk.help_person, name="desk-help"),
    path("laporan-pesan", reports.reports, name="reports"),
    path("pendaftar", doorways.board, name="doorways"),
    path("pendaftar/<str:door>/poster.pdf", doorways.poster, name="doorway-poster"),
    path("jam-sibuk", busy.busy, name="busy-hours"),
    path("lapangan", picture.field, name="field"),
    path("lapangan/tingkat-respons", rates.page, name="response-rates"),
    path("lapangan/tingkat-respons.csv", rates.file, name="response-rates-file"),
    path("partisipasi", picture.participation, name="participation"),
    path("kunjungan", visits.board, name="visits"),
    path("kunjungan/<int:number>", visits.visit, name="visit"),
    path("kunjungan/tablet", visits.want, name="visits-want"),
    path("kunjungan/tablet/<int:tablet>/hilang", visits.lost, name="visits-lost"),
]
