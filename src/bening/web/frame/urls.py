"""Addresses of the lists."""

from django.urls import path

from bening.web.frame.views import board, loop, receive, result, settle, templates

urlpatterns = [
    path("daftar", board.board, name="frame-board"),
    path("daftar/tenggat", settle.due_dates, name="frame-due-dates"),
    path("daftar/bekukan", settle.freeze, name="frame-freeze"),
    path("daftar/kiriman/<slug:key>", receive.upload, name="frame-upload"),
    path("daftar/pertanyaan/<int:pk>", loop.reply, name="frame-reply"),
    path("daftar/<slug:code>/pegawai", settle.references, name="frame-references"),
    path("daftar/<slug:code>/<slug:group>", loop.one, name="frame-list"),
    path("daftar/<slug:code>/<slug:group>/petunjuk", templates.guide, name="frame-guide"),
    path("daftar/<slug:code>/<slug:group>/templat.<slug:form>", templates.template, name="frame-template"),
    path("daftar/<slug:code>/<slug:group>/unggah", receive.hand_over, name="frame-hand-over"),
    path("daftar/<slug:code>/<slug:group>/serahkan", loop.move, {"verb": "submit"}, name="frame-submit"),
    path("daftar/<slug:code>/<slug:group>/tarik", loop.move, {"verb": "withdraw"}, name="frame-withdraw"),
    path("daftar/<slug:code>/<slug:group>/terima", loop.move, {"verb": "accept"}, name="frame-accept"),
    path("daftar/<slug:code>/<slug:group>/kembalikan", loop.give_back, name="frame-give-back"),
    path("daftar/<slug:code>/<slug:group>/<int:version>", result.version, name="frame-version"),
    path("daftar/<slug:code>/<slug:group>/<int:version>/perubahan", result.changed, name="frame-changes"),
    path("daftar/<slug:code>/<slug:group>/<int:version>/temuan.csv", result.findings, name="frame-findings"),
    path("daftar/<slug:code>/<slug:group>/<int:version>/bertanda.xlsx", result.marked, name="frame-marked"),
]
