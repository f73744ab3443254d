"""Addresses of the pages: an institution's outreach, information for everybody, links without account."""

from django.urls import path

from bening.web.outreach.views import board, briefing, heads, information, materials, meetings

HERE = "sosialisasi/<str:code>"
urlpatterns = [
    path("sosialisasi", board.overview, name="outreach"),
    path(HERE, board.ready, name="outreach-ready"),
    path(f"{HERE}/cakupan", board.coverage, name="outreach-coverage"),
    path(f"{HERE}/rapat", meetings.meetings, name="outreach-meetings"),
    path(f"{HERE}/rapat/baru", meetings.write, name="outreach-meeting-new"),
    path(f"{HERE}/rapat/daftar-hadir", meetings.attendance_sheet, name="outreach-attendance"),
    path(f"{HERE}/rapat/<int:number>", meetings.minutes, name="outreach-meeting"),
    path(f"{HERE}/rapat/<int:number>/ubah", meetings.write, name="outreach-meeting-change"),
    path(f"{HERE}/pimpinan", heads.heads, name="outreach-heads"),
    path(f"{HERE}/pimpinan/pemberitahuan", heads.post_notices, name="outreach-notices"),
    path(f"{HERE}/pimpinan/jenjang/<str:tier>", heads.invite, name="outreach-invite"),
    path(f"{HERE}/pimpinan/jabatan/<str:word>", heads.office, name="outreach-office"),
    path(f"{HERE}/pimpinan/jabatan/<str:word>/undang", heads.invite_one, name="outreach-invite-one"),
    path(f"{HERE}/bahan", materials.materials, name="outreach-materials"),
    path(f"{HERE}/bahan/<str:name>", materials.fetch, name="outreach-fetch"),
    path(f"{HERE}/pengumuman", materials.announcements, name="outreach-announcements"),
    path(f"{HERE}/kontak", materials.calls, name="outreach-calls"),
    path("bahan", information.information, name="information"),
    path("bahan/berkas/<str:name>.<str:form>", information.sheet, name="information-sheet"),
    path("bahan/<str:word>", information.information, name="information-edition"),
    path("baca/<str:token>", briefing.briefing, name="briefing"),
    path("baca/<str:token>/diteruskan", briefing.pass_on, name="briefing-pass-on"),
    path("baca/<str:token>/bahan/<str:name>", briefing.fetch, name="briefing-fetch"),
    path("baca/<path:token>", briefing.lost, name="briefing-lost"),
]
