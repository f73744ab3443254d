"""Addresses of institutions, units, contact persons and the files of the register."""

from django.urls import path

from bening.web.registry.views import places, places_contacts, places_files, places_units

PLACE = "instansi/<slug:code>"
UNIT = f"{PLACE}/unit/<str:unit>"

urlpatterns = [
    path("instansi", places.institutions, name="institutions"),
    path("instansi-saya", places.own_place, name="own-place"),
    path(PLACE, places.institution, name="institution"),
    path(f"{PLACE}/putaran", places.history, name="institution-history"),
    path(f"{PLACE}/unduh/<slug:table>.csv", places_files.export_institution, name="institution-export"),
    path(f"{PLACE}/narahubung", places_contacts.contact_add, name="contact-add"),
    path(f"{PLACE}/narahubung/<int:pk>", places_contacts.contact, name="contact"),
    path(UNIT, places_units.unit, name="unit"),
    path(f"{UNIT}/ubah", places_units.unit_edit, name="unit-edit"),
    path(f"{UNIT}/lokus", places_units.locus, name="unit-locus"),
    path(f"{UNIT}/usul", places_units.proposal, name="unit-proposal"),
    path(f"{UNIT}/layanan", places_units.service, name="unit-service"),
    path(f"{UNIT}/layanan/<int:pk>/hapus", places_units.service_drop, name="unit-service-drop"),
    path(f"{UNIT}/narahubung", places_contacts.contact_add_unit, name="contact-add-unit"),
    path("register/unggah", places_files.upload, name="register-upload"),
    path("register/periksa", places_files.preview, name="register-preview"),
    path("register/unduh/<slug:table>.csv", places_files.export_round, name="register-export"),
]
